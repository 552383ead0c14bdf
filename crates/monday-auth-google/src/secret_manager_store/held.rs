//! A lease that is held, and giving it back.
//!
//! Must not know: records.

use monday_auth::StoreError;
use tokio::runtime::Handle;

use super::slot::Slot;
use super::state::State;

/// How often it is tried to give a lease back. After that its time runs out.
const TRIES: u32 = 3;

/// The guard of a lease.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) slot: Slot,
    pub(super) token: String,
    pub(super) runtime: Handle,
}

impl Drop for Held {
    fn drop(&mut self) {
        let (slot, token) = (self.slot.clone(), std::mem::take(&mut self.token));
        self.runtime.spawn(async move {
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
    if found.state.lease.as_ref().is_none_or(|lease| lease.token != token) {
        return Ok(());
    }
    slot.swap(&found, &State { lease: None, ..found.state.next() }).await
}
