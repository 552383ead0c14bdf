//! The calls of Secrets Manager that are used, each with an end and without a trace.
//!
//! Must not know: what the secrets are for.

use std::time::Duration;

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::http::HttpResponse;
use aws_sdk_secretsmanager::config::retry::RetryConfig;
use aws_sdk_secretsmanager::config::timeout::TimeoutConfig;
use aws_sdk_secretsmanager::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use tracing::instrument::WithSubscriber as _;
use tracing::subscriber::NoSubscriber;
use zeroize::Zeroizing;

use crate::departure::Departure;
use crate::fault::Fault;
use crate::service_clock::ServiceClock;

/// The label of the version that counts.
pub(crate) const CURRENT: &str = "AWSCURRENT";

/// A call with all its tries. A lease lasts 30 s, of which the request that spends the refresh token needs
/// 12.
const CALL: Duration = Duration::from_secs(5);
const TRY: Duration = Duration::from_secs(2);
const CONNECT: Duration = Duration::from_secs(2);
const TRIES: u32 = 3;

/// The caller's client with our timeouts and tries.
#[derive(Debug, Clone)]
pub(crate) struct SecretsManager {
    client: Client,
    clock: ServiceClock,
}

impl SecretsManager {
    pub(crate) fn new(client: &Client) -> Self {
        let clock = ServiceClock::default();
        let timeouts = TimeoutConfig::builder()
            .connect_timeout(CONNECT)
            .read_timeout(TRY)
            .operation_attempt_timeout(TRY)
            .operation_timeout(CALL)
            .build();
        let config = client.config().to_builder();
        let config = config
            .timeout_config(timeouts)
            .retry_config(RetryConfig::standard().with_max_attempts(TRIES))
            .interceptor(clock.clone());
        Self { client: Client::from_conf(config.build()), clock }
    }

    /// Milliseconds from 1970, by the service's clock.
    pub(crate) fn now(&self) -> u64 {
        self.clock.now()
    }

    /// The version labelled `AWSCURRENT`; `None` if there is no such secret.
    pub(crate) async fn current(&self, secret_id: &str) -> Result<Option<GetSecretValueOutput>, Fault> {
        let call = self.client.get_secret_value().secret_id(secret_id).version_stage(CURRENT);
        match quiet(|departure| call.customize().interceptor(departure).send()).await {
            Ok(found) => Ok(Some(found)),
            Err(Fault::NotFound) => Ok(None),
            Err(fault) => Err(fault),
        }
    }

    /// Makes a secret whose first version has this id.
    pub(crate) async fn create(
        &self,
        name: &str,
        kms_key: Option<&str>,
        version: &str,
        text: &Zeroizing<String>,
    ) -> Result<(), Fault> {
        let call = self.client.create_secret().name(name).set_kms_key_id(kms_key.map(str::to_owned));
        let call = call.client_request_token(version).secret_string(text.as_str());
        quiet(|departure| call.customize().interceptor(departure).send()).await.map(drop)
    }

    /// Adds a version that does not count yet.
    pub(crate) async fn put(
        &self,
        secret_id: &str,
        label: &str,
        version: &str,
        text: &Zeroizing<String>,
    ) -> Result<(), Fault> {
        let call = self.client.put_secret_value().secret_id(secret_id).version_stages(label);
        let call = call.client_request_token(version).secret_string(text.as_str());
        quiet(|departure| call.customize().interceptor(departure).send()).await.map(drop)
    }

    /// Moves a label to a version, from the version it must be at; to none, so that none has it.
    pub(crate) async fn move_label(
        &self,
        secret_id: &str,
        label: &str,
        from: Option<&str>,
        to: Option<&str>,
    ) -> Result<(), Fault> {
        let call = self.client.update_secret_version_stage().secret_id(secret_id).version_stage(label);
        let call = call.set_move_to_version_id(to.map(str::to_owned));
        let call = call.set_remove_from_version_id(from.map(str::to_owned));
        quiet(|departure| call.customize().interceptor(departure).send()).await.map(drop)
    }

    /// All labels, each with the version it is at.
    pub(crate) async fn labels(&self, secret_id: &str) -> Result<Vec<(String, String)>, Fault> {
        let call = self.client.describe_secret().secret_id(secret_id);
        let found = match quiet(|departure| call.customize().interceptor(departure).send()).await {
            Err(Fault::NotFound) => return Ok(Vec::new()),
            found => found?.version_ids_to_stages.unwrap_or_default(),
        };
        let pairs = |(version, labels): (String, Vec<String>)| {
            labels.into_iter().map(move |label| (label, version.clone()))
        };
        Ok(found.into_iter().flat_map(pairs).collect())
    }

    /// Deletes a secret with all its versions. It cannot be restored.
    pub(crate) async fn delete(&self, secret_id: &str) -> Result<(), Fault> {
        let call = self.client.delete_secret().secret_id(secret_id).force_delete_without_recovery(true);
        quiet(|departure| call.customize().interceptor(departure).send()).await.map(drop)
    }
}

/// Makes a call that goes only where nobody can listen, and lets nothing of the SDK into the logs: with
/// `LOG_SIGNABLE_BODY` or `LOG_SENSITIVE_BODIES` in the environment it prints the secrets.
async fn quiet<T, E, F>(call: impl FnOnce(Departure) -> F) -> Result<T, Fault>
where
    E: ProvideErrorMetadata,
    F: Future<Output = Result<T, SdkError<E, HttpResponse>>>,
{
    let departure = Departure::default();
    let answer = call(departure.clone()).with_subscriber(NoSubscriber::default()).await;
    let fault = match answer {
        Ok(found) => return Ok(found),
        Err(error) => Fault::of(&error, departure.has_left()),
    };
    if fault == Fault::Exposed {
        tracing::warn!(
            "the endpoint of Secrets Manager is neither https nor a loopback address such as 127.0.0.1: nothing is sent"
        );
    }
    Err(fault)
}
