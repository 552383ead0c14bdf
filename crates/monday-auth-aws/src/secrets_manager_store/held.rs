//! A lease that is held, and giving it back.
//!
//! Must not know: records.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use monday_auth::StoreError;
use tokio::runtime::Handle;
use tokio::time::sleep;

use super::kept::Kept;
use super::slot::Slot;

/// After a save the lease is given back so much later: whoever waits for it looks every 250 ms, sees the new record
/// first, and needs no lease, which would cost two versions of the secret.
const AFTER_A_SAVE: Duration = Duration::from_millis(300);

/// How often it is tried to give a lease back. After that its time runs out.
const TRIES: u32 = 3;

/// The guard of a lease.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) slot: Slot,
    pub(super) token: String,
    pub(super) runtime: Handle,
    pub(super) has_saved: AtomicBool,
}

impl Drop for Held {
    fn drop(&mut self) {
        let (slot, token) = (self.slot.clone(), std::mem::take(&mut self.token));
        let has_saved = self.has_saved.load(Ordering::Relaxed);
        self.runtime.spawn(async move {
            if has_saved {
                sleep(AFTER_A_SAVE).await;
            }
            for _ in 0..TRIES {
                if give_back(&slot, &token).await != Err(StoreError::Conflict) {
                    return;
                }
            }
        });
    }
}

async fn give_back(slot: &Slot, token: &str) -> Result<(), StoreError> {
    let Some(found) = slot.read().await? else {
        return Ok(());
    };
    if found.kept.lease.as_ref().is_none_or(|lease| lease.token != token) {
        return Ok(());
    }
    slot.swap(&found, &Kept::new(found.kept.record.clone(), None)).await
}
