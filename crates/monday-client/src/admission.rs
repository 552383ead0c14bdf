//! How many requests of one client are under way, and who is next.
//!
//! Interactive calls before batch ones, and among equals first come, first served. Beyond the queue the
//! answer is `Overloaded`, at once. A call that waits for quota leaves its place to others meanwhile. Must
//! not know: why requests take long.

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

/// So many may rest where hardly any can be under way.
const FEW: usize = 8;

#[derive(Debug)]
pub(crate) struct Admission {
    state: Mutex<State>,
    longest_queue: usize,
}

#[derive(Debug)]
struct State {
    limit: Limit,
    under_way: usize,
    /// Calls that have left their place to wait for quota.
    resting: usize,
    queue: Queue,
    /// Those that have their quota and come back: before all others.
    back: Queue,
}

/// A place among the requests under way; given back when dropped.
#[derive(Debug)]
pub(crate) struct Place<'a>(&'a Admission);

impl<'a> Place<'a> {
    /// Leaves the place to others.
    pub(crate) fn rest(self) -> Resting<'a> {
        let admission = self.0;
        // Before the place is free: whoever takes it is counted against those that rest.
        admission.lock().resting += 1;
        Resting(admission)
    }
}

/// A call without a place, that had one; no longer when dropped.
#[derive(Debug)]
pub(crate) struct Resting<'a>(&'a Admission);

impl Drop for Resting<'_> {
    fn drop(&mut self) {
        let mut state = self.0.lock();
        state.resting -= 1;
        state.fill();
    }
}

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
        let (queue, back) = (Queue::default(), Queue::default());
        let state = State { limit, under_way: 0, resting: 0, queue, back };
        Self { state: Mutex::new(state), longest_queue }
    }

    /// Waits for a place, until the deadline at most.
    pub(crate) async fn enter(&self, priority: Priority, deadline: Deadline) -> Result<Place<'_>, Error> {
        let waiting = {
            let mut state = self.lock();
            if state.queue.is_empty() && state.back.is_empty() && state.takes_new() {
                state.under_way += 1;
                return Ok(Place(self));
            }
            if state.queue.len() + state.resting >= self.longest_queue {
                return Err(Error::new(ErrorKind::Overloaded));
            }
            let (ticket, place) = state.queue.join(priority);
            Waiting { admission: self, ticket: Some(ticket), place, is_back: false }
        };
        waiting.called(deadline).await
    }

    /// Waits for a place with the quota in hand: before those that are new, and however many there are.
    pub(crate) async fn come_back(&self, priority: Priority, deadline: Deadline) -> Result<Place<'_>, Error> {
        let waiting = {
            let mut state = self.lock();
            if state.back.is_empty() && state.under_way < state.limit.now() {
                state.under_way += 1;
                return Ok(Place(self));
            }
            let (ticket, place) = state.back.join(priority);
            Waiting { admission: self, ticket: Some(ticket), place, is_back: true }
        };
        waiting.called(deadline).await
    }

    /// Takes note of an answer: there may be room for more. So many `processes` share what the server takes at once.
    pub(crate) fn answered(&self, quota: &Quota, processes: usize) {
        let mut state = self.lock();
        state.limit.learn(quota, processes);
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
    /// Whether there is a place for a call that may find no quota: not while as many rest as could be under
    /// way, or a few.
    fn takes_new(&self) -> bool {
        self.under_way < self.limit.now() && self.resting < self.limit.most().max(FEW)
    }

    /// Hands free places to those who wait.
    fn fill(&mut self) {
        while self.under_way < self.limit.now() && self.back.call_next() {
            self.under_way += 1;
        }
        while self.takes_new() && self.queue.call_next() {
            self.under_way += 1;
        }
    }
}

/// A caller in a queue. One that gives up leaves it, or passes on the place that was just handed to it.
struct Waiting<'a> {
    admission: &'a Admission,
    ticket: Option<waiting::Ticket>,
    place: tokio::sync::oneshot::Receiver<()>,
    is_back: bool,
}

impl<'a> Waiting<'a> {
    async fn called(mut self, deadline: Deadline) -> Result<Place<'a>, Error> {
        match tokio::time::timeout_at(deadline.instant(), &mut self.place).await {
            Ok(Ok(())) => {
                self.ticket = None;
                Ok(Place(self.admission))
            }
            Ok(Err(_)) | Err(_) => Err(Error::new(ErrorKind::Overloaded)),
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let Some(ticket) = self.ticket else { return };
        let mut state = self.admission.lock();
        let queue = if self.is_back { &mut state.back } else { &mut state.queue };
        if !queue.leave(ticket) && self.place.try_recv().is_ok() {
            state.under_way -= 1;
            state.fill();
        }
    }
}

#[cfg(test)]
mod tests;
