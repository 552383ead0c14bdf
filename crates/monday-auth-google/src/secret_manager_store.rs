//! Token records in Google Secret Manager, one secret for each key.
//!
//! Must not know: refreshing.

mod held;
mod record;
mod seen;
mod slot;
mod state;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use google_cloud_secretmanager_v1::client::SecretManagerService;
use google_cloud_secretmanager_v1::model::Replication;
use google_cloud_secretmanager_v1::model::replication::Automatic;
use monday_auth::{BoxFuture, Expect, Lease, StoreError, TokenKey, TokenRecord, TokenStore};

use crate::fault::Fault;
use crate::secret_manager::SecretManager;
use held::Held;
use seen::Seen;
use slot::Slot;

/// An id has up to 255 characters, of which the key takes 33.
const LONGEST_PREFIX: usize = 255 - 33;

/// What a refresh does after the refresh token is spent.
const NEEDED: &[&str] = &[
    "secretmanager.secrets.get",
    "secretmanager.secrets.update",
    "secretmanager.versions.access",
    "secretmanager.versions.add",
];

/// Keeps each key's record in a secret of its own, `<prefix>-<name of the key>`, whose annotations say which
/// version counts and who has the lease.
///
/// A save adds a version with its CRC-32C and then swaps the annotations under the `ETag` that was read,
/// which Google refuses if the secret was changed since. Taking the lease and giving it back are such swaps
/// too, so a save also fails when the lease was taken over. A reading checks the CRC-32C of the bytes, and
/// refuses bytes without one. Before a refresh token is spent, Google is asked whether this identity may
/// save.
///
/// **Clocks.** Google's SDK does not tell the service's time, so a lease ends by the machines' own clocks. A
/// lease whose holder died is taken over 10 seconds after its time: the clocks of all machines must agree to
/// within that.
///
/// **Consistency.** Google promises that a version that was added is found by its number at once, and of all
/// else that it is found in the end. A swap is safe in any case. A reading that shows an older state than
/// this store has seen is repeated for a second, and is [`StoreError::Unavailable`] after that.
///
/// **Cost.** The current version and the one before it are kept. An older one is destroyed by a task after
/// the save: a program that exits before that leaves it, with tokens that were spent, until
/// [`purge`](Self::purge). A refresh makes one version with about 5 writes and 10 readings; Google allows 600
/// of each a minute and project, and has a price for each active version and month. `StoreConformance` leaves
/// dozens of secrets behind, some with active versions: delete what is under its prefix.
///
/// **Giving a lease back** is a task of the runtime. A program that exits at once leaves its last lease to
/// run out, and the next one waits for that, 10 seconds longer.
///
/// **Deleting** a record destroys its versions and those that logins put aside as unreadable; the secret
/// stays, empty. [`purge`](Self::purge) does away with it.
///
/// **Permissions**: `secretmanager.secrets.get` and `.update`, `secretmanager.versions.access`, `.add` and
/// `.destroy` on the secrets, and `secretmanager.secrets.create` on the project;
/// `secretmanager.secrets.delete` for `purge` only. `roles/secretmanager.admin` has them, a role of your own
/// has no more.
///
/// **Endpoint.** Google's client does not tell where it sends to, so this store cannot refuse a bad place:
/// whoever builds the client with an endpoint of their own makes it `https`, but on this machine. Over `http`
/// tokens are readable on the way.
///
/// Every call ends after 5 seconds with its up to 3 tries. What the Google SDK itself logs during a call is
/// dropped: with tracing on it would log the tokens.
#[derive(Clone)]
pub struct SecretManagerStore {
    manager: SecretManager,
    seen: Seen,
    parent: Arc<str>,
    prefix: Arc<str>,
    replication: Option<Replication>,
}

/// A parent that is neither `projects/P` nor `projects/P/locations/L`, or a prefix that is not 1 to 222 of
/// the characters `A-Z a-z 0-9 _ -`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the parent is not projects/P or projects/P/locations/L, or the prefix is no start of a secret's id")]
pub struct InvalidPlace;

impl SecretManagerStore {
    /// A store in secrets of this parent, `projects/P` or `projects/P/locations/L`, whose ids start with the
    /// prefix. The latter needs a client with that location's endpoint. Fails with [`InvalidPlace`] if the
    /// parent is neither or no secret's id can start so; Google is not asked.
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

    /// Where new secrets are kept, and with which keys. Default: wherever Google likes, with Google's keys.
    /// Secrets of a location have none.
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

    /// Deletes a key's secret with all its versions; it cannot be restored. For users who are gone for good.
    /// A secret that is not there is no error. Other processes, which have seen it, are
    /// [`StoreError::Unavailable`] for this key once, for a second.
    ///
    /// Fails with [`StoreError::Denied`] without `secretmanager.secrets.delete`, and with
    /// [`StoreError::Unavailable`] if Google cannot be reached; then call it again.
    pub async fn purge(&self, key: &TokenKey) -> Result<(), StoreError> {
        let name = self.secret_name(key);
        match self.manager.delete(&name).await {
            Ok(()) | Err(Fault::NotFound) => {
                self.seen.forget(&name);
                Ok(())
            }
            Err(fault) => Err(fault.into()),
        }
    }

    fn slot(&self, key: &TokenKey) -> Slot {
        let (manager, seen, parent) = (self.manager.clone(), self.seen.clone(), Arc::clone(&self.parent));
        let (id, name) = (format!("{}-{}", self.prefix, key.name()), self.secret_name(key).into());
        Slot { manager, seen, parent, id, name, replication: self.replication.clone() }
    }
}

impl TokenStore for SecretManagerStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(async move {
            let found = record::load(&self.slot(key), key).await?;
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
        Box::pin(async move { record::save(key, &record, expect, lease).await })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { record::delete(&self.slot(key)).await })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async move {
            let begun = Instant::now();
            let held = Held::take(self.slot(key), ttl).await?;
            // It has lasted since before the service was asked.
            Ok(held.map(|held| Lease::new(key, ttl.saturating_sub(begun.elapsed()), held)))
        })
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let held = Held::of(key, lease)?;
            let found = held.slot.read().await?.ok_or(StoreError::NoLease)?;
            held.check(&found)?;
            // Taking the lease needed one permission, saving needs more.
            if held.slot.may(NEEDED).await? { Ok(()) } else { Err(StoreError::Denied) }
        })
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { record::set_aside(Held::of(key, lease)?).await })
    }
}

impl fmt::Debug for SecretManagerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("SecretManagerStore");
        shown.field("parent", &self.parent).field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
