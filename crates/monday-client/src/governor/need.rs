//! What a call asks of the budgets.
//!
//! Must not know: what is left of them.

use std::fmt;

use monday_core::{OperationKind, Priority};

/// A call, as far as budgets are concerned.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Need<'a> {
    /// Its cost is remembered by this name,
    pub(crate) operation: &'a str,
    /// and by how many entries its answer may hold.
    pub(crate) page_size: Option<i64>,
    pub(crate) kind: OperationKind,
    pub(crate) priority: Priority,
    pub(crate) entries: Entries<'a>,
}

/// How many entries of an operation go into the request.
#[derive(Clone, Copy)]
pub(crate) enum Entries<'a> {
    /// It is written already.
    Written(u64),
    /// As many as fit of those that wait.
    Waiting(&'a dyn Line),
}

/// Entries that wait to be sent.
pub(crate) trait Line: Sync {
    /// How many there are now, and how many go together at most.
    fn waiting(&self) -> (u64, u64);
}

impl Entries<'_> {
    pub(crate) const ONE: Self = Self::Written(1);
}

impl fmt::Debug for Entries<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Written(entries) => write!(f, "{entries}"),
            Self::Waiting(line) => write!(f, "{:?}", line.waiting()),
        }
    }
}

/// What the server has charged for a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Charge {
    /// It was refused, or answered from the idempotency cache.
    Nothing,
    /// What the headers say.
    Untold,
    /// So many points, as the answer itself says.
    Points(u64),
}
