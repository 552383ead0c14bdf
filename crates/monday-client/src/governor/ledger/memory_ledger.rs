//! A page in this process.
//!
//! Must not know: what stands on it.

use std::future::ready;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use monday_auth::BoxFuture;
use tokio::time::Instant;

use super::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger};

/// Shares budgets among the clients of this process that are given clones of it: several users of one app in one
/// account, say.
#[derive(Debug, Clone)]
pub struct MemoryLedger(Arc<Page>);

#[derive(Debug)]
struct Page {
    start: Instant,
    written: Mutex<(u64, Vec<u8>)>,
}

impl MemoryLedger {
    /// An empty page.
    #[must_use]
    pub fn new() -> Self {
        Self(Arc::new(Page { start: Instant::now(), written: Mutex::default() }))
    }

    fn now(&self) -> Duration {
        // A clock that begins at zero has no time before it.
        Duration::from_hours(24) + self.0.start.elapsed()
    }

    fn with<T>(&self, work: impl FnOnce(&mut (u64, Vec<u8>)) -> T) -> T {
        work(&mut self.0.written.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Default for MemoryLedger {
    fn default() -> Self {
        Self::new()
    }
}

impl QuotaLedger for MemoryLedger {
    fn read(&self) -> BoxFuture<'_, Result<LedgerPage, LedgerFault>> {
        let (version, text) = self.with(|written| written.clone());
        Box::pin(ready(Ok(LedgerPage { text, version, now: self.now() })))
    }

    fn swap<'a>(&'a self, version: u64, text: &'a [u8]) -> BoxFuture<'a, Result<LedgerSwap, LedgerFault>> {
        let now = self.now();
        let swapped = self.with(|written| {
            if written.0 == version {
                written.0 += 1;
                text.clone_into(&mut written.1);
                LedgerSwap::Done { version: written.0, now }
            } else {
                LedgerSwap::Changed(LedgerPage { text: written.1.clone(), version: written.0, now })
            }
        });
        Box::pin(ready(Ok(swapped)))
    }
}
