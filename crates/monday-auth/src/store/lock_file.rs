//! Leases as locks on files in a private folder, which the system gives back when their process ends.
//!
//! Must not know: where the records are.

use std::fs::TryLockError;
use std::path::Path;
use std::time::Duration;

use super::{Lease, StoreError};
use crate::TokenKey;
use crate::private_file::{open_private, private_folder};

/// The lease on a key, unless another process has it. Blocks.
pub(super) fn lease(folder: &Path, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
    private_folder(folder)?;
    // Never removed: another process may be waiting on it.
    let file = open_private(&folder.join(format!("{}.lock", key.name())), false)?;
    match file.try_lock() {
        // Closing the file gives the lock back.
        Ok(()) => Ok(Some(Lease::new(key, ttl, file))),
        Err(TryLockError::WouldBlock) => Ok(None),
        Err(TryLockError::Error(error)) => Err(StoreError::io("locked")(error)),
    }
}
