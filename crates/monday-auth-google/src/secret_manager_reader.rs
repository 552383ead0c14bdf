//! Reads one secret of Google Secret Manager.
//!
//! Must not know: what the secret is for.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use google_cloud_secretmanager_v1::client::SecretManagerService;
use monday_auth::{BoxFuture, Secret, SecretFault, SecretReader, SecretSource};
use tokio::runtime::Handle;
use tokio::time::timeout;

use crate::secret_manager::SecretManager;

/// A reading that takes longer has failed.
const LONGEST: Duration = Duration::from_secs(10);

/// Reads a version of a secret, and checks its CRC-32C, without which it is refused.
///
/// The identity needs `secretmanager.versions.access` on the secret (role
/// `roles/secretmanager.secretAccessor`). Each reading is a task of its own: callers who give up do not stop
/// it. A call ends after 5 seconds with its up to 3 tries, a reading after 10. What the Google SDK itself
/// logs during the call is dropped: with tracing on it would log the secret. Whoever builds the client with
/// an endpoint of their own makes it `https`, but on this machine: Google's client does not tell where it
/// sends to. Google has a price for each active version and month, and for each 10,000 readings.
#[derive(Clone)]
pub struct SecretManagerReader {
    manager: SecretManager,
    version: Arc<str>,
}

/// A name that is no secret's: `projects/P/secrets/S`, `projects/P/locations/L/secrets/S`, or either with
/// `/versions/V`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error(
    "the name is not projects/P/secrets/S or projects/P/locations/L/secrets/S, with or without /versions/V"
)]
pub struct InvalidSecretName;

impl SecretManagerReader {
    /// A reader of the secret with this name, such as `projects/my-project/secrets/monday`: of its version
    /// `latest`, which is the newest one whether or not it is enabled, unless the name ends with another
    /// number or alias. A secret of a location needs a client with that location's endpoint. Fails with
    /// [`InvalidSecretName`] if the name is no secret's; Google is not asked.
    pub fn new(client: &SecretManagerService, name: &str) -> Result<Self, InvalidSecretName> {
        let version = version_name(name).ok_or(InvalidSecretName)?;
        Ok(Self { manager: SecretManager::new(client), version: version.into() })
    }

    /// The source of the token that is the secret, or with [`SecretSource::field`] in it.
    #[must_use]
    pub fn into_source(self) -> SecretSource {
        SecretSource::new(self)
    }
}

fn version_name(name: &str) -> Option<String> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.:".contains(&byte);
    let parts: Vec<_> = name.split('/').collect();
    if parts.iter().any(|name| name.is_empty() || *name == "." || *name == ".." || !name.bytes().all(part)) {
        return None;
    }
    match *parts.as_slice() {
        ["projects", _, "secrets", _] | ["projects", _, "locations", _, "secrets", _] => {
            Some(format!("{name}/versions/latest"))
        }
        ["projects", _, "secrets", _, "versions", _]
        | ["projects", _, "locations", _, "secrets", _, "versions", _] => Some(name.to_owned()),
        _ => None,
    }
}

impl fmt::Debug for SecretManagerReader {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SecretManagerReader").field("version", &self.version).finish_non_exhaustive()
    }
}

impl SecretReader for SecretManagerReader {
    fn name(&self) -> &'static str {
        "Google Secret Manager"
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        let this = self.clone();
        Box::pin(async move {
            let reading = async move {
                let Ok(found) = timeout(LONGEST, this.manager.access(&this.version)).await else {
                    return Err(SecretFault::Unavailable);
                };
                let text = found?.map(|payload| payload.into_text().ok_or(SecretFault::NotText));
                text.map(|text| text.map(Secret::new)).transpose()
            };
            let runtime = Handle::try_current().map_err(|_| SecretFault::Unavailable)?;
            runtime.spawn(reading).await.unwrap_or(Err(SecretFault::Unavailable))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_a_secrets_or_a_versions() {
        let latest = Some("projects/p/secrets/s/versions/latest".to_owned());
        assert_eq!(version_name("projects/p/secrets/s"), latest);
        for whole in ["projects/p/secrets/s/versions/3", "projects/p/locations/l/secrets/s/versions/live"] {
            assert_eq!(version_name(whole).as_deref(), Some(whole));
        }
        for wrong in
            ["", "s", "projects//secrets/s", "projects/p/secrets/..", "projects/p/secrets/s?x", "p/p/s/s"]
        {
            assert_eq!(version_name(wrong), None, "{wrong}");
        }
    }
}
