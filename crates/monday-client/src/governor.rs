//! What the account may still do, as its server says, and the wait that follows from it.
//!
//! Each call reserves what it is expected to cost; the answer's headers say what it was. After a shortage one
//! call goes ahead and finds out, the others follow its answer; so too where nobody knows what one of many
//! entries costs. Must not know: documents, why a call was refused.

mod budget;
mod costs;
mod day;
mod need;
mod portion;
mod reservation;
mod share;
mod state;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use monday_core::{OperationKind, Priority, Quota};
use tokio::sync::Notify;
use tokio::time::Instant;

use crate::deadline::Deadline;
use crate::{Error, ErrorKind};

pub(crate) use need::{Charge, Entries, Line, Need};
pub(crate) use reservation::Reservation;
use state::{State, Turn};

#[derive(Debug, Default)]
pub(crate) struct Governor {
    state: Mutex<State>,
    changed: Notify,
}

impl Governor {
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
    pub(crate) fn try_admit(&self, need: &Need<'_>) -> Result<Option<Reservation<'_>>, Error> {
        match self.turn(need)? {
            Turn::Go(share) => Ok(Some(Reservation::new(self, share))),
            Turn::Wait { .. } => Ok(None),
        }
    }

    fn turn(&self, need: &Need<'_>) -> Result<Turn, Error> {
        let mut state = self.lock();
        state.day.check()?;
        let ahead = need.priority > Priority::Interactive && state.interactive_waiting > 0;
        Ok(state.turn(need, ahead))
    }

    /// Waits until the call's cost fits, and of many entries says how many do. A wait past the deadline is an
    /// error at once.
    pub(crate) async fn admit(&self, need: &Need<'_>, deadline: Deadline) -> Result<Reservation<'_>, Error> {
        let mut patient = None;
        loop {
            let changed = self.changed.notified();
            tokio::pin!(changed);
            changed.as_mut().enable();
            let until = match self.turn(need)? {
                Turn::Go(share) => return Ok(Reservation::new(self, share)),
                Turn::Wait { at_most, certain } => {
                    let wait = at_most.saturating_duration_since(Instant::now());
                    if certain && !deadline.allows(wait) {
                        return Err(spent(wait));
                    }
                    at_most
                }
            };
            if need.priority == Priority::Interactive && patient.is_none() {
                patient = Some(InteractiveWaiting::new(self));
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
    }

    /// Nothing is sent for this long that draws on the same points as calls of this kind.
    pub(crate) fn pause_points(&self, kind: OperationKind, wait: Duration) {
        self.lock().pause_for(wait, Some(kind));
    }

    /// Nothing is sent before midnight UTC, when the daily budget comes back. Returns how long that is.
    pub(crate) fn close_day(&self) -> Duration {
        self.lock().day.close()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn spent(wait: Duration) -> Error {
    Error::new(ErrorKind::RateLimited).with_retry_after(wait)
}

/// An interactive call that waits, which batch ones let go first.
struct InteractiveWaiting<'a>(&'a Governor);

impl<'a> InteractiveWaiting<'a> {
    fn new(governor: &'a Governor) -> Self {
        governor.lock().interactive_waiting += 1;
        Self(governor)
    }
}

impl Drop for InteractiveWaiting<'_> {
    fn drop(&mut self) {
        self.0.lock().interactive_waiting -= 1;
        self.0.changed.notify_waiters();
    }
}

#[cfg(test)]
mod tests;
