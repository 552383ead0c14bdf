//! What all contenders share: the jobs, what is measured, and the text of the documents.
//!
//! Must not know: how a contender does a job.

mod documents;
mod job;
mod sum;
mod usage;

pub use documents::{CREATE, FIRST_ITEMS, ME, NEXT_ITEMS};
pub use job::{Arguments, Job, TOKEN, item_name, tell_lost};
pub use sum::Sum;
pub use usage::measured;
