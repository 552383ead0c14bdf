//! What one call holds of the budgets until its answer is there; given back when dropped.
//!
//! Must not know: how much that is.

use monday_core::Quota;
use tokio::time::Instant;

use super::Books;
use super::need::Charge;
use super::share::Share;

#[derive(Debug)]
pub(crate) struct Reservation<'a> {
    books: &'a Books,
    share: Share,
    sent: Option<Instant>,
}

impl<'a> Reservation<'a> {
    pub(super) fn new(books: &'a Books, share: Share) -> Self {
        Self { books, share, sent: None }
    }

    /// How many entries the request may hold.
    pub(crate) fn entries(&self) -> u64 {
        self.share.entries
    }

    /// The same for an attempt that is sent now.
    #[must_use]
    pub(crate) fn sent_now(mut self) -> Self {
        self.sent = Some(Instant::now());
        self
    }

    /// When the last attempt was sent.
    pub(crate) fn sent(&self) -> Instant {
        self.sent.unwrap_or_else(Instant::now)
    }

    /// Settles the call by what its answer says.
    pub(crate) fn answered(&self, quota: &Quota, charge: Charge) {
        self.books.lock().hear(&self.share, quota, charge, self.sent());
    }
}

impl Drop for Reservation<'_> {
    fn drop(&mut self) {
        self.books.lock().give_back(&self.share, self.sent.is_some());
        self.books.tell();
    }
}
