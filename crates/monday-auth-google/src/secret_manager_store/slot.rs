//! One secret of the store: what it says now, and the swap to something else.
//!
//! Must not know: records, who is to have the lease.

use std::sync::Arc;
use std::time::Duration;

use google_cloud_secretmanager_v1::model::Replication;
use monday_auth::StoreError;
use tokio::time::sleep;

use super::seen::Seen;
use super::state::State;
use crate::fault::Fault;
use crate::payload::Payload;
use crate::secret_manager::SecretManager;

/// An older state than the last is read again so often, at this distance.
const STALE_TRIES: u32 = 5;
const STALE_PAUSE: Duration = Duration::from_millis(200);

/// The secret of one key.
#[derive(Debug, Clone)]
pub(super) struct Slot {
    pub(super) manager: SecretManager,
    pub(super) seen: Seen,
    pub(super) parent: Arc<str>,
    pub(super) id: String,
    pub(super) name: Arc<str>,
    pub(super) replication: Option<Replication>,
}

/// What the secret said when it was read.
#[derive(Debug)]
pub(super) struct Found {
    etag: String,
    pub(super) state: State,
}

impl Slot {
    pub(super) async fn read(&self) -> Result<Option<Found>, StoreError> {
        for _ in 0..STALE_TRIES {
            let Some(secret) = self.manager.get(&self.name).await? else {
                if self.seen.is_news(&self.name, 0) {
                    return Ok(None);
                }
                sleep(STALE_PAUSE).await;
                continue;
            };
            let state = State::read(secret.annotations)?;
            if self.seen.is_news(&self.name, state.swaps) {
                return Ok(Some(Found { etag: secret.etag, state }));
            }
            sleep(STALE_PAUSE).await;
        }
        // Perhaps it was deleted and made anew by hand: the next call takes it as it is.
        self.seen.forget(&self.name);
        Err(StoreError::Unavailable)
    }

    /// Makes the secret. Whoever is second finds a conflict.
    pub(super) async fn create(&self, state: &State) -> Result<(), StoreError> {
        let (parent, replication) = (&self.parent, self.replication.clone());
        let made = self.manager.create(parent, &self.id, replication, state.write()).await;
        self.settle(made, state).await
    }

    /// Puts this in the place of what was found, if that is still there, else there is a conflict.
    pub(super) async fn swap(&self, found: &Found, state: &State) -> Result<(), StoreError> {
        let done = self.manager.annotate(&self.name, &found.etag, state.write()).await;
        self.settle(done, state).await
    }

    /// After a write that failed: what is there tells whether it was done all the same, or someone else was
    /// first.
    async fn settle(&self, done: Result<(), Fault>, state: &State) -> Result<(), StoreError> {
        match done {
            Ok(()) => {}
            Err(fault) if fault.is_open() => {
                let there = self.manager.get(&self.name).await?;
                let there = there.map(|secret| State::read(secret.annotations)).transpose()?;
                if there.is_none_or(|there| there.swap != state.swap) {
                    let is_unknown = fault == Fault::Unavailable;
                    return Err(if is_unknown { StoreError::Unavailable } else { StoreError::Conflict });
                }
            }
            Err(fault) => return Err(fault.into()),
        }
        self.seen.is_news(&self.name, state.swaps);
        Ok(())
    }

    /// The bytes of a version; `None` if it is gone or disabled.
    pub(super) async fn bytes(&self, number: u64) -> Result<Option<Payload>, StoreError> {
        match self.manager.access(&self.version(number)).await {
            Err(Fault::State) => Ok(None),
            found => Ok(found?),
        }
    }

    pub(super) async fn add(&self, bytes: &[u8]) -> Result<u64, StoreError> {
        Ok(self.manager.add(&self.name, bytes).await?)
    }

    pub(super) async fn destroy(&self, number: u64) -> Result<(), StoreError> {
        Ok(self.manager.destroy(&self.version(number)).await?)
    }

    pub(super) async fn may(&self, permissions: &[&str]) -> Result<bool, StoreError> {
        Ok(self.manager.may(&self.name, permissions).await?)
    }

    fn version(&self, number: u64) -> String {
        format!("{}/versions/{number}", self.name)
    }
}
