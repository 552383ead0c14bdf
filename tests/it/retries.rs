//! Which calls are made again, and how.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use monday_sdk::auth::{
    AuthError, BoxFuture, Credential, CredentialProvider, Generation, Rejection, RequestContext,
};
use monday_sdk::queries::{DeleteItem, Me};
use monday_sdk::{Client, CredentialKind, Endpoint, ErrorKind};
use wiremock::matchers::{header, method};
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{TOKEN, client, client_for, json, received, server};

const ME: &str = r#"{"data":{"me":null}}"#;

/// Answers once with the first, then with the second.
async fn first_then(first: ResponseTemplate, then: ResponseTemplate) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(first).up_to_n_times(1).with_priority(1).mount(&server).await;
    Mock::given(method("POST")).respond_with(then).with_priority(2).mount(&server).await;
    let client = client(&format!("{}/v2", server.uri()));
    (server, client)
}

#[tokio::test]
async fn a_gateway_error_is_tried_again() {
    let html = ResponseTemplate::new(502).set_body_raw("<html>", "text/html");
    let (server, client) = first_then(html, json(ME)).await;
    assert!(client.execute(Me).await.is_ok());
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn a_mutation_keeps_its_key_over_all_attempts_and_leaves_it_in_the_error() {
    let (server, client) = server(ResponseTemplate::new(504)).await;
    let error = client.execute(DeleteItem { item_id: "1".into() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Server);
    let sent = received(&server).await;
    let keys: Vec<_> =
        sent.iter().map(|request| request.headers["idempotency-key"].to_str().unwrap()).collect();
    assert_eq!(keys.len(), 4);
    assert!(keys.iter().all(|key| Some(*key) == error.idempotency_key()));
}

#[tokio::test]
async fn the_wait_that_is_asked_for_is_waited() {
    let limited = ResponseTemplate::new(429).insert_header("retry-after", "1").set_body_raw(
        r#"{"errors":[{"message":"m","extensions":{"code":"MINUTE_RATE_LIMIT_EXCEEDED"}}]}"#,
        "application/json",
    );
    let (server, client) = first_then(limited, json(ME)).await;
    let start = Instant::now();
    assert!(client.execute(Me).await.is_ok());
    assert!(start.elapsed() >= Duration::from_secs(1));
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn a_wait_past_the_deadline_is_an_error_at_once_that_says_when() {
    let (server, _) = server(ResponseTemplate::new(429).insert_header("retry-after", "50")).await;
    let url = format!("{}/v2", server.uri());
    let client = client_for(&url, CredentialKind::PersonalToken, TOKEN)
        .deadline(Duration::from_secs(5))
        .build()
        .unwrap();
    let start = Instant::now();
    let error = client.execute(Me).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::RateLimited, Some(Duration::from_secs(50))));
    // The next call does not even ask.
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::RateLimited);
    assert!(start.elapsed() < Duration::from_secs(2));
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn a_spent_day_is_not_tried_again_and_closes_the_client() {
    let body = r#"{"errors":[{"message":"m","extensions":{"code":"DAILY_LIMIT_EXCEEDED"}}]}"#;
    let (server, client) = server(json(body)).await;
    for _ in 0..3 {
        let error = client.execute(Me).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::DailyLimit);
        assert!(error.retry_after().unwrap() <= Duration::from_hours(24));
    }
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn a_refused_fixed_token_is_one_request_and_a_typed_error() {
    let (server, client) = server(
        ResponseTemplate::new(401).set_body_raw(r#"{"errors":["Not Authenticated"]}"#, "application/json"),
    )
    .await;
    let error = client.execute(Me).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Unauthorized);
    assert!(error.advice().contains("make a new one"));
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn a_restricted_address_asks_for_no_other_token() {
    let body = r#"{"errors":[{"message":"Your ip is restricted"}]}"#;
    let (server, _) = server(ResponseTemplate::new(401).set_body_raw(body, "application/json")).await;
    let (client, asked) = rotating(&server);
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::IpRestricted);
    assert_eq!((asked.load(Ordering::Relaxed), received(&server).await.len()), (0, 1));
}

#[tokio::test]
async fn a_newer_token_is_asked_for_once_and_sent_once() {
    let server = MockServer::start().await;
    Mock::given(header("authorization", "token-number-1"))
        .respond_with(json(ME))
        .with_priority(1)
        .mount(&server)
        .await;
    Mock::given(method("POST"))
        .respond_with(ResponseTemplate::new(401))
        .with_priority(2)
        .mount(&server)
        .await;
    let (client, asked) = rotating(&server);
    assert!(client.execute(Me).await.is_ok());
    assert_eq!((asked.load(Ordering::Relaxed), received(&server).await.len()), (1, 2));
}

#[tokio::test]
async fn a_newer_token_that_is_refused_too_ends_the_call() {
    let (server, _) = server(ResponseTemplate::new(401)).await;
    let (client, asked) = rotating(&server);
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::Unauthorized);
    assert_eq!((asked.load(Ordering::Relaxed), received(&server).await.len()), (1, 2));
}

#[tokio::test]
async fn a_server_that_is_not_there_is_no_connection_and_nothing_was_sent() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v2", listener.local_addr().unwrap());
    drop(listener);
    let error = client(&url).execute(DeleteItem { item_id: "1".into() }).await.unwrap_err();
    assert_eq!((error.kind(), error.idempotency_key()), (ErrorKind::Connect, None));
}

/// A provider whose every rejection brings another token.
#[derive(Debug)]
struct Rotating {
    audience: monday_sdk::auth::Audience,
    asked: &'static AtomicU64,
}

impl Rotating {
    fn number(&self, number: u64) -> Result<Credential, AuthError> {
        let token = Credential::personal_token(format!("token-number-{number}"))?;
        Ok(token.for_audience(self.audience.clone()).with_generation(Generation(number)))
    }
}

impl CredentialProvider for Rotating {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(std::future::ready(self.number(0)))
    }

    fn rejected<'a>(
        &'a self,
        old: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        self.asked.fetch_add(1, Ordering::Relaxed);
        Box::pin(std::future::ready(self.number(old.generation().0 + 1)))
    }
}

fn rotating(server: &MockServer) -> (Client, &'static AtomicU64) {
    let asked: &'static AtomicU64 = Box::leak(Box::default());
    let endpoint = Endpoint::loopback(&format!("{}/v2", server.uri())).unwrap();
    let provider = Rotating { audience: endpoint.audience().clone(), asked };
    (Client::builder().endpoint(endpoint).credential(provider).build().unwrap(), asked)
}
