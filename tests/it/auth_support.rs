//! Apps, keys and sessions for the sandbox's authorization server, and its user's consent.
//!
//! Must not know: what is tested.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use monday_sandbox::{Sandbox, SandboxApp};
use monday_sdk::auth::{
    AuthServer, FileStore, HttpSend, OAuthApp, OAuthSessions, Runtime, Secret, TokenKey, TokenStore,
};
use monday_sdk::{AuthTransport, Client, CredentialProvider, Endpoint, TokioRuntime};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

pub(crate) const CLIENT_ID: &str = "client-1";
pub(crate) const CLIENT_SECRET: &str = "client-secret-1";
pub(crate) const REDIRECT: &str = "http://127.0.0.1:8000/callback";

/// A sandbox that knows the app, whose access tokens live so long and whose token answers take so long.
pub(crate) async fn sandbox(life: Duration, think: Duration) -> Sandbox {
    let app = SandboxApp::new(CLIENT_ID, CLIENT_SECRET).redirect_uri(REDIRECT);
    Sandbox::builder().items(1).app(app).token_life(life).token_delay(think).start().await.unwrap()
}

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

pub(crate) fn http() -> AuthTransport {
    AuthTransport::new().unwrap()
}

/// Sessions over real TCP.
pub(crate) fn sessions(origin: &str, store: impl TokenStore) -> OAuthSessions {
    sessions_through(origin, store, Arc::new(http()))
}

/// Sessions whose requests to the authorization server go another way.
pub(crate) fn sessions_through(
    origin: &str,
    store: impl TokenStore,
    http: Arc<dyn HttpSend>,
) -> OAuthSessions {
    let audience = Endpoint::loopback(&format!("{origin}/v2")).unwrap().audience().clone();
    OAuthSessions::builder(app(origin), store, http, runtime()).audience(audience).build()
}

/// Logs in as a browser would, without one.
pub(crate) async fn log_in(sessions: &OAuthSessions, key: &TokenKey) {
    let (url, pending) = sessions.app().begin().unwrap();
    let code = pending.finish(&decide(url.as_str(), "allow").await).unwrap();
    sessions.log_in(key, code).await.unwrap();
}

/// Clicks on the consent page at this URL: where the browser is sent then.
pub(crate) async fn decide(url: &str, decision: &str) -> String {
    let (origin, query) = url.split_once("/oauth2/authorize?").unwrap();
    let address = origin.strip_prefix("http://").unwrap();
    let body = format!("{query}&decision={decision}");
    let request = format!(
        "POST /oauth2/authorize HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let answer = exchange(address, &request).await;
    let location = answer.lines().find_map(|line| line.strip_prefix("location: "));
    location.unwrap_or_else(|| panic!("{answer}")).to_owned()
}

/// Writes bytes to a server and reads until it closes.
pub(crate) async fn exchange(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    String::from_utf8(answer).unwrap()
}

pub(crate) fn client_of(origin: &str, provider: impl CredentialProvider) -> Client {
    let endpoint = Endpoint::loopback(&format!("{origin}/v2")).unwrap();
    Client::builder().endpoint(endpoint).credential(provider).build().unwrap()
}
