//! Sessions of OAuth that `login` has kept: the store they are in, and the app that refreshes them.
//!
//! Must not know: how a login goes, commands.

use std::sync::Arc;

use monday_sdk::auth::{
    AuthError, AuthServer, FileStore, KeyringStore, OAuthApp, OAuthProvider, OAuthSessions, Secret,
    StoreError, TokenStore,
};
use monday_sdk::{AuthTransport, Endpoint};

use super::connection::{failed, told};
use super::keyring::{APP_SERVICE, keyring};
use super::profile::{Place, SessionEntry, SessionStore};
use super::runtime::CommandRuntime;
use crate::Failure;

/// The sessions of an app, in the store that the entry names.
pub(super) fn sessions(
    app: OAuthApp,
    entry: &SessionEntry,
    place: &Place,
    endpoint: &Endpoint,
    runtime: &CommandRuntime,
) -> Result<OAuthSessions, Failure> {
    // Its connections live on the runtime.
    let http = runtime.block_on(async { AuthTransport::new() }).map_err(|error| failed(&error))?;
    let (http, tasks, folder) = (Arc::new(http), runtime.tasks(), place.sessions());
    let sessions = match entry.store {
        SessionStore::Keyring => {
            let store = KeyringStore::new(keyring(), folder, runtime.tasks());
            OAuthSessions::builder(app, store, http, tasks)
        }
        SessionStore::Files { .. } => {
            OAuthSessions::builder(app, FileStore::new(folder, runtime.tasks()), http, tasks)
        }
    };
    Ok(sessions.audience(endpoint.audience().clone()).build())
}

/// The session of an entry, with the app's secret from where it is kept.
pub(super) fn provider(
    entry: &SessionEntry,
    place: &Place,
    endpoint: &Endpoint,
    runtime: &CommandRuntime,
) -> Result<OAuthProvider, Failure> {
    let secret = match &entry.store {
        SessionStore::Files { client_secret } => Secret::new(client_secret.as_str()),
        SessionStore::Keyring => {
            let found = runtime.block_on(keyring().find(APP_SERVICE, &entry.client_id));
            found.map_err(|error| told(&AuthError::Store(error)))?.ok_or(
                "the keyring has no client secret of the app any more\n-> log in again: cargo monday login --oauth",
            )?
        }
    };
    let mut app = OAuthApp::builder(&entry.client_id, secret);
    if let Some(server) = &entry.server {
        app = app.server(AuthServer::loopback(server).map_err(|error| told(&error))?);
    }
    let app = app.build().map_err(|error| told(&error))?;
    let sessions = sessions(app, entry, place, endpoint, runtime)?;
    sessions.provider(&entry.key()).map_err(|error| told(&error))
}

/// Deletes a session that its profile no longer names. The app's secret stays in the keyring: other profiles may need it.
pub(super) fn forget(
    entry: &SessionEntry,
    place: &Place,
    runtime: &CommandRuntime,
) -> Result<(), StoreError> {
    let (folder, key) = (place.sessions(), entry.key());
    match entry.store {
        SessionStore::Keyring => {
            runtime.block_on(KeyringStore::new(keyring(), folder, runtime.tasks()).delete(&key))
        }
        SessionStore::Files { .. } => runtime.block_on(FileStore::new(folder, runtime.tasks()).delete(&key)),
    }
}
