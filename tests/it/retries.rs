//! Which calls are made again, and how.
//!
//! Must not know: how the client decides.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use monday_sdk::auth::{
    AuthError, BoxFuture, Credential, CredentialProvider, Generation, Rejection, RequestContext,
};
use monday_sdk::queries::{DeleteItem, Me};
use monday_sdk::{Client, CredentialKind, Endpoint, ErrorKind, Request};
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

#[tokio::test]
async fn a_mutation_whose_answer_cannot_be_read_leaves_its_key() {
    let (server, client) = server(json(r#"{"data":{"delete_item":7}}"#)).await;
    let error = client.execute(DeleteItem { item_id: "1".into() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    let sent = received(&server).await;
    assert_eq!(error.idempotency_key(), sent[0].headers["idempotency-key"].to_str().ok());
    assert!(!error.is_retryable() && error.to_string().contains("may have been done"));

    let request = Request::new(&DeleteItem { item_id: "1".into() }).unwrap();
    let again = request.with_idempotency_key(error.idempotency_key().unwrap());
    assert_eq!(client.execute(again).await.unwrap_err().idempotency_key(), error.idempotency_key());
    assert_eq!(received(&server).await[1].headers["idempotency-key"], sent[0].headers["idempotency-key"]);
}

#[tokio::test]
async fn what_an_earlier_attempt_may_have_done_is_not_forgotten() {
    let refusal = json(r#"{"errors":[{"message":"m","extensions":{"code":"InvalidItemIdException"}}]}"#);
    let (_server, client) = first_then(ResponseTemplate::new(502), refusal).await;
    let error = client.execute(DeleteItem { item_id: "1".into() }).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::NotFound);
    assert!(error.idempotency_key().is_some());
}

#[tokio::test]
async fn a_replayed_fault_gets_a_new_key_only_if_nothing_was_done() {
    let fault = |status: u16, code: &str, path: &str| {
        let body = format!(
            r#"{{"data":null,"errors":[{{"message":"m","path":[{path}],"extensions":{{"code":"{code}"}}}}]}}"#
        );
        ResponseTemplate::new(status)
            .set_body_raw(body, "application/json")
            .insert_header("idempotency-replayed", "true")
    };
    let cases = [
        (fault(429, "MINUTE_RATE_LIMIT_EXCEEDED", ""), true),
        (fault(200, "FIELD_LIMIT_EXCEEDED", r#""delete_item","group""#), false),
        (fault(500, "INTERNAL_SERVER_ERROR", ""), false),
    ];
    for (fault, sent_again) in cases {
        let (server, client) = first_then(fault, json(r#"{"data":{"delete_item":null}}"#)).await;
        let result = client.execute(DeleteItem { item_id: "1".into() }).await;
        let keys: Vec<_> =
            received(&server).await.iter().map(|sent| sent.headers["idempotency-key"].clone()).collect();
        assert_eq!((result.is_ok(), keys.len()), (sent_again, if sent_again { 2 } else { 1 }));
        assert!(keys.len() == 1 || keys[0] != keys[1]);
        assert!(sent_again || result.unwrap_err().idempotency_key().is_some());
    }
}

#[tokio::test]
async fn a_host_that_keeps_failing_is_left_alone() {
    let (server, client) = server(ResponseTemplate::new(500)).await;
    for expected in [ErrorKind::Server, ErrorKind::Server, ErrorKind::Unavailable] {
        assert_eq!(client.execute(Me).await.unwrap_err().kind(), expected);
    }
    let sent = received(&server).await.len();
    assert_eq!(sent, 10);
    let start = Instant::now();
    let error = client.execute(Me).await.unwrap_err();
    assert_eq!((error.kind(), received(&server).await.len()), (ErrorKind::Unavailable, sent));
    assert!(error.retry_after().is_some() && start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_spent_budget_in_the_headers_holds_the_next_call() {
    let spent = json(ME).insert_header("ratelimit", "\"minuteRate\";r=0;t=1");
    let (_server, client) = first_then(spent, json(ME)).await;
    let start = Instant::now();
    client.execute(Me).await.unwrap();
    client.execute(Me).await.unwrap();
    assert!(start.elapsed() >= Duration::from_secs(1), "{:?}", start.elapsed());
}

#[tokio::test]
async fn no_more_requests_are_under_way_than_allowed() {
    let slow = json(ME).set_delay(Duration::from_millis(100));
    let (server, _) = server(slow).await;
    let url = format!("{}/v2", server.uri());
    let client = client_for(&url, CredentialKind::PersonalToken, TOKEN).max_in_flight(2).build().unwrap();
    let start = Instant::now();
    let calls = (0..6).map(|_| client.execute(Me));
    assert!(futures_util::future::join_all(calls).await.iter().all(Result::is_ok));
    assert!(start.elapsed() >= Duration::from_millis(300), "three turns of two");
}

/// Never hands out anything.
#[derive(Debug)]
struct Silent;

impl CredentialProvider for Silent {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(std::future::pending())
    }

    fn rejected<'a>(
        &'a self,
        _: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(std::future::pending())
    }
}

#[tokio::test]
async fn a_provider_that_never_answers_ends_at_the_deadline() {
    let client = Client::builder().credential(Silent).deadline(Duration::from_millis(200)).build().unwrap();
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::Credential);
}

/// A provider whose every rejection brings another token.
#[derive(Debug)]
pub(crate) struct Rotating {
    audience: monday_sdk::auth::Audience,
    asked: &'static AtomicU64,
}

impl Rotating {
    /// The tokens are `token-number-0` and on; how often another was asked for is counted.
    pub(crate) fn at(endpoint: &Endpoint) -> (Self, &'static AtomicU64) {
        let asked: &'static AtomicU64 = Box::leak(Box::default());
        (Self { audience: endpoint.audience().clone(), asked }, asked)
    }

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
    let endpoint = Endpoint::loopback(&format!("{}/v2", server.uri())).unwrap();
    let (provider, asked) = Rotating::at(&endpoint);
    (Client::builder().endpoint(endpoint).credential(provider).build().unwrap(), asked)
}
