//! Ids that become others, each the same one wherever it stands.
//!
//! Must not know: what they are of.

use std::collections::BTreeMap;

/// The ids of one noun, numbered as they are met.
pub(super) struct Numbers {
    next: u64,
    known: BTreeMap<String, u64>,
}

impl Numbers {
    pub(super) fn from(first: u64) -> Self {
        Self { next: first, known: BTreeMap::new() }
    }

    /// The number in place of an id.
    pub(super) fn of(&mut self, id: &str) -> u64 {
        if let Some(number) = self.known.get(id) {
            return *number;
        }
        let number = self.next;
        self.next += 1;
        self.known.insert(id.to_owned(), number);
        number
    }

    /// Keeps an id as it is.
    pub(super) fn keep(&mut self, id: &str) {
        if let Ok(number) = id.parse() {
            self.known.insert(id.to_owned(), number);
        }
    }
}
