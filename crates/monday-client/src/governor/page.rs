//! What stands on a shared page, as JSON, with times on the ledger's clock in milliseconds.
//!
//! Two views of it come together without a judge: of one window the lower number counts, of two windows the later.
//! Must not know: who decides by it.

mod clock;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

pub(super) use clock::{Clock, millis};

/// Pages of another format are not read.
pub(super) const FORMAT: u32 = 1;

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(super) struct Page {
    pub(super) format: u32,
    pub(super) budgets: Vec<Written>,
    pub(super) lanes: [LaneWritten; 2],
    /// When the spent day ends, in milliseconds from 1970.
    pub(super) day_ends: Option<u64>,
    pub(super) members: BTreeMap<String, Member>,
}

#[derive(Deserialize)]
struct Format {
    format: u32,
}

/// A budget.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) name: String,
    pub(super) limit: u64,
    pub(super) left: u64,
    pub(super) ends: u64,
    pub(super) since: u64,
    /// Counts its windows.
    pub(super) serial: u64,
    /// What was left by the first number of the window.
    pub(super) first: u64,
    pub(super) tally: Tally,
}

/// The entries that were answered in a window, where all of them are of one operation.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Tally {
    pub(super) entries: u64,
    /// The operation's mark.
    pub(super) of: Option<u64>,
    /// They are of several operations.
    pub(super) mixed: bool,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct LaneWritten {
    pub(super) paused_until: Option<u64>,
    /// The last pause after which a call found out that the server is ready.
    pub(super) cleared: Option<u64>,
}

/// A process that takes part.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Member {
    pub(super) seen: u64,
    /// Calls and points without an answer, by kind.
    pub(super) reading: [u64; 2],
    pub(super) writing: [u64; 2],
    /// What it has taken of each budget: the window's serial, and how much.
    pub(super) taken: BTreeMap<String, [u64; 2]>,
    /// When its call went ahead to find out, in each lane.
    pub(super) scouts: [Option<u64>; 2],
}

impl Page {
    /// Reads a page; `None` for one of another format, which is another version's. What is no page at all is an empty one.
    pub(super) fn read(text: &[u8]) -> Option<Self> {
        let other = |Format { format }: &Format| *format != FORMAT;
        if serde_json::from_slice(text).ok().as_ref().is_some_and(other) {
            return None;
        }
        Some(serde_json::from_slice(text).unwrap_or_default())
    }
}

impl Tally {
    pub(super) fn add(&mut self, other: Self) {
        self.mixed |= other.mixed || matches!((self.of, other.of), (Some(one), Some(other)) if one != other);
        self.of = self.of.or(other.of);
        self.entries = self.entries.saturating_add(other.entries);
    }

    /// How many entries of this operation, if there are no others.
    pub(super) fn entries_of(&self, mark: u64) -> Option<u64> {
        (!self.mixed && self.of == Some(mark)).then_some(self.entries)
    }
}
