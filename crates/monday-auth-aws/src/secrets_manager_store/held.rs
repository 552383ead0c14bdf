//! A lease: taking it, and giving it back.
//!
//! Must not know: records.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use monday_auth::{Lease, StoreError, TokenKey};
use tokio::runtime::Handle;
use tokio::time::sleep;
use uuid::Uuid;

use super::kept::{Holder, Kept};
use super::slot::{Found, Slot};
use crate::service_clock::millis;

/// After a save the lease is given back so much later: whoever waits for it looks every 250 ms, sees the new
/// record first, and needs no lease, which would cost two versions of the secret.
const AFTER_A_SAVE: Duration = Duration::from_millis(300);

/// How often it is tried to give a lease back. After that its time runs out.
const TRIES: u32 = 3;

/// The service's clock is cut to whole seconds.
const SECOND: u64 = 1000;

/// The guard of a lease.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) slot: Slot,
    token: String,
    runtime: Handle,
    has_saved: AtomicBool,
    is_armed: bool,
}

impl Held {
    /// Takes the lease; `None` if someone else has it.
    ///
    /// In a task of its own: a caller who gives up leaves no swap half done, and what is then taken for
    /// nobody is given back at once.
    pub(super) async fn take(slot: Slot, ttl: Duration) -> Result<Option<Self>, StoreError> {
        let runtime = Handle::try_current().map_err(|_| StoreError::Unavailable)?;
        let taking = runtime.spawn(Self::taken(slot, ttl, runtime.clone()));
        taking.await.unwrap_or(Err(StoreError::Unavailable))
    }

    async fn taken(slot: Slot, ttl: Duration, runtime: Handle) -> Result<Option<Self>, StoreError> {
        let found = slot.read().await?;
        if found.as_ref().is_some_and(|found| found.kept.holder(slot.manager.now()).is_some()) {
            return Ok(None);
        }
        // There before the service is asked: an answer may be lost.
        let token = Uuid::new_v4().to_string();
        let mut held = Self { slot, token, runtime, has_saved: AtomicBool::new(false), is_armed: true };
        let holder = Some(held.holder(ttl));
        let done = match &found {
            Some(found) => held.slot.swap(found, &Kept::new(found.kept.record.clone(), holder)).await,
            None => held.slot.create(&Kept::new(None, holder)).await,
        };
        // It is not taken, unless nobody knows.
        held.is_armed = matches!(done, Ok(()) | Err(StoreError::Unavailable));
        match done {
            Ok(()) => Ok(Some(held)),
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }

    /// The guard of a lease of this store that has not ended.
    pub(super) fn of<'a>(key: &TokenKey, lease: &'a Lease) -> Result<&'a Self, StoreError> {
        let held = lease.guard::<Self>().filter(|_| lease.covers(key));
        held.ok_or(StoreError::NoLease)
    }

    /// The lease that the secret holds, if it is this one.
    pub(super) fn ours<'a>(&self, found: &'a Found) -> Result<&'a Holder, StoreError> {
        let holder = found.kept.lease.as_ref().filter(|holder| holder.token == self.token);
        holder.ok_or(StoreError::NoLease)
    }

    /// What a secret says of this lease for so long from now.
    pub(super) fn holder(&self, ttl: Duration) -> Holder {
        // The second makes up for the clock that is behind by up to one.
        let until = self.slot.manager.now().saturating_add(millis(ttl)).saturating_add(SECOND);
        Holder { token: self.token.clone(), until }
    }

    pub(super) fn has_saved(&self) {
        self.has_saved.store(true, Ordering::Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_armed {
            return;
        }
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
