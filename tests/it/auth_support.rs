//! Apps, keys and sessions for the sandbox's authorization server, its user's consent, and processes of their own.
//!
//! Must not know: what is tested.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
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

/// A port that is free on both loopback addresses, below those that outgoing connections take.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let start = 12_000 + u16::try_from(std::process::id() % 15_000).unwrap();
    let free = |ip: IpAddr, port| {
        // A machine may have one of the two only.
        !matches!(TcpListener::bind((ip, port)), Err(error) if error.kind() == ErrorKind::AddrInUse)
    };
    let ports = std::iter::repeat_with(|| start + NEXT.fetch_add(1, Ordering::Relaxed));
    let mut ports = ports.filter(|port| {
        free(IpAddr::V4(Ipv4Addr::LOCALHOST), *port) && free(IpAddr::V6(Ipv6Addr::LOCALHOST), *port)
    });
    ports.next().unwrap()
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
