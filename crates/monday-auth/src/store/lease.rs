//! The right to refresh one key for a while.
//!
//! Must not know: which store it is of.

use std::any::Any;
use std::fmt;
use std::time::{Duration, Instant};

use crate::TokenKey;

/// The right to refresh a key. Dropping it gives it back.
///
/// Stores on servers do so in a task, since dropping cannot wait: a program that exits at once leaves the
/// lease to run out, and until then the next one waits for it.
pub struct Lease {
    name: String,
    end: Instant,
    guard: Box<dyn Any + Send + Sync>,
}

impl Lease {
    /// A lease whose guard gives it back when dropped.
    pub fn new(key: &TokenKey, ttl: Duration, guard: impl Any + Send + Sync) -> Self {
        Self { name: key.name(), end: Instant::now() + ttl, guard: Box::new(guard) }
    }

    /// The guard, for the store that lent the lease: a save can then say by which lease it is done.
    #[must_use]
    pub fn guard<G: Any>(&self) -> Option<&G> {
        self.guard.downcast_ref()
    }

    /// How long it lasts.
    #[must_use]
    pub fn remaining(&self) -> Duration {
        self.end.saturating_duration_since(Instant::now())
    }

    /// Whether it is for this key and has not ended.
    #[must_use]
    pub fn covers(&self, key: &TokenKey) -> bool {
        self.name == key.name() && !self.remaining().is_zero()
    }
}

impl fmt::Debug for Lease {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Lease").field("remaining", &self.remaining()).finish_non_exhaustive()
    }
}
