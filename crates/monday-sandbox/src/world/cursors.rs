//! Cursors over lists of items: the list as it was when it was first read, and a place in it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// From the first request; paging does not extend it.
pub(crate) const LIFE: Duration = Duration::from_hours(1);

/// The oldest are forgotten beyond this number, so that a sandbox does not grow.
const MOST: usize = 4096;

#[derive(Debug)]
pub(crate) struct Cursors {
    life: Duration,
    known: VecDeque<(String, Place)>,
    made: u64,
}

/// A place in a list.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    items: Arc<[u64]>,
    offset: usize,
    began: Instant,
}

impl Place {
    pub(crate) fn start(items: Vec<u64>) -> Self {
        Self { items: items.into(), offset: 0, began: Instant::now() }
    }

    /// The next items, and the place after them; `None` at the end.
    pub(crate) fn take(self, limit: usize) -> (Vec<u64>, Option<Self>) {
        let end = self.items.len().min(self.offset.saturating_add(limit));
        let page = self.items[self.offset..end].to_vec();
        let next = (end < self.items.len()).then_some(Self { offset: end, ..self });
        (page, next)
    }
}

impl Default for Cursors {
    fn default() -> Self {
        Self { life: LIFE, known: VecDeque::new(), made: 0 }
    }
}

impl Cursors {
    pub(crate) fn set_life(&mut self, life: Duration) {
        self.life = life;
    }

    /// All there are.
    pub(crate) fn expire(&mut self) {
        self.known.clear();
    }

    /// The text that stands for a place.
    pub(crate) fn keep(&mut self, place: Place) -> String {
        self.made += 1;
        let cursor = format!("MSw{:016x}", self.made.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        self.known.push_back((cursor.clone(), place));
        if self.known.len() > MOST {
            self.known.pop_front();
        }
        cursor
    }

    /// The place of a cursor, unless it is unknown or too old.
    pub(crate) fn find(&self, cursor: &str) -> Option<Place> {
        let place = self.known.iter().find(|(known, _)| known == cursor).map(|(_, place)| place)?;
        (place.began.elapsed() < self.life).then(|| place.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_read_whole_in_pages_and_the_last_page_has_no_successor() {
        let mut place = Some(Place::start((0..7).collect()));
        let mut read = Vec::new();
        while let Some(here) = place {
            let (page, next) = here.take(3);
            read.push(page);
            place = next;
        }
        assert_eq!(read, [vec![0, 1, 2], vec![3, 4, 5], vec![6]]);
    }

    #[test]
    fn cursors_are_found_until_there_are_too_many() {
        let mut cursors = Cursors::default();
        let first = cursors.keep(Place::start(vec![1]));
        assert!(cursors.find(&first).is_some() && cursors.find("MSw0").is_none());
        for _ in 0..MOST {
            cursors.keep(Place::start(vec![1]));
        }
        assert!(cursors.find(&first).is_none());
    }
}
