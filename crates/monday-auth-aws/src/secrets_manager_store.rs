//! Token records in AWS Secrets Manager, one secret for each key.
//!
//! Must not know: refreshing.

mod held;
mod kept;
mod record;
mod slot;

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_config::BehaviorVersion;
use aws_sdk_secretsmanager::Client;
use monday_auth::{BoxFuture, Expect, Lease, StoreError, TokenKey, TokenRecord, TokenStore};

use crate::fault::Fault;
use crate::secrets_manager::SecretsManager;
use held::Held;
use slot::Slot;

/// A name has up to 512 characters, of which the key takes 33.
const LONGEST_PREFIX: usize = 512 - 33;

/// Keeps each key's record in a secret of its own, `<prefix>/<name of the key>`, beside the lease on it.
///
/// A save adds a version (`PutSecretValue`) and moves the label `AWSCURRENT` to it from exactly the version
/// that was read (`UpdateSecretVersionStage`), which AWS refuses if the label is elsewhere by now. Taking the
/// lease and giving it back are such swaps of the same secret, so a save also fails when the lease was taken
/// over, and having the lease proves that a record can be written. A lease ends by the clock of AWS (the
/// `Date` of its answers), not by this machine's; a holder that died is succeeded up to 2 seconds late.
///
/// **Cost.** A refresh makes 3 versions (lease, save, give back) with about 12 calls. AWS asks for no more
/// than one version every 10 minutes in the long run, as it keeps all versions of the last 24 hours and at
/// most about 100 others: this suits tokens that live for an hour in a few processes. With many processes or
/// shorter lives use Redis or PostgreSQL.
///
/// `StoreConformance` leaves dozens of secrets behind, each with a price for the
/// month: delete what is under its prefix.
///
/// **Giving a lease back** is a task of the runtime. A program that exits at once leaves its last lease to
/// run out, and the next one waits for that.
///
/// **Deleting** a record leaves the secret with a version that holds none, because a secret that is deleted
/// blocks its name for a while. Versions cannot be deleted one by one: the older ones hold tokens that were
/// spent or revoked, and what a login put aside as unreadable loses the label `MONDAY_UNREADABLE-…` that kept
/// it, so that AWS does away with all of them in its time. [`purge`](Self::purge) does away with the secret
/// and all its versions.
///
/// **Permissions**, on `arn:aws:secretsmanager:<region>:<account>:secret:<prefix>/*`:
/// `secretsmanager:GetSecretValue`, `CreateSecret`, `PutSecretValue`, `UpdateSecretVersionStage`,
/// `DescribeSecret` for deleting (log-outs) only, and `DeleteSecret` for `purge` only; with a key of your own
/// `kms:Decrypt` and `kms:GenerateDataKey` on it.
///
/// **Endpoint.** Nothing is sent where others could listen: with an endpoint that is neither `https` nor
/// a loopback address such as `127.0.0.1`, which `AWS_ENDPOINT_URL` or a profile may ask for, every call is [`StoreError::Exposed`].
///
/// Every call ends after 5 seconds with its up to 3 tries. What the AWS SDK itself logs during a call is
/// dropped: with `LOG_SIGNABLE_BODY` or `LOG_SENSITIVE_BODIES` set it would log the tokens.
#[derive(Clone)]
pub struct SecretsManagerStore {
    manager: SecretsManager,
    prefix: Arc<str>,
    kms_key: Option<Arc<str>>,
}

/// A prefix that is no start of a secret's name: 1 to 479 of the characters `A-Z a-z 0-9 / _ + = . @ -`,
/// without a `/` at the start or end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "the prefix is not 1 to 479 of the characters A-Z a-z 0-9 / _ + = . @ - without a / at the start or end"
)]
pub struct InvalidPrefix;

impl SecretsManagerStore {
    /// A store in secrets whose names start with the prefix. The client's timeouts and tries are replaced by
    /// our own, nothing else. Fails with [`InvalidPrefix`] if no secret's name can start so; AWS is not
    /// asked.
    pub fn new(client: &Client, prefix: impl Into<Arc<str>>) -> Result<Self, InvalidPrefix> {
        let prefix = prefix.into();
        let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"/_+=.@-".contains(&byte);
        let is_name = (1..=LONGEST_PREFIX).contains(&prefix.len()) && prefix.bytes().all(allowed);
        if !is_name || prefix.starts_with('/') || prefix.ends_with('/') {
            return Err(InvalidPrefix);
        }
        Ok(Self { manager: SecretsManager::new(client), prefix, kms_key: None })
    }

    /// A store with region and credentials as the AWS command line finds them. Fails as [`new`](Self::new)
    /// does; credentials that are missing show in the first call, as [`StoreError::Denied`].
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

    /// Deletes a key's secret with all its versions; it cannot be restored. AWS may take a while, in which
    /// the store is [`StoreError::Unavailable`] for this key. For users who are gone for good. A secret that
    /// is not there is no error.
    ///
    /// Fails with [`StoreError::Denied`] without `secretsmanager:DeleteSecret`, with [`StoreError::Exposed`]
    /// if the endpoint is no private one, and with [`StoreError::Unavailable`] if AWS cannot be reached; then
    /// call it again.
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
}

impl TokenStore for SecretsManagerStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(async move {
            let found = record::load(&self.slot(key), key).await?;
            Ok(found.map(Arc::new))
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
            // Taking the lease wrote to this secret with the calls of a save. What is left is whether it
            // still is ours.
            let found = held.slot.read().await?.ok_or(StoreError::NoLease)?;
            held.ours(&found).map(drop)
        })
    }

    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { record::set_aside(Held::of(key, lease)?).await })
    }
}

impl fmt::Debug for SecretsManagerStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretsManagerStore").field("prefix", &self.prefix).finish_non_exhaustive()
    }
}
