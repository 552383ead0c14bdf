//! The rooms together, against a server on this machine.
//!
//! Must not know: what monday does beside answering.

mod list;
mod server;
mod spans;
// Of clients and of the transport of logins, side by side.
#[cfg(feature = "oauth")]
mod trust;
mod uploads;

use std::time::{Duration, SystemTime};

use futures_util::TryStreamExt as _;
use futures_util::future::join_all;
use monday_auth::{Credential, Endpoint};
use monday_core::{OperationKind, Request};
use serde::Serialize;
use tokio::time::Instant;
use tracing::Instrument as _;

use crate::{Client, ClientBuilder, ErrorKind};
use list::List;
use server::{Answer, Server};

const OK: &str = r#"{"data":{"me":null}}"#;

fn builder(server: &Server) -> ClientBuilder {
    let endpoint = Endpoint::loopback(&server.url()).unwrap();
    let token = Credential::personal_token("personal-token-1234").unwrap();
    let token = token.for_audience(endpoint.audience().clone());
    Client::builder().endpoint(endpoint).credential(token)
}

fn client(server: &Server) -> Client {
    builder(server).build().unwrap()
}

fn me() -> Request<serde_json::Value> {
    Request::from_document(OperationKind::Query, "Me", "query Me { me { id } }", &()).unwrap()
}

fn refusal(code: &str, more: &str) -> String {
    format!(r#"{{"errors":[{{"message":"m","extensions":{{"code":"{code}"{more}}}}}]}}"#)
}

/// All of these tests end, whatever breaks.
async fn in_time<T>(test: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_secs(20), test).await.expect("the test hangs")
}

#[tokio::test]
async fn a_client_starts_with_eight_requests_at_once() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).after(Duration::from_secs(3))).await;
        let client = client(&server);
        let calls = join_all((0..20).map(|_| client.send(me())));
        let _ = tokio::time::timeout(Duration::from_millis(1500), calls).await;
        assert_eq!(server.most_at_once(), 8);
    })
    .await;
}

#[tokio::test]
async fn a_refusal_of_concurrency_halves_what_is_under_way() {
    in_time(async {
        let server = Server::start(|number| {
            if number < 8 {
                let body = refusal("maxConcurrencyExceeded", r#","retry_in_seconds":0.5"#);
                Answer::new(429, &body).after(Duration::from_millis(100))
            } else {
                Answer::ok(OK).after(Duration::from_millis(100))
            }
        })
        .await;
        let client = client(&server);
        let calls = join_all((0..8).map(|_| client.send(me())));
        let watch = async {
            tokio::time::sleep(Duration::from_millis(350)).await;
            server.forget_most();
        };
        let (answers, ()) = tokio::join!(calls, watch);
        assert!(answers.iter().all(Result::is_ok));
        assert!(server.most_at_once() <= 5, "{}", server.most_at_once());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_fails_is_not_sent_more_at_once() {
    in_time(async {
        let server = Server::start(|number| match number {
            0..8 => Answer::new(500, "").after(Duration::from_millis(100)),
            _ => Answer::ok(OK).after(Duration::from_secs(2)),
        })
        .await;
        let client = client(&server);
        let calls = join_all((0..16).map(|_| client.send(me())));
        let _ = tokio::time::timeout(Duration::from_secs(1), calls).await;
        assert!(server.most_at_once() <= 8, "{}", server.most_at_once());
    })
    .await;
}

#[tokio::test]
async fn a_call_may_have_a_deadline_and_a_version_of_its_own() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).after(Duration::from_secs(30))).await;
        let request =
            me().with_deadline(Duration::from_millis(200)).with_api_version("2026-07".parse().unwrap());
        let start = Instant::now();
        let error = client(&server).send(request).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Timeout);
        assert!(start.elapsed() < Duration::from_secs(5));
        assert!(server.heads()[0].contains("api-version: 2026-07"));
    })
    .await;
}

#[tokio::test]
async fn retries_have_a_budget_for_the_whole_client() {
    in_time(async {
        let server = Server::start(|_| Answer::new(429, &refusal("tooManyRequests", ""))).await;
        let client = client(&server);
        let answers = join_all((0..20).map(|_| client.send(me()))).await;
        assert!(answers.iter().all(|answer| answer.as_ref().unwrap_err().kind() == ErrorKind::RateLimited));
        assert_eq!(server.heads().len(), 20 + 10 + 2);
    })
    .await;
}

#[tokio::test]
async fn a_limit_of_one_field_holds_no_other_call() {
    in_time(async {
        let field = refusal("FIELD_LIMIT_EXCEEDED", r#","retry_in_seconds":30"#);
        let server = Server::start(move |number| Answer::ok(if number == 0 { &field } else { OK })).await;
        let client = client(&server);
        let soon = Duration::from_secs(2);
        let error = client.send(me().with_deadline(soon)).await.unwrap_err();
        assert_eq!(
            (error.kind(), error.retry_after()),
            (ErrorKind::RateLimited, Some(Duration::from_secs(30)))
        );
        assert!(client.send(me().with_deadline(soon)).await.is_ok());
    })
    .await;
}

#[tokio::test]
async fn what_an_error_is_about_can_be_asked() {
    in_time(async {
        let bodies = [
            refusal("missingRequiredPermissions", r#","error_data":{"missing_scope":"boards:write"}"#),
            refusal("ColumnValueException", r#","error_data":{"column_id":"status"}"#),
            refusal("DAILY_LIMIT_EXCEEDED", ""),
        ];
        let server = Server::start(move |number| Answer::ok(&bodies[number.min(2)])).await;
        let client = client(&server);
        let error = client.send(me()).await.unwrap_err();
        assert_eq!((error.kind(), error.missing_scope()), (ErrorKind::MissingScope, Some("boards:write")));
        let error = client.send(me()).await.unwrap_err();
        assert_eq!((error.kind(), error.column_id()), (ErrorKind::ColumnValue, Some("status")));
        assert!(error.to_string().contains("column status"));
        for _ in 0..2 {
            let error = client.send(me()).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::DailyLimit);
            let midnight = error.resets_at().unwrap().duration_since(SystemTime::UNIX_EPOCH).unwrap();
            let seconds_off = (midnight.as_secs() + 1) % 86_400;
            assert!(seconds_off <= 2, "{midnight:?} is no midnight");
        }
        assert_eq!(server.heads().len(), 3, "the spent day is not asked again");
    })
    .await;
}

#[tokio::test]
async fn quota_is_readable_at_any_time() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).with("ratelimit", "\"minuteRate\";r=41;t=9")).await;
        let client = client(&server);
        assert!(client.quota().budgets.is_empty());
        client.send(me()).await.unwrap();
        assert_eq!(client.quota().budget("minuteRate").unwrap().remaining, Some(41));
    })
    .await;
}

#[tokio::test]
async fn calls_dropped_at_any_point_leave_no_place_taken() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(OK).after(Duration::from_millis(3))).await;
        let client = builder(&server).max_in_flight(2).build().unwrap();
        let calls = (0..300_u64).map(|number| {
            let patience = Duration::from_micros(number * 997 % 20_000);
            tokio::time::timeout(patience, client.send(me()))
        });
        join_all(calls).await;
        let soon = me().with_deadline(Duration::from_secs(2));
        let both = join_all([client.send(soon.clone()), client.send(soon)]).await;
        assert!(both.iter().all(Result::is_ok), "{both:?}");
    })
    .await;
}

#[tokio::test]
async fn a_call_is_one_span_and_each_attempt_another() {
    #[derive(Serialize)]
    struct Variables {
        text: &'static str,
    }
    in_time(async {
        let server = Server::start(|number| match number {
            0 | 2 => Answer::new(502, "canary-answer"),
            _ => Answer::ok(OK),
        })
        .await;
        let client = client(&server);
        // Every place that makes a span must be known before the recorder is: tests beside this one have
        // none.
        client.send(me()).await.unwrap();
        let (spans, _guard) = spans::record();
        let document = "query Me($text: String) { me { id } }";
        let variables = Variables { text: "canary-variable" };
        let request = Request::from_document(OperationKind::Query, "Me", document, &variables).unwrap();
        let request: Request<serde_json::Value> = request;
        client.send(request).await.unwrap();
        let ours = spans.named("monday.");
        let expected: [&[&str]; 3] = [
            &["monday.operation", "graphql.operation.name=Me", "graphql.operation.type=query"],
            &[
                "monday.attempt",
                "http.request.method=POST",
                "server.address=127.0.0.1",
                "http.response.status_code=502",
            ],
            &[
                "monday.attempt",
                "http.request.method=POST",
                "http.request.resend_count=1",
                "server.address=127.0.0.1",
                "http.response.status_code=200",
            ],
        ];
        assert_eq!(ours, expected);
        assert!(!spans.everything().contains("canary"), "a body or a variable");
    })
    .await;
}

#[tokio::test]
async fn a_page_that_is_read_ahead_is_within_the_span_of_its_reader() {
    in_time(async {
        let server = Server::start(|_| Answer::ok(r#"{"data":{"list":[1]}}"#)).await;
        let client = client(&server);
        client.send(me()).await.unwrap();
        let (spans, _guard) = spans::record();
        let reading = async {
            let mut pages = std::pin::pin!(client.pages(List::new(3)).read_ahead(true).by_page());
            while pages.try_next().await.unwrap().is_some() {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
        };
        reading.instrument(tracing::info_span!("a_reader")).await;
        assert_eq!(spans.around("monday.operation"), [Some("a_reader"); 3]);
        let parts = [List::new(2), List::new(2)];
        let reading = async { client.parts(parts).try_collect::<Vec<_>>().await.unwrap() };
        reading.instrument(tracing::info_span!("a_reader")).await;
        assert_eq!(spans.around("monday.operation"), [Some("a_reader"); 3 + 4]);
    })
    .await;
}
