//! The entries that wait, and the results that are there.
//!
//! Must not know: how entries are sent, what a result says.

use std::collections::VecDeque;
use std::time::Duration;

use tokio::time::Instant;

use crate::Error;

/// An entry that was refused for a reason that passes is sent again so often.
const ROUNDS: u32 = 5;

/// What is still to be done, and what has been.
#[derive(Debug)]
pub(super) struct Work<D> {
    /// Numbers of entries.
    waiting: VecDeque<usize>,
    /// Those that were refused for a while, and until when.
    later: Vec<(Instant, usize)>,
    /// So many go together at most.
    most: usize,
    /// A request has begun that has taken no entries yet.
    has_begun: bool,
    rounds: Vec<u32>,
    results: Vec<Option<Result<D, Error>>>,
}

impl<D> Work<D> {
    pub(super) fn new(count: usize, most: usize) -> Self {
        let results = std::iter::repeat_with(|| None).take(count).collect();
        Self {
            waiting: (0..count).collect(),
            later: Vec::new(),
            most,
            has_begun: false,
            rounds: vec![0; count],
            results,
        }
    }

    /// Begins a request, if there is anything to send and no other is about to take it.
    pub(super) fn begin(&mut self) -> bool {
        let now = Instant::now();
        let due = self.later.extract_if(.., |(until, _)| *until <= now).map(|(_, number)| number);
        self.waiting.extend(due);
        let begins = !self.has_begun && !self.waiting.is_empty();
        self.has_begun |= begins;
        begins
    }

    /// When the next of those that were refused may go again.
    pub(super) fn next_due(&self) -> Option<Instant> {
        self.later.iter().map(|(until, _)| *until).min()
    }

    /// How many wait, and how many go together at most.
    pub(super) fn waiting(&self) -> (usize, usize) {
        (self.waiting.len(), self.most)
    }

    /// Takes the entries of the request that has begun.
    pub(super) fn take(&mut self, count: usize) -> Vec<usize> {
        self.has_begun = false;
        self.waiting.drain(..count.min(self.waiting.len())).collect()
    }

    /// The entries were too many for one request: they go again in smaller ones.
    pub(super) fn split(&mut self, group: &[usize]) {
        self.most = self.most.min(group.len() / 2).max(1);
        for number in group.iter().rev() {
            self.waiting.push_front(*number);
        }
    }

    /// An entry was refused for a while, after so many rounds: it goes again when that is over. False when it
    /// did often enough.
    pub(super) fn again(&mut self, number: usize, wait: impl FnOnce(u32) -> Duration) -> bool {
        let Some(rounds) = self.rounds.get_mut(number).filter(|rounds| **rounds < ROUNDS) else {
            return false;
        };
        *rounds += 1;
        self.later.push((Instant::now() + wait(*rounds), number));
        true
    }

    pub(super) fn finish(&mut self, number: usize, result: Result<D, Error>) {
        if let Some(place) = self.results.get_mut(number) {
            *place = Some(result);
        }
    }

    /// In the order of the entries.
    pub(super) fn into_results(self) -> impl Iterator<Item = Option<Result<D, Error>>> {
        self.results.into_iter()
    }
}
