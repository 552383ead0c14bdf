//! What was asserted, and what did not hold: all of it is told at once.
//!
//! Must not know: what is asserted.

use std::sync::Mutex;

#[derive(Debug, Default)]
pub(super) struct Ledger(Mutex<(usize, Vec<String>)>);

impl Ledger {
    /// One assertion.
    pub(super) fn check(&self, holds: bool, what: impl FnOnce() -> String) {
        let mut entries = self.0.lock().unwrap();
        entries.0 += 1;
        if !holds {
            entries.1.push(what());
        }
    }

    /// How many were made. Panics with those that do not hold.
    pub(super) fn close(self) -> usize {
        let (count, mut broken) = self.0.into_inner().unwrap();
        broken.sort();
        assert!(broken.is_empty(), "{} of {count} do not hold:\n{}", broken.len(), broken.join("\n"));
        count
    }
}
