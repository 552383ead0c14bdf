//! What has come in and what became of it: counted by operation, and the last requests one by one.
//!
//! Its rooms: `request` and `credential` (one request), `journal` (the last ones), `expectation` (what a test says of
//! them). Must not know: why.

mod credential;
mod expectation;
mod journal;
mod request;

use std::collections::BTreeMap;

pub use credential::UsedCredential;
pub use expectation::Expectation;
pub(crate) use journal::{Journal, KEPT};
pub(crate) use request::{End, Envelope};
pub use request::{Outcome, SeenRequest};

/// What a sandbox has seen so far: a snapshot.
///
/// An operation is known by its name, one without a name by its first root field, and what could not be read
/// by "".
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Seen {
    operations: BTreeMap<String, OperationCounts>,
    writes: BTreeMap<String, u64>,
}

/// The requests of one operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OperationCounts {
    /// All that came in, those that are still being worked on included.
    pub requests: u64,
    /// Answered without being executed, with any status.
    pub refused: u64,
    /// Those of them that a quota has refused.
    pub throttled: u64,
    /// Executed, lost answers and answers with errors of fields included.
    pub done: u64,
    /// Answered from what was kept for an idempotency key.
    pub replayed: u64,
    /// Answered from the script of [`Sandbox::answer`](crate::Sandbox::answer).
    pub scripted: u64,
    /// Connections that were closed in place of an answer, before or after the work.
    pub lost: u64,
}

impl Seen {
    /// The requests of one operation.
    #[must_use]
    pub fn operation(&self, name: &str) -> OperationCounts {
        self.operations.get(name).copied().unwrap_or_default()
    }

    /// All operations, by name.
    pub fn operations(&self) -> impl Iterator<Item = (&str, OperationCounts)> {
        self.operations.iter().map(|(name, counts)| (name.as_str(), *counts))
    }

    /// The requests of all operations.
    #[must_use]
    pub fn total(&self) -> OperationCounts {
        self.operations.values().fold(OperationCounts::default(), |sum, counts| OperationCounts {
            requests: sum.requests + counts.requests,
            refused: sum.refused + counts.refused,
            throttled: sum.throttled + counts.throttled,
            done: sum.done + counts.done,
            replayed: sum.replayed + counts.replayed,
            scripted: sum.scripted + counts.scripted,
            lost: sum.lost + counts.lost,
        })
    }

    /// How many times a root field of mutations (`create_item`) has written, each alias counted.
    #[must_use]
    pub fn writes(&self, field: &str) -> u64 {
        self.writes.get(field).copied().unwrap_or_default()
    }

    pub(crate) fn of(&mut self, operation: &str) -> &mut OperationCounts {
        self.operations.entry(operation.to_owned()).or_default()
    }

    pub(crate) fn with_writes(mut self, writes: BTreeMap<String, u64>) -> Self {
        self.writes = writes;
        self
    }
}
