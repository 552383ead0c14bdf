//! The calls of Secret Manager that are used, each with an end and without a trace.
//!
//! Must not know: what the secrets are for.

use std::fmt;
use std::time::Duration;

use google_cloud_gax::exponential_backoff::ExponentialBackoffBuilder;
use google_cloud_gax::options::RequestOptionsBuilder;
use google_cloud_gax::retry_policy::{Aip194Strict, RetryPolicyExt as _};
use google_cloud_secretmanager_v1::client::SecretManagerService;
use google_cloud_secretmanager_v1::model::{Replication, Secret};
use google_cloud_wkt::FieldMask;
use tokio::time::timeout;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;

use crate::fault::Fault;
use crate::payload::Payload;

/// A call with all its tries. A lease lasts 30 s, of which the request that spends the refresh token needs
/// 12.
const CALL: Duration = Duration::from_secs(5);
const TRY: Duration = Duration::from_secs(3);

/// Only what may be sent twice is, and only after answers that ask for it: 503, and no answer. Never after
/// 429.
const TRIES: u32 = 3;
const PAUSE: Duration = Duration::from_millis(200);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// The caller's client with our timeouts and tries. Its `Debug` is our own: the SDK's shows payloads.
#[derive(Clone)]
pub(crate) struct SecretManager(SecretManagerService);

impl SecretManager {
    pub(crate) fn new(client: &SecretManagerService) -> Self {
        Self(client.clone())
    }

    /// The bytes of a version, checked.
    pub(crate) async fn access(&self, version: &str) -> Result<Option<Payload>, Fault> {
        let call = bounded(self.0.access_secret_version().set_name(version));
        let found = absent_is_none(quiet(call.send()).await)?;
        found.map(|found| Payload::checked(found.payload)).transpose()
    }

    /// A secret without its versions.
    pub(crate) async fn get(&self, name: &str) -> Result<Option<Secret>, Fault> {
        absent_is_none(quiet(bounded(self.0.get_secret().set_name(name)).send()).await)
    }

    /// Makes a secret without versions.
    pub(crate) async fn create(
        &self,
        parent: &str,
        id: &str,
        replication: Option<Replication>,
        annotations: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Fault> {
        let secret = Secret::new().set_annotations(annotations).set_or_clear_replication(replication);
        let call = self.0.create_secret().set_parent(parent).set_secret_id(id).set_secret(secret);
        quiet(bounded(call).send()).await.map(drop)
    }

    /// Replaces the annotations of a secret, if its `ETag` is still this one.
    pub(crate) async fn annotate(
        &self,
        name: &str,
        etag: &str,
        annotations: impl IntoIterator<Item = (String, String)>,
    ) -> Result<(), Fault> {
        let secret = Secret::new().set_name(name).set_etag(etag).set_annotations(annotations);
        let only = FieldMask::default().set_paths(["annotations"]);
        let call = self.0.update_secret().set_secret(secret).set_update_mask(only);
        quiet(bounded(call).send()).await.map(drop)
    }

    /// Deletes a secret with all its versions. It cannot be restored.
    pub(crate) async fn delete(&self, name: &str) -> Result<(), Fault> {
        quiet(bounded(self.0.delete_secret().set_name(name)).send()).await
    }

    /// Adds a version; its number.
    pub(crate) async fn add(&self, name: &str, bytes: &[u8]) -> Result<u64, Fault> {
        let call = self.0.add_secret_version().set_parent(name).set_payload(Payload::sent(bytes));
        let added = quiet(bounded(call).send()).await?;
        let number = added.name.rsplit('/').next().and_then(|number| number.parse().ok());
        number.ok_or(Fault::Unavailable)
    }

    /// Destroys the bytes of a version. Twice is as good as once.
    pub(crate) async fn destroy(&self, version: &str) -> Result<(), Fault> {
        match quiet(bounded(self.0.destroy_secret_version().set_name(version)).send()).await {
            Ok(_) | Err(Fault::NotFound | Fault::State) => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Whether all of these permissions on the secret are there. Asking needs none.
    pub(crate) async fn may(&self, name: &str, permissions: &[&str]) -> Result<bool, Fault> {
        let wanted = permissions.iter().map(|permission| (*permission).to_owned());
        let call = self.0.test_iam_permissions().set_resource(name).set_permissions(wanted);
        let has = quiet(bounded(call).send()).await?.permissions;
        Ok(permissions.iter().all(|permission| has.iter().any(|has| has == permission)))
    }
}

fn absent_is_none<T>(found: Result<T, Fault>) -> Result<Option<T>, Fault> {
    match found {
        Ok(found) => Ok(Some(found)),
        Err(Fault::NotFound) => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn bounded<B: RequestOptionsBuilder>(call: B) -> B {
    let pauses = ExponentialBackoffBuilder::new().with_initial_delay(PAUSE).with_maximum_delay(LONGEST_PAUSE);
    call.with_attempt_timeout(TRY)
        .with_retry_policy(Aip194Strict.with_attempt_limit(TRIES).with_time_limit(CALL))
        .with_backoff_policy(pauses.clamp())
}

/// Ends the call in time, also while it fetches its access token, and lets nothing of the SDK into the logs:
/// with tracing on, as by `GOOGLE_CLOUD_RUST_LOGGING=true`, it prints payloads.
async fn quiet<T>(call: impl Future<Output = Result<T, google_cloud_gax::error::Error>>) -> Result<T, Fault> {
    let answer = timeout(CALL, call).with_subscriber(NoSubscriber::default()).await;
    Ok(answer.map_err(|_| Fault::Unavailable)??)
}

impl fmt::Debug for SecretManager {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretManager").finish_non_exhaustive()
    }
}
