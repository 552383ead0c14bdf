//! Clients for servers on this machine.

use std::path::PathBuf;

use monday_sandbox::Sandbox;
use monday_sdk::{Client, ClientBuilder, Credential, CredentialKind, Endpoint};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, ResponseTemplate};

pub(crate) const TOKEN: &str = "personal-token-1234";

pub(crate) fn root() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/.."))
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
