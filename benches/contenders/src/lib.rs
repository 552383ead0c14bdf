//! What all contenders share: the jobs, what is measured, the text of the documents, and what is on the board.
//!
//! Must not know: how a contender does a job.

pub mod board_item;
mod documents;
mod headers;
mod job;
mod sum;
mod usage;

pub use documents::{CREATE, FIRST_ITEMS, ME, NEXT_ITEMS};
pub use headers::default_headers;
pub use job::{AT_ONCE, Arguments, Job, TOKEN, item_name, tell_lost};
pub use sum::Sum;
pub use usage::measured;
