//! Where several clients keep the budgets of one account together: a page that is replaced whole, by compare-and-swap.
//!
//! What stands on it is the governor's, which decides alike for calls of this process and of others. Must not know: what
//! stands on the page.

mod memory_ledger;

use std::fmt;
use std::time::Duration;

use monday_auth::BoxFuture;

pub use memory_ledger::MemoryLedger;

/// A page that all clients of one account and app share, so that together they stay within its limits.
///
/// [`MemoryLedger`] shares among the clients of a process; `monday-quota-redis` among those of many machines. A ledger
/// that fails or is silent for half a second is done without: each process then goes on by itself, by what the server
/// says, and asks again after a second.
pub trait QuotaLedger: fmt::Debug + Send + Sync + 'static {
    /// The page as it is now. One that was never written is empty.
    fn read(&self) -> BoxFuture<'_, Result<LedgerPage, LedgerFault>>;

    /// Replaces the page if it is still of this version.
    fn swap<'a>(&'a self, version: u64, text: &'a [u8]) -> BoxFuture<'a, Result<LedgerSwap, LedgerFault>>;
}

/// A page of a [`QuotaLedger`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LedgerPage {
    /// What was written; empty if nothing was.
    pub text: Vec<u8>,
    /// Another one after each change, and never the same again after a loss.
    pub version: u64,
    /// The ledger's clock: time since a fixed point, the same for all clients.
    pub now: Duration,
}

/// What became of a swap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LedgerSwap {
    /// The page is replaced.
    Done {
        /// Its version now.
        version: u64,
        /// The ledger's clock.
        now: Duration,
    },
    /// Another client was faster: this is its page, and nothing was changed.
    Changed(LedgerPage),
}

/// The ledger cannot be had for now. Whoever keeps it logs why.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct LedgerFault;

impl fmt::Display for LedgerFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the quota ledger is not available")
    }
}

impl std::error::Error for LedgerFault {}
