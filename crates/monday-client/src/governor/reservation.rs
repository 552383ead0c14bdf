//! What one call holds of the budgets until its answer is there; given back when dropped.
//!
//! Must not know: how much that is.

use monday_core::Quota;
use tokio::time::Instant;

use super::Governor;
use super::state::Share;

#[derive(Debug)]
pub(crate) struct Reservation<'a> {
    governor: &'a Governor,
    operation: String,
    share: Share,
    sent: Instant,
}

impl<'a> Reservation<'a> {
    pub(super) fn new(governor: &'a Governor, operation: &str, share: Share) -> Self {
        Self { governor, operation: operation.to_owned(), share, sent: Instant::now() }
    }

    /// Settles the call by what its answer says.
    pub(crate) fn answered(self, quota: &Quota) {
        self.governor.lock().hear(&self.operation, self.share, quota, self.sent);
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.governor.lock().give_back(self.share);
        self.governor.changed.notify_waiters();
    }
}
