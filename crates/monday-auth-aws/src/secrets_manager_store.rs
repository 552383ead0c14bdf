//! Token records in AWS Secrets Manager, one secret for each key.
//!
//! Must not know: refreshing.

mod held;
mod kept;
mod slot;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use aws_config::BehaviorVersion;
use aws_sdk_secretsmanager::Client;
use monday_auth::{BoxFuture, Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord, TokenStore};
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::fault::Fault;
use crate::secrets_manager::SecretsManager;
use crate::service_clock::millis;
use held::Held;
use kept::{Holder, Kept};
use slot::{Found, Slot};

/// A name has up to 512 characters, of which the key takes 33.
const LONGEST_PREFIX: usize = 512 - 33;

/// The service's clock is cut to whole seconds.
const SECOND: u64 = 1000;

/// A delete that finds the secret changed under its hands is tried so often.
const DELETE_TRIES: u32 = 5;

/// Keeps each key's record in a secret of its own, `<prefix>/<name of the key>`, beside the lease on it.
///
/// A save adds a version (`PutSecretValue`) and moves the label `AWSCURRENT` to it from exactly the version that was
/// read (`UpdateSecretVersionStage`), which AWS refuses if the label is elsewhere by now. Taking the lease and giving
/// it back are such swaps of the same secret, so a save also fails when the lease was taken over, and having the lease
/// proves that a record can be written. A lease ends by the clock of AWS (the `Date` of its answers), not by this
/// machine's; a holder that died is succeeded up to 2 seconds late.
///
/// **Cost.** A refresh makes 3 versions (lease, save, give back) with about 12 calls. AWS asks for no more than one
/// version every 10 minutes in the long run, as it keeps all versions of the last 24 hours and at most about 100 others:
/// this suits tokens that live for an hour in a few processes. With many processes or shorter lives use Redis or
/// PostgreSQL.
///
/// **Deleting** a record leaves the secret with a version that holds none, because a secret that is deleted blocks its
/// name for a while. Older versions, which nobody can delete by themselves, hold tokens that were spent or revoked.
/// [`purge`](Self::purge) does away with the secret and all its versions.
///
/// **Permissions**, on `arn:aws:secretsmanager:<region>:<account>:secret:<prefix>/*`: `secretsmanager:GetSecretValue`,
/// `CreateSecret`, `PutSecretValue`, `UpdateSecretVersionStage`, and `DeleteSecret` for `purge` only; with a key of
/// your own `kms:Decrypt` and `kms:GenerateDataKey` on it.
///
/// Every call ends after 5 seconds with its up to 3 tries. What the AWS SDK itself logs during a call is dropped:
/// with `LOG_SIGNABLE_BODY` or `LOG_SENSITIVE_BODIES` set it would log the tokens.
#[derive(Clone)]
pub struct SecretsManagerStore {
    manager: SecretsManager,
    prefix: Arc<str>,
    kms_key: Option<Arc<str>>,
}

/// A prefix that is no start of a secret's name: 1 to 479 of the characters `A-Z a-z 0-9 / _ + = . @ -`, without a `/`
/// at the start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "the prefix is not 1 to 479 of the characters A-Z a-z 0-9 / _ + = . @ - without a / at the start or end"
)]
pub struct InvalidPrefix;

impl SecretsManagerStore {
    /// A store in secrets whose names start with the prefix. The client's timeouts and tries are replaced by our own,
    /// nothing else.
    pub fn new(client: &Client, prefix: impl Into<Arc<str>>) -> Result<Self, InvalidPrefix> {
        let prefix = prefix.into();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte);
        let is_name = (1..=LONGEST_PREFIX).contains(&prefix.len()) && prefix.bytes().all(allowed);
        if !is_name || prefix.starts_with('/') || prefix.ends_with('/') {
            return Err(InvalidPrefix);
        }
        Ok(Self { manager: SecretsManager::new(client), prefix, kms_key: None })
    }

    /// A store with region and credentials as the AWS command line finds them.
    pub async fn from_env(prefix: impl Into<Arc<str>>) -> Result<Self, InvalidPrefix> {
        let config = aws_config::load_defaults(BehaviorVersion::v2026_01_12()).await;
        Self::new(&Client::new(&config), prefix)
    }

    /// The KMS key that new secrets are encrypted with: its id, ARN or alias. Default: `aws/secretsmanager`.
    #[must_use]
    pub fn kms_key(mut self, key: impl Into<Arc<str>>) -> Self {
        self.kms_key = Some(key.into());
        self
    }

    /// The name of the secret that a key's record is in.
    #[must_use]
    pub fn secret_name(&self, key: &TokenKey) -> String {
        format!("{}/{}", self.prefix, key.name())
    }

    /// Deletes a key's secret with all its versions; it cannot be restored. AWS may take a while, in which the store
    /// is [`StoreError::Unavailable`] for this key. For users who are gone for good.
    pub async fn purge(&self, key: &TokenKey) -> Result<(), StoreError> {
        match self.manager.delete(&self.secret_name(key)).await {
            Ok(()) | Err(Fault::NotFound) => Ok(()),
            Err(fault) => Err(fault.into()),
        }
    }

    fn slot(&self, key: &TokenKey) -> Slot {
        let (manager, kms_key) = (self.manager.clone(), self.kms_key.clone());
        Slot { manager, name: self.secret_name(key).into(), kms_key }
    }

    async fn save_as(
        &self,
        key: &TokenKey,
        record: &TokenRecord,
        expect: Expect,
        lease: &Lease,
    ) -> Result<(), StoreError> {
        let held = held(key, lease)?;
        let text = RecordText::write(key, record)?;
        let text = String::from_utf8(text.to_vec()).map_err(|_| StoreError::Corrupt("it is no text"))?;
        let found = held.slot.read().await?;
        if !expect.is_met(record_in(key, found.as_ref())?.as_ref()) {
            return Err(StoreError::Conflict);
        }
        if let Some(found) = found {
            let holder = ours(&found, held)?.clone();
            held.slot.swap(&found, &Kept::new(Some(text), Some(holder))).await?;
        } else {
            // Purged since the lease was taken, and with it the lease.
            let holder = self.holder(held.token.clone(), lease.remaining());
            held.slot.create(&Kept::new(Some(text), Some(holder))).await?;
        }
        held.has_saved.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Empties the secret. The lease stays with whoever has it.
    async fn empty(&self, slot: &Slot, keep: bool) -> Result<(), StoreError> {
        for _ in 0..DELETE_TRIES {
            let Some(found) = slot.read().await? else {
                return Ok(());
            };
            if found.kept.record.is_none() {
                return Ok(());
            }
            if keep {
                slot.keep_version(&found).await?;
            }
            match slot.swap(&found, &Kept::new(None, found.kept.lease.clone())).await {
                Err(StoreError::Conflict) => {}
                done => return done,
            }
        }
        Err(StoreError::Conflict)
    }

    async fn take(&self, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
        let runtime = Handle::try_current().map_err(|_| StoreError::Unavailable)?;
        let begun = Instant::now();
        let slot = self.slot(key);
        let found = slot.read().await?;
        if found.as_ref().is_some_and(|found| found.kept.holder(self.manager.now()).is_some()) {
            return Ok(None);
        }
        let token = Uuid::new_v4().to_string();
        let holder = Some(self.holder(token.clone(), ttl));
        let done = match &found {
            Some(found) => slot.swap(found, &Kept::new(found.kept.record.clone(), holder)).await,
            None => slot.create(&Kept::new(None, holder)).await,
        };
        match done {
            Ok(()) => {
                let held = Held { slot, token, runtime, has_saved: AtomicBool::new(false) };
                // It has lasted since before the service was asked.
                Ok(Some(Lease::new(key, ttl.saturating_sub(begun.elapsed()), held)))
            }
            Err(StoreError::Conflict) => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn holder(&self, token: String, ttl: Duration) -> Holder {
        // The second makes up for the clock that is behind by up to one.
        Holder { token, until: self.manager.now().saturating_add(millis(ttl)).saturating_add(SECOND) }
    }
}

/// The guard of a lease of this store that has not ended.
fn held<'a>(key: &TokenKey, lease: &'a Lease) -> Result<&'a Held, StoreError> {
    let held = lease.guard::<Held>().filter(|_| lease.covers(key));
    held.ok_or(StoreError::NoLease)
}

/// The lease that the secret holds, if it is this one.
fn ours<'a>(found: &'a Found, held: &Held) -> Result<&'a Holder, StoreError> {
    let holder = found.kept.lease.as_ref().filter(|holder| holder.token == held.token);
    holder.ok_or(StoreError::NoLease)
}

fn record_in(key: &TokenKey, found: Option<&Found>) -> Result<Option<TokenRecord>, StoreError> {
    let text = found.and_then(|found| found.kept.record.as_deref());
    text.map(|text| RecordText::read(key, text.as_bytes())).transpose()
}

impl TokenStore for SecretsManagerStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(async move {
            let found = self.slot(key).read().await?;
            Ok(record_in(key, found.as_ref())?.map(Arc::new))
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
        Box::pin(async move { self.empty(&self.slot(key), false).await })
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
            // Taking the lease wrote to this secret with the calls of a save. What is left is whether it still is ours.
            let found = held.slot.read().await?.ok_or(StoreError::NoLease)?;
            ours(&found, held).map(drop)
        })
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            held(key, lease)?;
            self.empty(&self.slot(key), true).await
        })
    }
}

impl fmt::Debug for SecretsManagerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretsManagerStore").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
