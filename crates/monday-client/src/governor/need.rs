//! What a call asks of the budgets.
//!
//! Must not know: what is left of them.

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
    pub(crate) entries: Entries,
}

/// How many entries of an operation go into the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Entries {
    /// It is written already.
    Written(u64),
    /// So many wait to be sent, and at most so many go together.
    Waiting { all: u64, most: u64 },
}

impl Entries {
    pub(crate) const ONE: Self = Self::Written(1);

    /// How many are written at least.
    pub(super) fn written(self) -> u64 {
        match self {
            Self::Written(entries) => entries,
            Self::Waiting { .. } => 1,
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
