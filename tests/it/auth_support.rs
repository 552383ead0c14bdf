//! Apps, keys and sessions for the small authorization server, and processes of their own.
//!
//! Must not know: what is tested.

use std::path::Path;
use std::sync::Arc;

use monday_sdk::auth::{
    AuthServer, FileStore, OAuthApp, OAuthSessions, Runtime, Secret, TokenKey, TokenStore,
};
use monday_sdk::{AuthTransport, Client, CredentialProvider, Endpoint, TokioRuntime};

pub(crate) const CLIENT_ID: &str = "client-1";
pub(crate) const CLIENT_SECRET: &str = "client-secret-1";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:8000/callback";

pub(crate) fn app(origin: &str) -> OAuthApp {
    OAuthApp::builder(CLIENT_ID, Secret::new(CLIENT_SECRET))
        .redirect_uri(REDIRECT)
        .server(AuthServer::loopback(origin).unwrap())
        .build()
        .unwrap()
}

pub(crate) fn key() -> TokenKey {
    TokenKey::new(CLIENT_ID, "account", "user")
}

pub(crate) fn runtime() -> Arc<dyn Runtime> {
    Arc::new(TokioRuntime::current().unwrap())
}

pub(crate) fn file_store(folder: &Path) -> FileStore {
    FileStore::new(folder, runtime())
}

/// Sessions over real TCP.
pub(crate) fn sessions(origin: &str, store: impl TokenStore) -> OAuthSessions {
    let audience = Endpoint::loopback(&format!("{origin}/v2")).unwrap().audience().clone();
    let http = Arc::new(AuthTransport::new().unwrap());
    OAuthSessions::builder(app(origin), store, http, runtime()).audience(audience).build()
}

/// Logs in as a browser would, without one.
pub(crate) async fn log_in(sessions: &OAuthSessions, key: &TokenKey) {
    let (url, pending) = sessions.app().begin().unwrap();
    let state = query(url.as_str(), "state");
    let code = pending.finish(&format!("{REDIRECT}?code=code-1&state={state}")).unwrap();
    sessions.log_in(key, code).await.unwrap();
}

/// A parameter of a URL.
pub(crate) fn query(url: &str, name: &str) -> String {
    let (_, query) = url.split_once('?').unwrap();
    let mut pairs = url::form_urlencoded::parse(query.as_bytes());
    pairs.find(|(found, _)| found == name).unwrap().1.into_owned()
}

pub(crate) fn client_of(origin: &str, provider: impl CredentialProvider) -> Client {
    let endpoint = Endpoint::loopback(&format!("{origin}/v2")).unwrap();
    Client::builder().endpoint(endpoint).credential(provider).build().unwrap()
}

/// This test binary again, running one ignored test, which finds its orders in the environment.
pub(crate) fn process(test: &str, origin: &str, folder: &Path) -> tokio::process::Command {
    let mut command = tokio::process::Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    command.env("AUTH_ORIGIN", origin).env("AUTH_FOLDER", folder).kill_on_drop(true);
    command
}

/// What this process was told; `None` outside of [`process`].
#[expect(clippy::disallowed_methods, reason = "a process of a test is told by its environment what to do")]
pub(crate) fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
