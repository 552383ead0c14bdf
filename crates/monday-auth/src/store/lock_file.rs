//! Leases as locks on files in a private folder, which the system gives back when their process ends.
//!
//! Must not know: where the records are.

use std::fs::{File, TryLockError};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Lease, StoreError};
use crate::TokenKey;
use crate::private_file::{open_private, private_folder};

/// What a lease holds: the lock, and whose turn it is to save.
pub(super) struct Held {
    /// Closing it gives the lock back.
    _file: File,
    turn: Mutex<()>,
}

impl Held {
    /// What this lease holds, if it is one of a lock file and covers the key. Whoever keeps it keeps the lock.
    pub(super) fn by(lease: &Lease, key: &TokenKey) -> Result<Arc<Self>, StoreError> {
        let held = lease.guard::<Arc<Self>>().filter(|_| lease.covers(key));
        held.cloned().ok_or(StoreError::NoLease)
    }

    /// Waits until no other save under this lease is under way: a file has no compare-and-swap.
    pub(super) fn turn(&self) -> MutexGuard<'_, ()> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The lease on a key, unless another process has it. Blocks.
pub(super) fn lease(folder: &Path, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
    private_folder(folder)?;
    // Never removed: another process may be waiting on it.
    let file = open_private(&folder.join(format!("{}.lock", key.name())), false)?;
    match file.try_lock() {
        Ok(()) => {
            let held = Held { _file: file, turn: Mutex::default() };
            Ok(Some(Lease::new(key, ttl, Arc::new(held))))
        }
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(StoreError::io("locked")(error)),
    }
}
