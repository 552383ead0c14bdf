//! The two requests of monday's authentication overview, exactly as it shows them.
//!
//! Must not know: how a request is made.

use monday_sdk::core::OperationKind;
use monday_sdk::{CredentialKind, Request};
use serde::Deserialize;
use wiremock::MockServer;

use crate::support::{client_for, json, received};

#[derive(Debug, Deserialize, PartialEq)]
struct Data {
    me: Me,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Me {
    name: String,
    email: String,
}

async fn sent_with(kind: CredentialKind, token: &str) -> wiremock::Request {
    let server = MockServer::start().await;
    let answer = json(r#"{"data":{"me":{"name":"Ada","email":"ada@example.com"}}}"#);
    wiremock::Mock::given(wiremock::matchers::any()).respond_with(answer).mount(&server).await;
    let client = client_for(&format!("{}/v2", server.uri()), kind, token).build().unwrap();
    let document = "query { me { name email } }";
    let request: Request<Data> = Request::from_document(OperationKind::Query, "", document, &()).unwrap();
    let data = client.execute(request).await.unwrap();
    assert_eq!(data, Data { me: Me { name: "Ada".into(), email: "ada@example.com".into() } });
    received(&server).await.remove(0)
}

#[tokio::test]
async fn a_personal_token_goes_raw() {
    let request = sent_with(CredentialKind::PersonalToken, "YOUR_PERSONAL_ACCESS_TOKEN").await;
    assert_eq!(request.method.as_str(), "POST");
    assert_eq!(request.url.path(), "/v2");
    assert_eq!(request.headers["authorization"], "YOUR_PERSONAL_ACCESS_TOKEN");
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.body, br#"{"query":"query { me { name email } }"}"#);
}

#[tokio::test]
async fn an_oauth_token_goes_as_bearer() {
    let request = sent_with(CredentialKind::OAuth, "YOUR_OAUTH_ACCESS_TOKEN").await;
    assert_eq!(request.headers["authorization"], "Bearer YOUR_OAUTH_ACCESS_TOKEN");
    assert_eq!(request.headers["content-type"], "application/json");
    assert_eq!(request.body, br#"{"query":"query { me { name email } }"}"#);
}

#[tokio::test]
async fn the_pinned_version_and_gzip_are_asked_for_and_the_sdk_names_itself() {
    let request = sent_with(CredentialKind::PersonalToken, "YOUR_PERSONAL_ACCESS_TOKEN").await;
    assert_eq!(request.headers["api-version"], monday_sdk::ApiVersion::pinned().as_str());
    assert!(request.headers["user-agent"].to_str().unwrap().starts_with("monday-sdk-rust/"));
    assert_eq!(request.headers["accept-encoding"], "gzip");
    assert!(!request.headers.contains_key("idempotency-key"), "a query needs none");
}
