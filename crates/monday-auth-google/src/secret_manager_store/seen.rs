//! How far each secret had come when this process last saw or changed it.
//!
//! Google says that most of Secret Manager is eventually consistent: a reading may show an older state than
//! the last. Must not know: what a state is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// The number of swaps of each secret, as far as is known.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen(Arc<Mutex<HashMap<Arc<str>, u64>>>);

impl Seen {
    /// Whether this is no older than what was seen. What is newer is seen from now on.
    pub(super) fn is_news(&self, name: &Arc<str>, swaps: u64) -> bool {
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let seen = seen.entry(Arc::clone(name)).or_default();
        let is_news = swaps >= *seen;
        *seen = swaps.max(*seen);
        is_news
    }

    /// The secret was deleted by someone.
    pub(super) fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}
