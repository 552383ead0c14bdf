//! How many requests of one client are under way, and who is next.
//!
//! Interactive calls before batch ones, and among equals first come, first served. Beyond the queue the answer is
//! `Overloaded`, at once. Must not know: why requests take long.

mod limit;
mod waiting;

use std::sync::{Mutex, MutexGuard, PoisonError};

use monday_core::{Priority, Quota};
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

use limit::Limit;
use waiting::Queue;

/// How many calls may wait for each place that there can be.
const QUEUE_PER_PLACE: usize = 64;

#[derive(Debug)]
pub(crate) struct Admission {
    state: Mutex<State>,
    longest_queue: usize,
}

#[derive(Debug)]
struct State {
    limit: Limit,
    under_way: usize,
    queue: Queue,
}

/// A place among the requests under way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Admission);

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.under_way -= 1;
        state.fill();
    }
}

impl Admission {
    /// `most` is the caller's own limit, `longest_queue` the number of calls that may wait.
    pub(crate) fn new(most: Option<usize>, longest_queue: Option<usize>) -> Self {
        let limit = Limit::new(most);
        let longest_queue = longest_queue.unwrap_or(limit.most() * QUEUE_PER_PLACE);
        let state = State { limit, under_way: 0, queue: Queue::default() };
        Self { state: Mutex::new(state), longest_queue }
    }

    /// Waits for a place, until the deadline at most.
    pub(crate) async fn enter(&self, priority: Priority, deadline: Deadline) -> Result<Place<'_>, Error> {
        let mut waiting = {
            let mut state = self.lock();
            if state.queue.is_empty() && state.under_way < state.limit.now() {
                state.under_way += 1;
                return Ok(Place(self));
            }
            if state.queue.len() >= self.longest_queue {
                return Err(Error::new(ErrorKind::Overloaded));
            }
            let (ticket, place) = state.queue.join(priority);
            Waiting { admission: self, ticket: Some(ticket), place }
        };
        match tokio::time::timeout_at(deadline.instant(), &mut waiting.place).await {
            Ok(Ok(())) => {
                waiting.ticket = None;
                Ok(Place(self))
            }
            Ok(Err(_)) | Err(_) => Err(Error::new(ErrorKind::Overloaded)),
        }
    }

    /// Takes note of an answer: there may be room for more.
    pub(crate) fn answered(&self, quota: &Quota) {
        let mut state = self.lock();
        state.limit.learn(quota);
        let is_full = state.under_way >= state.limit.now();
        state.limit.answered(is_full);
        state.fill();
    }

    /// The server had too many at once of what was sent then.
    pub(crate) fn refused(&self, sent: Instant) {
        self.lock().limit.refused(sent);
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// Hands free places to those who wait.
    fn fill(&mut self) {
        while self.under_way < self.limit.now() && self.queue.call_next() {
            self.under_way += 1;
        }
    }
}

/// A caller in the queue. One that gives up leaves it, or passes on the place that was just handed to it.
struct Waiting<'a> {
    admission: &'a Admission,
    ticket: Option<waiting::Ticket>,
    place: tokio::sync::oneshot::Receiver<()>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let mut state = self.admission.lock();
        if !state.queue.leave(ticket) && self.place.try_recv().is_ok() {
            state.under_way -= 1;
            state.fill();
        }
    }
}

#[cfg(test)]
mod tests;
