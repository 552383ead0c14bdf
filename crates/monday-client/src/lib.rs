//! The client: the only IO of the SDK.
//!
//! A request passes `deadline → admission → retry → governor → breaker → authorize → attempt → judge`; each is a
//! room of this crate, and `pipeline` is their order. Must not know: which operations exist.

mod admission;
mod attempt;
mod authorize;
mod breaker;
mod client;
mod deadline;
mod error;
mod governor;
mod idempotency;
mod judge;
mod outgoing;
mod pages;
mod pipeline;
mod quota_headers;
mod retry;
mod served_version;

pub use client::{Client, ClientBuilder};
pub use error::{Error, ErrorKind};
pub use served_version::ServedVersion;
