//! What the account may still do, as its server says, and the wait that follows from it.
//!
//! Each call reserves what it is expected to cost; the answer's headers say what it was. After a shortage one
//! call goes ahead and finds out, the others follow its answer; so too where nobody knows what one of many
//! entries costs. Several processes can share all this. Must not know: documents, why a call was refused.

mod budget;
mod costs;
mod day;
mod joining;
mod ledger;
mod need;
mod others;
mod page;
mod portion;
mod reservation;
mod share;
mod sharing;
mod state;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use monday_core::{OperationKind, Priority, Quota};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

pub use ledger::{LedgerFault, LedgerPage, LedgerSwap, MemoryLedger, QuotaLedger};
pub(crate) use need::{Charge, Entries, Line, Need};
pub(crate) use reservation::Reservation;
use sharing::{LOOK_EVERY, Look, Sharing};
use state::{State, Turn};

#[derive(Debug, Default)]
pub(crate) struct Governor(Arc<Books>);

/// What the governor knows.
#[derive(Debug, Default)]
struct Books {
    state: Mutex<State>,
    changed: Notify,
    sharing: Option<Sharing>,
}

impl Books {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Decides for a call. Gives the number of the last page that others were told, too.
    fn turn(&self, need: &Need<'_>) -> Result<(Turn, u64), Error> {
        let mut state = self.lock();
        state.day.check()?;
        let ahead = need.priority > Priority::Interactive && state.interactive_waiting > 0;
        let turn = state.turn(need, ahead);
        Ok((turn, state.round))
    }

    /// Says that something has changed.
    fn tell(&self) {
        self.changed.notify_waiters();
        if let Some(sharing) = &self.sharing {
            sharing.tell_news();
        }
    }
}

impl Governor {
    /// A governor that shares its budgets with others.
    pub(crate) fn sharing(ledger: Arc<dyn QuotaLedger>) -> Self {
        Self(Arc::new(Books { sharing: Some(Sharing::new(ledger)), ..Books::default() }))
    }

    /// How many processes there are, this one included.
    pub(crate) fn processes(&self) -> usize {
        self.lock().others.count() + 1
    }

    /// The budgets of the last answer that named any.
    pub(crate) fn quota(&self) -> Quota {
        self.lock().quota.clone()
    }

    /// An error at once where no call of this kind and deadline can be sent.
    pub(crate) fn check(&self, kind: OperationKind, deadline: Deadline) -> Result<(), Error> {
        let state = self.lock();
        state.day.check()?;
        match state.pause(kind) {
            Some(wait) if !deadline.allows(wait) => Err(spent(wait)),
            _ => Ok(()),
        }
    }

    /// What the call's cost takes of the budgets, if there is room for it now.
    pub(crate) async fn try_admit(
        &self,
        need: &Need<'_>,
        deadline: Deadline,
    ) -> Result<Option<Reservation<'_>>, Error> {
        match self.look(need, deadline).await? {
            Look::Go(reservation) => Ok(Some(reservation)),
            Look::Wait { .. } => Ok(None),
        }
    }

    async fn look(&self, need: &Need<'_>, deadline: Deadline) -> Result<Look<'_>, Error> {
        match &self.0.sharing {
            Some(sharing) => self.0.look(sharing, need, deadline).await,
            None => Ok(self.0.look_alone(need)?.0),
        }
    }

    /// Waits until the call's cost fits, and of many entries says how many do. A wait past the deadline is an
    /// error at once.
    pub(crate) async fn admit(&self, need: &Need<'_>, deadline: Deadline) -> Result<Reservation<'_>, Error> {
        let mut patient = None;
        loop {
            let changed = self.0.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let until = match self.look(need, deadline).await? {
                Look::Go(reservation) => return Ok(reservation),
                Look::Wait { at_most, certain } => {
                    let wait = at_most.saturating_duration_since(Instant::now());
                    if certain && !deadline.allows(wait) {
                        return Err(spent(wait));
                    }
                    // Others may make room any time.
                    let look = self.0.sharing.as_ref().map(|_| Instant::now() + LOOK_EVERY);
                    look.map_or(at_most, |look| at_most.min(look))
                }
            };
            if patient.is_none() {
                patient = Some(Waiting::new(&self.0, need.priority));
            }
            let wait = until.saturating_duration_since(Instant::now());
            tracing::debug!(
                wait_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX),
                "waiting for quota"
            );
            tokio::select! {
                () = changed => {}
                () = tokio::time::sleep_until(until) => {}
                () = tokio::time::sleep_until(deadline.instant()) => return Err(spent(wait)),
            }
        }
    }

    /// Waits while no call of this kind is sent. A wait past the deadline is an error at once.
    pub(crate) async fn rest(&self, kind: OperationKind, deadline: Deadline) -> Result<(), Error> {
        loop {
            self.check(kind, deadline)?;
            let Some(wait) = self.lock().pause(kind) else { return Ok(()) };
            tokio::time::sleep(wait).await;
        }
    }

    /// Nothing is sent for this long.
    pub(crate) fn pause(&self, wait: Duration) {
        self.lock().pause_for(wait, None);
        self.0.tell();
    }

    /// Nothing is sent for this long that draws on the same points as calls of this kind.
    pub(crate) fn pause_points(&self, kind: OperationKind, wait: Duration) {
        self.lock().pause_for(wait, Some(kind));
        self.0.tell();
    }

    /// Nothing is sent before midnight UTC, when the daily budget comes back. Returns how long that is.
    pub(crate) fn close_day(&self) -> Duration {
        let mut state = self.lock();
        state.news += 1;
        let wait = state.day.close();
        drop(state);
        self.0.tell();
        wait
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock()
    }
}

fn spent(wait: Duration) -> Error {
    Error::new(ErrorKind::RateLimited).with_retry_after(wait)
}

/// A call that waits. Batch ones let interactive ones go first.
struct Waiting<'a> {
    books: &'a Books,
    is_interactive: bool,
}

impl<'a> Waiting<'a> {
    fn new(books: &'a Books, priority: Priority) -> Self {
        let is_interactive = priority == Priority::Interactive;
        let mut state = books.lock();
        state.waiting += 1;
        state.interactive_waiting += usize::from(is_interactive);
        Self { books, is_interactive }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        let mut state = self.books.lock();
        state.waiting -= 1;
        state.interactive_waiting -= usize::from(self.is_interactive);
        drop(state);
        if self.is_interactive {
            self.books.changed.notify_waiters();
        }
    }
}

#[cfg(test)]
mod tests;
