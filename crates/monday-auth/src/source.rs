//! Where tokens come from, each source in a file of its own, and the chain that asks them in order.
//!
//! Must not know: clients, how OAuth tokens are kept fresh.

mod chain;
mod env;
mod kept;
#[cfg(feature = "keyring")]
mod keyring;
#[cfg(feature = "oauth")]
mod oauth;
mod process;
#[cfg(feature = "profile-file")]
mod profile;
mod secret;
mod token_form;
mod trace;

use crate::{AuthError, BoxFuture, Credential, CredentialProvider};

pub use chain::Chain;
pub use env::EnvSource;
#[cfg(feature = "keyring")]
pub use keyring::KeyringSource;
pub use process::ProcessSource;
#[cfg(feature = "profile-file")]
pub use profile::ProfileSource;
pub use secret::{SecretField, SecretReader, SecretSource};
pub use trace::{ChainTrace, SourceOutcome, TraceStep};

/// A place that may or may not have a token. It is a provider of its own: a [`Chain`] only finds out which source has
/// one, and hands over to it.
pub trait CredentialSource: CredentialProvider {
    /// What the source is called in errors and traces, such as `MONDAY_API_TOKEN` or `the profile file`.
    fn name(&self) -> &'static str;

    /// The credential to send now; `None` if nothing is set here, and an error if what is set is broken.
    fn find(&self) -> BoxFuture<'_, Result<Option<Credential>, AuthError>>;
}

/// The value given: there is always one.
impl CredentialSource for Credential {
    fn name(&self) -> &'static str {
        "the value given"
    }

    fn find(&self) -> BoxFuture<'_, Result<Option<Credential>, AuthError>> {
        Box::pin(std::future::ready(Ok(Some(self.clone()))))
    }
}

/// What a provider says whose only source is absent.
fn missing(name: &'static str) -> AuthError {
    AuthError::Missing { tried: vec![name] }
}
