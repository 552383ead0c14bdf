//! The queue of those who wait for a place.
//!
//! Must not know: how many places there are.

use std::collections::BTreeMap;

use monday_core::Priority;
use tokio::sync::oneshot;

/// A position in the queue: the lowest is next.
pub(super) type Ticket = (Priority, u64);

#[derive(Debug, Default)]
pub(super) struct Queue {
    waiting: BTreeMap<Ticket, oneshot::Sender<()>>,
    next: u64,
}

impl Queue {
    pub(super) fn join(&mut self, priority: Priority) -> (Ticket, oneshot::Receiver<()>) {
        let ticket = (priority, self.next);
        self.next += 1;
        let (place, receiver) = oneshot::channel();
        self.waiting.insert(ticket, place);
        (ticket, receiver)
    }

    /// Takes a ticket out; false when it was called already.
    pub(super) fn leave(&mut self, ticket: Ticket) -> bool {
        self.waiting.remove(&ticket).is_some()
    }

    /// Hands a place to the first; false when nobody waits.
    pub(super) fn call_next(&mut self) -> bool {
        while let Some((_, place)) = self.waiting.pop_first() {
            if place.send(()).is_ok() {
                return true;
            }
        }
        false
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn len(&self) -> usize {
        self.waiting.len()
    }
}
