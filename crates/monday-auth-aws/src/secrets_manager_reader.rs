//! Reads one secret of AWS Secrets Manager.
//!
//! Must not know: what the secret is for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use aws_config::BehaviorVersion;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;
use monday_auth::{BoxFuture, Secret, SecretFault, SecretReader, SecretSource};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::secrets_manager::SecretsManager;

/// A reading that takes longer has failed.
const LONGEST: Duration = Duration::from_secs(10);

/// Reads a secret's current version (`AWSCURRENT`): its text, or its bytes if they are text.
///
/// The identity needs `secretsmanager:GetSecretValue` on the secret, and `kms:Decrypt` on its key if that is
/// not `aws/secretsmanager`. Each reading is a task of its own: callers who give up do not stop it. A call
/// ends after 5 seconds with its up to 3 tries, a reading after 10. What the AWS SDK itself logs during the
/// call is dropped: with `LOG_SENSITIVE_BODIES` set it would log the secret. Nothing is sent to an endpoint
/// that is neither `https` nor a loopback address such as `127.0.0.1`: that is [`SecretFault::Refused`]. Secrets Manager has a price
/// for each secret and month, and for each 10,000 calls.
#[derive(Clone)]
pub struct SecretsManagerReader {
    manager: SecretsManager,
    secret_id: Arc<str>,
}

impl SecretsManagerReader {
    /// A reader of the secret with this name or ARN. A secret of another account needs the ARN. The client's
    /// timeouts and tries are replaced by our own, nothing else.
    #[must_use]
    pub fn new(client: &Client, secret_id: impl Into<Arc<str>>) -> Self {
        Self { manager: SecretsManager::new(client), secret_id: secret_id.into() }
    }

    /// A reader with region and credentials as the AWS command line finds them (environment, profile, web
    /// identity, container, instance). The connection is made by the first reading.
    pub async fn from_env(secret_id: impl Into<Arc<str>>) -> Self {
        let config = aws_config::load_defaults(BehaviorVersion::v2026_01_12()).await;
        Self::new(&Client::new(&config), secret_id)
    }

    /// The source of the token that is the secret, or with [`SecretSource::field`] in it.
    #[must_use]
    pub fn into_source(self) -> SecretSource {
        SecretSource::new(self)
    }
}

impl fmt::Debug for SecretsManagerReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretsManagerReader").field("secret_id", &self.secret_id).finish_non_exhaustive()
    }
}

impl SecretReader for SecretsManagerReader {
    fn name(&self) -> &'static str {
        "AWS Secrets Manager"
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        let this = self.clone();
        Box::pin(async move {
            let reading = async move {
                match timeout(LONGEST, this.manager.current(&this.secret_id)).await {
                    Ok(found) => found?.map(text).transpose(),
                    Err(_) => Err(SecretFault::Unavailable),
                }
            };
            let runtime = Handle::try_current().map_err(|_| SecretFault::Unavailable)?;
            runtime.spawn(reading).await.unwrap_or(Err(SecretFault::Unavailable))
        })
    }
}

fn text(found: GetSecretValueOutput) -> Result<Secret, SecretFault> {
    if let Some(text) = found.secret_string {
        return Ok(Secret::new(text));
    }
    let bytes = found.secret_binary.ok_or(SecretFault::NotText)?.into_inner();
    String::from_utf8(bytes).map(Secret::new).map_err(|_| SecretFault::NotText)
}
