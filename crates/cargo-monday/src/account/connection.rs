//! The way to the account: which endpoint, whose token, and one call at a time.
//!
//! Must not know: any command.

use std::time::Duration;

use clap::Args;
use indicatif::ProgressBar;
use monday_sdk::auth::{AuthError, Chain, EnvSource, KeyringSource, ProfileSource, SourceOutcome};
use monday_sdk::core::IntoRequest;
use monday_sdk::{Client, Endpoint, Response};

use super::keyring::{SERVICE, keyring};
use super::profile::{self, Elsewhere, Place};
use super::runtime::CommandRuntime;
use super::session;
use crate::Failure;

/// Which account is meant.
#[derive(Args, Debug, Clone, Default)]
pub(super) struct Account {
    /// The profile that a token is kept in and taken from. MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE go before it.
    #[arg(long, default_value = profile::DEFAULT)]
    pub(super) profile: String,
    /// The file of profiles. Default: monday/profiles.toml in the user's folder of configurations.
    #[arg(long, value_name = "PATH")]
    pub(super) profile_file: Option<std::path::PathBuf>,
    /// A sandbox on this machine, such as http://127.0.0.1:4200/v2.
    #[arg(long, value_name = "URL", hide = true)]
    pub(super) endpoint: Option<String>,
}

impl Account {
    /// Where requests go.
    pub(super) fn endpoint(&self) -> Result<Endpoint, Failure> {
        self.endpoint
            .as_deref()
            .map_or_else(Endpoint::monday, Endpoint::loopback)
            .map_err(|error| told(&error))
    }

    /// The file of profiles.
    pub(super) fn place(&self) -> Result<Place, Failure> {
        Place::of(self.profile_file.as_deref())
    }

    /// The sources that a token may come from, in the SDK's usual order.
    pub(super) fn chain(&self, endpoint: &Endpoint, runtime: &CommandRuntime) -> Result<Chain, Failure> {
        let (place, audience) = (self.place()?, endpoint.audience());
        let chain = Chain::new()
            .then(EnvSource::token().audience(audience.clone()))
            .then(EnvSource::token_file().audience(audience.clone()))
            .then(ProfileSource::new(&place.path, &self.profile).audience(audience.clone()));
        // No keyring is opened for a token that another source has.
        let is_decided = runtime
            .block_on(chain.trace())
            .steps()
            .iter()
            .any(|step| !matches!(step.outcome, SourceOutcome::Absent));
        if is_decided {
            return Ok(chain);
        }
        Ok(match place.elsewhere(&self.profile)? {
            None => chain,
            Some(Elsewhere::Keyring) => {
                let source = KeyringSource::new(keyring(), SERVICE, &self.profile);
                chain.then(source.audience(audience.clone()))
            }
            Some(Elsewhere::Session(entry)) => {
                chain.then(session::provider(&entry, &place, endpoint, runtime)?)
            }
        })
    }
}

/// An error of the credentials with what to do.
pub(super) fn told(error: &AuthError) -> Failure {
    advised(error.to_string(), error.advice())
}

/// An error of a call with what to do.
pub(super) fn failed(error: &monday_sdk::Error) -> Failure {
    let text = advised(error.to_string(), error.advice());
    let is_missing = error.advice().contains("MONDAY_API_TOKEN");
    if is_missing { format!("{text}\n-> or keep a token on this machine: cargo monday login") } else { text }
}

/// Some errors say themselves what to do.
fn advised(text: String, advice: &str) -> Failure {
    if text.contains(advice) { text } else { format!("{text}\n-> {advice}") }
}

/// A client with the runtime that it runs on.
pub(super) struct Connection {
    // Before the runtime that it stands on.
    client: Client,
    runtime: CommandRuntime,
}

impl Connection {
    /// With what the account's sources have.
    pub(super) fn open(account: &Account) -> Result<Self, Failure> {
        let (endpoint, runtime) = (account.endpoint()?, CommandRuntime::new()?);
        let chain = account.chain(&endpoint, &runtime)?;
        Self::with(runtime, || Client::builder().endpoint(endpoint).credential(chain))
    }

    /// With a client of one's own.
    pub(super) fn with(
        runtime: CommandRuntime,
        builder: impl FnOnce() -> monday_sdk::ClientBuilder,
    ) -> Result<Self, Failure> {
        let client = runtime.block_on(async { builder().user_agent("cargo-monday").build() });
        Ok(Self { client: client.map_err(|error| failed(&error))?, runtime })
    }

    /// What it runs on.
    pub(super) fn runtime(&self) -> &CommandRuntime {
        &self.runtime
    }

    /// Calls an operation; any error in the answer is an error.
    pub(super) fn execute<R: IntoRequest>(&self, request: R) -> Result<R::Data, Failure> {
        self.wait(self.client.execute(request))
    }

    /// Calls an operation, for the whole answer.
    pub(super) fn send<R: IntoRequest>(&self, request: R) -> Result<Response<R::Data>, Failure> {
        self.wait(self.client.send(request))
    }

    /// A spinner turns meanwhile, on a terminal only.
    fn wait<T>(&self, call: impl Future<Output = Result<T, monday_sdk::Error>>) -> Result<T, Failure> {
        let progress = ProgressBar::new_spinner().with_message("asking monday");
        progress.enable_steady_tick(Duration::from_millis(120));
        let answer = self.runtime.block_on(call);
        progress.finish_and_clear();
        answer.map_err(|error| failed(&error))
    }
}
