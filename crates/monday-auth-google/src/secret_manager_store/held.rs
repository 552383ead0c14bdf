//! A lease: taking it, and giving it back.
//!
//! Must not know: records.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use monday_auth::{Lease, StoreError, TokenKey};
use tokio::runtime::Handle;
use uuid::Uuid;

use super::slot::{Found, Slot};
use super::state::{Holder, State};

/// How often it is tried to give a lease back. After that its time runs out.
const TRIES: u32 = 3;

/// The guard of a lease.
#[derive(Debug)]
pub(super) struct Held {
    pub(super) slot: Slot,
    pub(super) runtime: Handle,
    token: String,
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
        if found.as_ref().is_some_and(|found| found.state.is_leased(now())) {
            return Ok(None);
        }
        let token = Uuid::new_v4().simple().to_string();
        let lease = Some(Holder { token: token.clone(), until: now().saturating_add(millis(ttl)) });
        // There before the service is asked: an answer may be lost.
        let mut held = Self { slot, runtime, token, is_armed: true };
        let done = match &found {
            Some(found) => held.slot.swap(found, &State { lease, ..found.state.next() }).await,
            None => held.slot.create(&State { lease, ..State::default().next() }).await,
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

    /// Whether the secret says that the lease is this one.
    pub(super) fn check(&self, found: &Found) -> Result<(), StoreError> {
        let is_ours = found.state.lease.as_ref().is_some_and(|lease| lease.token == self.token);
        if is_ours { Ok(()) } else { Err(StoreError::NoLease) }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        if !self.is_armed {
            return;
        }
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

fn now() -> u64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}
