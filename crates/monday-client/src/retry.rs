//! Which attempts are followed by another, and after how long.
//!
//! The table is data: class of the fault x what the request may do twice. Must not know: how attempts are
//! made.

mod backoff;
mod retry_budget;

use std::time::Duration;

use monday_core::OperationKind;

use crate::Error;
use crate::judge::{self, RetryClass};

pub(crate) use retry_budget::RetryBudget;

/// All attempts of one call together.
pub(crate) const ATTEMPTS: u32 = 4;

/// What may happen if a request is sent twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeatable {
    /// Nothing: a query.
    Query,
    /// Nothing: a mutation under an idempotency key.
    KeyedMutation,
    /// It may be done twice.
    PlainMutation,
}

impl Repeatable {
    /// What goes for operations of a kind: every mutation has a key.
    pub(crate) fn of(kind: OperationKind) -> Self {
        match kind {
            OperationKind::Query => Self::Query,
            OperationKind::Mutation => Self::KeyedMutation,
        }
    }
}

/// Whether a fault of a class is followed by another attempt: of a query, of a mutation with a key, of one
/// without.
const TABLE: [(RetryClass, [bool; 3]); 3] = [
    (RetryClass::Never, [false, false, false]),
    (RetryClass::NotExecuted, [true, true, true]),
    (RetryClass::MaybeExecuted, [true, true, false]),
];

fn repeats(class: RetryClass, request: Repeatable) -> bool {
    TABLE.iter().any(|(row, cells)| *row == class && cells[request as usize])
}

/// How long to wait after so many attempts (from 1) that ended with this error.
pub(crate) fn wait(attempts: u32, error: &Error) -> Duration {
    backoff::wait(attempts, error.retry_after(), judge::is_blocked(error))
}

/// The attempts that one call has left.
#[derive(Debug)]
pub(crate) struct Attempts {
    request: Repeatable,
    made: u32,
}

impl Attempts {
    pub(crate) fn new(request: Repeatable) -> Self {
        Self { request, made: 1 }
    }

    /// How long to wait before the next attempt; `None` when there is none.
    pub(crate) fn next_after(&mut self, error: &Error) -> Option<Duration> {
        if self.made >= ATTEMPTS || !repeats(RetryClass::of(error.kind()), self.request) {
            return None;
        }
        let wait = wait(self.made, error);
        self.made += 1;
        Some(wait)
    }
}

#[cfg(test)]
mod tests;
