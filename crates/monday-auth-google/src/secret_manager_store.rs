//! Token records in Google Secret Manager, one secret for each key.
//!
//! Must not know: refreshing.

mod held;
mod seen;
mod slot;
mod state;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use google_cloud_secretmanager_v1::client::SecretManagerService;
use google_cloud_secretmanager_v1::model::Replication;
use google_cloud_secretmanager_v1::model::replication::Automatic;
use monday_auth::{BoxFuture, Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord, TokenStore};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::secret_manager::SecretManager;
use held::Held;
use seen::Seen;
use slot::{Found, Slot};
use state::{Holder, State};

/// An id has up to 255 characters, of which the key takes 33.
const LONGEST_PREFIX: usize = 255 - 33;

/// A load or delete that finds the secret changed under its hands is tried so often.
const TRIES: u32 = 5;

/// What a refresh does after the refresh token is spent.
const NEEDED: &[&str] = &[
    "secretmanager.secrets.get",
    "secretmanager.secrets.update",
    "secretmanager.versions.access",
    "secretmanager.versions.add",
];

/// Keeps each key's record in a secret of its own, `<prefix>-<name of the key>`, whose annotations say which version
/// counts and who has the lease.
///
/// A save adds a version with its CRC-32C and then swaps the annotations under the `ETag` that was read, which Google
/// refuses if the secret was changed since. Taking the lease and giving it back are such swaps too, so a save also fails
/// when the lease was taken over. A reading checks the CRC-32C of the bytes, and refuses bytes without one. Before a
/// refresh token is spent, Google is asked whether this identity may save.
///
/// **Clocks.** Google's SDK does not tell the service's time, so a lease ends by the machines' own clocks. A lease whose
/// holder died is taken over 10 seconds after its time: the clocks of all machines must agree to within that.
///
/// **Consistency.** Google promises that a version that was added is found by its number at once, and of all else that it
/// is found in the end. A swap is safe in any case. A reading that shows an older state than this store has seen is
/// repeated for a second, and is [`StoreError::Unavailable`] after that.
///
/// **Cost.** The current version and the one before it are kept, older ones are destroyed, and with the record both. A
/// refresh makes one version with about 5 writes and 10 readings; Google allows 600 of each a minute and project, and has
/// a price for each active version and month.
///
/// **Permissions**: `secretmanager.secrets.get` and `.update`, `secretmanager.versions.access`, `.add` and `.destroy` on the
/// secrets, and `secretmanager.secrets.create` on the project. `roles/secretmanager.admin` has them, a role of your own
/// has no more.
///
/// Every call ends after 5 seconds with its up to 3 tries. What the Google SDK itself logs during a call is dropped: with
/// tracing on it would log the tokens.
#[derive(Clone)]
pub struct SecretManagerStore {
    manager: SecretManager,
    seen: Seen,
    parent: Arc<str>,
    prefix: Arc<str>,
    replication: Option<Replication>,
}

/// A parent that is neither `projects/P` nor `projects/P/locations/L`, or a prefix that is not 1 to 222 of the characters
/// `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the parent is not projects/P or projects/P/locations/L, or the prefix is no start of a secret's id")]
pub struct InvalidPlace;

impl SecretManagerStore {
    /// A store in secrets of this parent, `projects/P` or `projects/P/locations/L`, whose ids start with the prefix.
    /// The latter needs a client with that location's endpoint.
    pub fn new(
        client: &SecretManagerService,
        parent: impl Into<Arc<str>>,
        prefix: impl Into<Arc<str>>,
    ) -> Result<Self, InvalidPlace> {
        let (parent, prefix) = (parent.into(), prefix.into());
        let name = |byte: u8| byte.is_ascii_alphanumeric() || b"_-".contains(&byte);
        let is_part =
            |part: &str| !part.is_empty() && part.bytes().all(|byte| name(byte) || b":.".contains(&byte));
        let parts: Vec<_> = parent.split('/').collect();
        let replication = match *parts.as_slice() {
            ["projects", project] if is_part(project) => {
                Some(Replication::new().set_automatic(Automatic::new()))
            }
            ["projects", project, "locations", location] if is_part(project) && is_part(location) => None,
            _ => return Err(InvalidPlace),
        };
        if !(1..=LONGEST_PREFIX).contains(&prefix.len()) || !prefix.bytes().all(name) {
            return Err(InvalidPlace);
        }
        Ok(Self { manager: SecretManager::new(client), seen: Seen::default(), parent, prefix, replication })
    }

    /// Where new secrets are kept, and with which keys. Default: wherever Google likes, with Google's keys. Secrets of a
    /// location have none.
    #[must_use]
    pub fn replication(mut self, replication: Replication) -> Self {
        self.replication = Some(replication);
        self
    }

    /// The name of the secret that a key's record is in.
    #[must_use]
    pub fn secret_name(&self, key: &TokenKey) -> String {
        format!("{}/secrets/{}-{}", self.parent, self.prefix, key.name())
    }

    fn slot(&self, key: &TokenKey) -> Slot {
        let (manager, seen, parent) = (self.manager.clone(), self.seen.clone(), Arc::clone(&self.parent));
        let (id, name) = (format!("{}-{}", self.prefix, key.name()), self.secret_name(key).into());
        Slot { manager, seen, parent, id, name }
    }

    async fn save_as(
        &self,
        key: &TokenKey,
        record: &TokenRecord,
        expect: Expect,
        lease: &Lease,
    ) -> Result<(), StoreError> {
        let held = held(key, lease)?;
        let (slot, text) = (&held.slot, RecordText::write(key, record)?);
        let Some((found, old)) = record_in(slot, key).await? else {
            // Someone deleted the secret, and the lease with it.
            return Err(if expect == Expect::Absent { StoreError::NoLease } else { StoreError::Conflict });
        };
        if !expect.is_met(old.as_ref()) {
            return Err(StoreError::Conflict);
        }
        ours(&found, held)?;
        let number = slot.add(&text).await?;
        let (current, previous) = (Some(number), found.state.current);
        let swapped = slot.swap(&found, &State { current, previous, ..found.state.next() }).await;
        let needless = match swapped {
            Ok(()) => found.state.previous,
            Err(StoreError::Conflict) => Some(number),
            // It may have been swapped.
            Err(_) => None,
        };
        if let Some(needless) = needless {
            // A version that stays costs a little and holds a token that is spent or never was used.
            let slot = slot.clone();
            held.runtime.spawn(async move { slot.destroy(needless).await });
        }
        swapped
    }

    async fn empty(&self, slot: &Slot) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let Some(found) = slot.read().await? else {
                return Ok(());
            };
            let State { current, previous, .. } = found.state;
            if current.or(previous).is_none() {
                return Ok(());
            }
            match slot.swap(&found, &State { current: None, previous: None, ..found.state.next() }).await {
                Err(StoreError::Conflict) => {}
                Ok(()) => {
                    let mut destroyed = Ok(());
                    for number in current.into_iter().chain(previous) {
                        destroyed = destroyed.and(slot.destroy(number).await);
                    }
                    return destroyed;
                }
                Err(error) => return Err(error),
            }
        }
        Err(StoreError::Conflict)
    }

    async fn put_aside(&self, slot: &Slot) -> Result<(), StoreError> {
        let found = slot.read().await?.ok_or(StoreError::NoLease)?;
        let State { current, .. } = found.state;
        let unreadable = current.or(found.state.unreadable);
        slot.swap(&found, &State { current: None, unreadable, ..found.state.next() }).await
    }

    async fn take(&self, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
        let runtime = Handle::try_current().map_err(|_| StoreError::Unavailable)?;
        let begun = Instant::now();
        let slot = self.slot(key);
        let found = slot.read().await?;
        if found.as_ref().is_some_and(|found| found.state.is_leased(now())) {
            return Ok(None);
        }
        let token = Uuid::new_v4().simple().to_string();
        let lease = Some(Holder { token: token.clone(), until: now().saturating_add(millis(ttl)) });
        let done = if let Some(found) = &found {
            slot.swap(found, &State { lease, ..found.state.next() }).await
        } else {
            let state = State { lease, ..State::default().next() };
            slot.create(self.replication.clone(), &state).await
        };
        match done {
            // It has lasted since before the service was asked.
            Ok(()) => {
                Ok(Some(Lease::new(key, ttl.saturating_sub(begun.elapsed()), Held { slot, token, runtime })))
            }
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }
}

fn now() -> u64 {
    millis(SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default())
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(u64::MAX)
}

/// The guard of a lease of this store that has not ended.
fn held<'a>(key: &TokenKey, lease: &'a Lease) -> Result<&'a Held, StoreError> {
    let held = lease.guard::<Held>().filter(|_| lease.covers(key));
    held.ok_or(StoreError::NoLease)
}

/// Whether the secret says that the lease is this one.
fn ours(found: &Found, held: &Held) -> Result<(), StoreError> {
    let is_ours = found.state.lease.as_ref().is_some_and(|lease| lease.token == held.token);
    if is_ours { Ok(()) } else { Err(StoreError::NoLease) }
}

/// What the secret says, and the record that it says counts.
async fn record_in(slot: &Slot, key: &TokenKey) -> Result<Option<(Found, Option<TokenRecord>)>, StoreError> {
    for _ in 0..TRIES {
        let Some(found) = slot.read().await? else {
            return Ok(None);
        };
        let Some(number) = found.state.current else {
            return Ok(Some((found, None)));
        };
        // Gone means that there have been two saves since.
        if let Some(payload) = slot.bytes(number).await? {
            return RecordText::read(key, payload.bytes()).map(|record| Some((found, Some(record))));
        }
    }
    Err(StoreError::Corrupt("its version is disabled or destroyed"))
}

impl TokenStore for SecretManagerStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(async move {
            let found = record_in(&self.slot(key), key).await?;
            Ok(found.and_then(|(_, record)| record).map(Arc::new))
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.save_as(key, &record, expect, lease).await })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.empty(&self.slot(key)).await })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(self.take(key, ttl))
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let held = held(key, lease)?;
            let found = held.slot.read().await?.ok_or(StoreError::NoLease)?;
            ours(&found, held)?;
            // Taking the lease needed one permission, saving needs more.
            if held.slot.may(NEEDED).await? { Ok(()) } else { Err(StoreError::Denied) }
        })
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            held(key, lease)?;
            self.put_aside(&self.slot(key)).await
        })
    }
}

impl fmt::Debug for SecretManagerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SecretManagerStore");
        shown.field("parent", &self.parent).field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
