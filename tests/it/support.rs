//! Clients for servers on this machine, ports for new ones, and time limits.
//!
//! Must not know: what is tested.

use std::io::ErrorKind;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, TcpListener};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use monday_sandbox::Sandbox;
use monday_sdk::{Client, ClientBuilder, Credential, CredentialKind, Endpoint};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) const TOKEN: &str = "personal-token-1234";

pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
}

/// Panics if the work takes longer than that.
pub(crate) async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> T {
    tokio::time::timeout(limit, work).await.expect("it does not end in time")
}

/// A builder for an endpoint, with a credential for it.
pub(crate) fn client_for(url: &str, kind: CredentialKind, token: &str) -> ClientBuilder {
    let endpoint = Endpoint::loopback(url).unwrap();
    let credential = match kind {
        CredentialKind::OAuth => Credential::oauth(token),
        _ => Credential::personal_token(token),
    };
    let credential = credential.unwrap().for_audience(endpoint.audience().clone());
    Client::builder().endpoint(endpoint).credential(credential)
}

pub(crate) fn client(url: &str) -> Client {
    client_for(url, CredentialKind::PersonalToken, TOKEN).build().unwrap()
}

/// A sandbox with a small large board, and its client.
pub(crate) async fn sandbox(items: usize) -> (Sandbox, Client) {
    let sandbox = Sandbox::builder().items(items).start().await.unwrap();
    let client =
        client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token()).build().unwrap();
    (sandbox, client)
}

/// A server that gives the same answer to every POST, and a client for it.
pub(crate) async fn server(answer: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(answer).mount(&server).await;
    let client = client(&format!("{}/v2", server.uri()));
    (server, client)
}

pub(crate) async fn received(server: &MockServer) -> Vec<Request> {
    server.received_requests().await.unwrap()
}

pub(crate) fn json(body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body.to_owned(), "application/json")
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
