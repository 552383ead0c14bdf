//! monday's authorization server: who may ask, what was granted, and what has become of it.
//!
//! Its rooms: `app` (registered apps), `ledger` (codes and tokens), `signature` (HS256), `consent`
//! (the page), `routes` (HTTP).
//! Must not know: GraphQL, the account's data.

mod app;
mod consent;
mod ledger;
mod refusal;
mod routes;
mod signature;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

pub use app::SandboxApp;
use ledger::Ledger;
pub use ledger::OAuthCounts;
pub(crate) use routes::routes;
pub(crate) use signature::signed;

use crate::server::PERSONAL_TOKEN;

/// monday's access tokens live about an hour.
pub(crate) const TOKEN_LIFE: Duration = Duration::from_hours(1);

/// The authorization server of one sandbox.
#[derive(Debug)]
pub(crate) struct Authorization {
    /// `http://127.0.0.1:PORT`.
    base: String,
    apps: Vec<SandboxApp>,
    ledger: Mutex<Ledger>,
    token_delay: Duration,
}

impl Authorization {
    pub(crate) fn new(
        base: String,
        apps: Vec<SandboxApp>,
        token_life: Duration,
        token_delay: Duration,
    ) -> Self {
        Self { base, apps, ledger: Mutex::new(Ledger::new(token_life)), token_delay }
    }

    /// Whether the GraphQL endpoint takes this access token now.
    pub(crate) fn is_live(&self, token: &str) -> bool {
        self.ledger().is_live(token, SystemTime::now())
    }

    /// The client id of the app that was given this access token, alive or not.
    pub(crate) fn client_of(&self, token: &str) -> Option<String> {
        self.ledger().client_of(token)
    }

    pub(crate) fn counts(&self) -> OAuthCounts {
        self.ledger().counts()
    }

    /// What is signed in the name of the app whose token this is; a personal token has none. The OAuth token
    /// that every sandbox takes is the first app's.
    pub(crate) fn signing_secret(&self, token: &str) -> Option<String> {
        if token == PERSONAL_TOKEN {
            return None;
        }
        let first = || self.apps.first().map_or(app::SIGNING_SECRET, |app| &app.signing_secret).to_owned();
        Some(self.ledger().signing_secret(token).unwrap_or_else(first))
    }

    fn issuer(&self) -> String {
        format!("{}/oauth_ms", self.base)
    }

    fn app(&self, client_id: &str) -> Option<&SandboxApp> {
        self.apps.iter().find(|app| app.client_id == client_id)
    }

    fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.ledger.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
