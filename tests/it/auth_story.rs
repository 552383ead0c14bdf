//! Login, call, refresh and logout against the sandbox over TCP, without a browser and with one.
//!
//! Must not know: how the consent is given.

use std::sync::Arc;
use std::time::Duration;

use futures_util::future::join_all;
use monday_sandbox::{Sandbox, SandboxApp};
use monday_sdk::auth::{
    AuthError, AuthServer, ConsentLost, MemoryStore, OAuthApp, OAuthCode, OAuthSessions, Scope, ScopeSet,
    Secret, TokenStore as _,
};
use monday_sdk::queries::Me;
use monday_sdk::{ErrorKind, LoopbackReceiver};

use crate::auth_support::{CLIENT_ID, CLIENT_SECRET, client_of, decide, exchange, http, key, runtime};
use crate::browser::Browser;
use crate::support::free_port;

/// An app whose browser comes back to a port of this machine, and the sandbox that knows it.
async fn start(life: Duration) -> (Sandbox, OAuthApp) {
    let port = free_port();
    let redirect = format!("http://127.0.0.1:{port}/callback");
    let known = SandboxApp::new(CLIENT_ID, CLIENT_SECRET).redirect_uri(&redirect);
    let sandbox = Sandbox::builder().items(1).app(known).token_life(life).start().await.unwrap();
    let app = OAuthApp::builder(CLIENT_ID, Secret::new(CLIENT_SECRET))
        .redirect_uri(redirect)
        .scopes(ScopeSet::from([Scope::MeRead]))
        .server(AuthServer::loopback(&sandbox.authorization_url()).unwrap())
        .build()
        .unwrap();
    (sandbox, app)
}

/// The whole life of a session; `browse` brings the user from the consent page back to the listener.
async fn story(browse: impl AsyncFnOnce(&str)) {
    let (sandbox, app) = start(Duration::from_secs(2)).await;
    let origin = sandbox.authorization_url();
    app.check_metadata(&http()).await.unwrap();

    let receiver = LoopbackReceiver::bind(&app).await.unwrap();
    let (url, pending) = app.begin_with(&receiver.options()).unwrap();
    let (code, ()) = tokio::join!(receiver.receive(pending), browse(url.as_str()));
    let store = MemoryStore::new();
    let audience = monday_sdk::Endpoint::loopback(&sandbox.url()).unwrap().audience().clone();
    let sessions = OAuthSessions::builder(app, store.clone(), Arc::new(http()), runtime());
    let sessions = sessions.audience(audience).build();
    let provider = sessions.log_in(&key(), code.unwrap()).await.unwrap();
    assert_eq!(sessions.granted(&key()).await.unwrap().unwrap(), ScopeSet::from([Scope::MeRead]));

    let client = client_of(&origin, provider.clone());
    assert!(client.execute(Me).await.unwrap().me.is_some());
    let first = provider.current().await.unwrap();

    // The token ends; a hundred callers find out at once.
    tokio::time::sleep(Duration::from_millis(3_100)).await;
    for answer in join_all((0..100).map(|_| client.execute(Me))).await {
        assert!(answer.unwrap().me.is_some());
    }
    assert_eq!(sandbox.oauth_counts().refreshes, 1);
    let second = provider.current().await.unwrap();
    assert_ne!(first.fingerprint(), second.fingerprint());
    assert_eq!(second.generation().0, first.generation().0 + 1);

    let header = second.header_for(second.audience()).unwrap();
    assert!(me(&sandbox, header.to_str().unwrap()).await.starts_with("HTTP/1.1 200"));
    sessions.log_out(&key()).await.unwrap();
    assert!(store.load(&key()).await.unwrap().is_none());
    // Not only forgotten: the server takes it no more.
    assert!(me(&sandbox, header.to_str().unwrap()).await.starts_with("HTTP/1.1 401"));
    let error = client.execute(Me).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    let gone = provider.current().await.unwrap_err();
    assert_eq!(gone, AuthError::ReauthorizationRequired(ConsentLost::NoToken));
    let counts = sandbox.oauth_counts();
    assert_eq!((counts.refreshes, counts.invalid_grants, counts.reuses), (1, 0, 0));
}

/// A call by hand with this header.
async fn me(sandbox: &Sandbox, authorization: &str) -> String {
    let origin = sandbox.authorization_url();
    let address = origin.strip_prefix("http://").unwrap();
    let body = r#"{"query":"{ me { id } }"}"#;
    let request = format!(
        "POST /v2 HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\nauthorization: {authorization}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    exchange(address, &request).await
}

/// A browser that clicks without being one.
async fn click(url: &str, decision: &str) {
    let back = decide(url, decision).await;
    let (address, target) = back.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let request = format!("GET /{target} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    let page = exchange(address, &request).await;
    assert!(page.starts_with("HTTP/1.1 200"), "{page}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn login_call_refresh_and_logout_over_tcp() {
    story(async |url: &str| click(url, "allow").await).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn login_call_refresh_and_logout_with_a_browser() {
    let Some(browser) = Browser::start().await else {
        return;
    };
    story(async |url: &str| {
        let page = browser.open_and_click(url, "allow").await;
        assert!(page.contains("You have authorized the app"), "{page}");
    })
    .await;

    let (_sandbox, app) = start(Duration::from_hours(1)).await;
    let receiver = LoopbackReceiver::bind(&app).await.unwrap();
    let (url, pending) = app.begin_with(&receiver.options()).unwrap();
    let (code, page) = tokio::join!(receiver.receive(pending), browser.open_and_click(url.as_str(), "deny"));
    assert!(page.contains("The app was not authorized"), "{page}");
    let denied = code.unwrap_err();
    assert!(
        matches!(&denied, AuthError::Denied(fault) if fault.code == OAuthCode::AccessDenied),
        "{denied:?}"
    );
    browser.close().await;
}
