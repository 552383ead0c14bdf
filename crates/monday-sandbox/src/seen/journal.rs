//! The last requests, within a number and a size; of older ones only how many there were.
//!
//! Must not know: what a request is about.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::request::SeenRequest;

/// How many requests are kept unless told.
pub(crate) const KEPT: usize = 1_000;

/// How many bytes they may hold together.
const LARGEST: usize = 32 * 1024 * 1024;

#[derive(Debug)]
pub(crate) struct Journal {
    most: usize,
    largest: usize,
    size: usize,
    /// Oldest first.
    kept: VecDeque<SeenRequest>,
    /// By each name that they had.
    forgotten: BTreeMap<String, u64>,
}

impl Journal {
    pub(crate) fn new(most: usize) -> Self {
        Self { most, largest: LARGEST, size: 0, kept: VecDeque::new(), forgotten: BTreeMap::new() }
    }

    pub(crate) fn keep(&mut self, request: SeenRequest) {
        self.size += request.size();
        self.kept.push_back(request);
        while (self.kept.len() > self.most || self.size > self.largest)
            && let Some(oldest) = self.kept.pop_front()
        {
            self.size -= oldest.size();
            let names: BTreeSet<&str> = oldest.names().iter().map(String::as_str).collect();
            let names = if names.is_empty() { BTreeSet::from([""]) } else { names };
            for name in names {
                *self.forgotten.entry(name.to_owned()).or_default() += 1;
            }
        }
    }

    /// Oldest first.
    pub(crate) fn kept(&self) -> impl DoubleEndedIterator<Item = &SeenRequest> {
        self.kept.iter()
    }

    /// How many of an operation, by its name or a root field, are no longer kept.
    pub(crate) fn forgotten(&self, operation: &str) -> u64 {
        self.forgotten.get(operation).copied().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::super::request::Envelope;
    use super::*;

    fn request(name: &str, document: &str) -> SeenRequest {
        let names = vec![name.to_owned(), "me".to_owned(), "me".to_owned()];
        SeenRequest::new(names, document.to_owned(), serde_json::Map::new(), Envelope::default())
    }

    #[test]
    fn the_oldest_are_forgotten_and_counted_by_each_of_their_names() {
        let mut journal = Journal::new(2);
        for name in ["A", "B", "A", "C"] {
            journal.keep(request(name, ""));
        }
        let kept: Vec<_> = journal.kept().map(SeenRequest::operation).collect();
        assert_eq!(kept, ["A", "C"]);
        let forgotten = ["A", "B", "C", "me"].map(|name| journal.forgotten(name));
        assert_eq!(forgotten, [1, 1, 0, 2]);
    }

    #[test]
    fn large_requests_push_out_more_than_small_ones() {
        let mut journal = Journal { largest: 10_000, ..Journal::new(1_000) };
        (0..10).for_each(|_| journal.keep(request("Small", "")));
        assert_eq!(journal.forgotten("Small"), 0);
        journal.keep(request("Large", &"x".repeat(9_500)));
        assert!(journal.forgotten("Small") > 5);
        journal.keep(request("Huge", &"x".repeat(20_000)));
        assert_eq!((journal.kept().count(), journal.size), (0, 0));
    }
}
