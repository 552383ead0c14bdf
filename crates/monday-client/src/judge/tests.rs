//! Each shape of answer, judged.

use std::time::Duration;

use monday_core::{OperationKind, Request};
use serde::Deserialize;

use super::*;
use crate::outgoing::Typed;

#[derive(Debug, Deserialize)]
struct Data {
    me: Option<Me>,
}

#[derive(Debug, Deserialize)]
struct Me {
    #[expect(dead_code, reason = "it must decode")]
    name: String,
}

fn judged(status: u16, headers: &[(&'static str, &str)], body: &str) -> Result<Response<Data>, Error> {
    let request =
        Request::from_document(OperationKind::Query, "Me", "query Me { me { name } }", &()).unwrap();
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        map.insert(*name, value.parse().unwrap());
    }
    let answer = Answer {
        status: StatusCode::from_u16(status).unwrap(),
        headers: map,
        body: Bytes::copy_from_slice(body.as_bytes()),
    };
    let mut typed = Typed::new(&request);
    let response = judge(&mut typed, &answer, &mut answer.meta(&QuotaHeaders::default()))?;
    Ok(response.with_data(typed.into_data()))
}

fn kind(status: u16, headers: &[(&'static str, &str)], body: &str) -> ErrorKind {
    judged(status, headers, body).unwrap_err().kind()
}

#[test]
fn data_comes_with_what_the_headers_say() {
    let headers = [
        ("api-version", "2026-10"),
        ("ratelimit", "\"minuteRate\";r=9;t=1"),
        ("idempotency-replayed", "true"),
    ];
    let body = r#"{"data":{"me":{"name":"Ada"}},"extensions":{"request_id":"r-1"},"account_id":7}"#;
    let response = judged(200, &headers, body).unwrap();
    assert!(response.data.unwrap().me.is_some());
    assert_eq!(response.meta.api_version.as_deref(), Some("2026-10"));
    assert_eq!(response.meta.request_id.as_deref(), Some("r-1"));
    assert_eq!((response.meta.account_id, response.meta.replayed), (Some(7), true));
    assert_eq!(response.meta.quota.budget("minuteRate").unwrap().remaining, Some(9));
}

#[test]
fn partial_data_is_an_answer_with_its_errors() {
    let body = r#"{"data":{"me":{"name":"Ada"}},"errors":[{"message":"no","extensions":{"code":"X"}}]}"#;
    let response = judged(200, &[], body).unwrap();
    assert!(response.is_partial() && response.data.is_some());
    let unfit = judged(200, &[], r#"{"data":{"me":7},"errors":[{"message":"no"}]}"#).unwrap();
    assert_eq!(unfit.undecoded_data.unwrap().get(), r#"{"me":7}"#);
}

#[test]
fn errors_without_data_are_an_error_of_their_kind() {
    for data in ["null", "[]", r#"{"me":null}"#] {
        let body = format!(
            r#"{{"data":{data},"errors":[{{"message":"a"}},{{"message":"b","extensions":{{"code":"CursorException"}}}}]}}"#
        );
        let error = judged(200, &[], &body).unwrap_err();
        assert_eq!((error.kind(), error.api_errors().len()), (ErrorKind::CursorExpired, 2));
    }
    let legacy =
        r#"{"error_code":"ColumnValueException","status_code":200,"error_message":"bad","errors":["bad"]}"#;
    assert_eq!(kind(200, &[], legacy), ErrorKind::ColumnValue);
    assert_eq!(kind(400, &[], r#"{"error":"invalid_request"}"#), ErrorKind::BadRequest);
}

#[test]
fn bodies_that_are_no_json_are_judged_by_their_status() {
    let html = [("content-type", "text/html; charset=utf-8")];
    assert_eq!(kind(504, &html, "<html>"), ErrorKind::Server);
    assert_eq!(kind(502, &[], "Bad Gateway"), ErrorKind::Server);
    assert_eq!(kind(200, &html, "<html>Sign in</html>"), ErrorKind::UnexpectedContent);
    assert_eq!(kind(401, &[], ""), ErrorKind::Unauthorized);
    assert_eq!(kind(407, &[], ""), ErrorKind::ProxyAuth);
    assert_eq!(kind(307, &[("location", "https://evil.example")], ""), ErrorKind::Redirected);
    assert_eq!(kind(200, &[], ""), ErrorKind::Truncated);
    assert_eq!(kind(200, &[], "{\"data\":"), ErrorKind::Truncated);
    assert_eq!(kind(200, &[], "{\"data\":{\"me\":7}}"), ErrorKind::Decode);
    assert_eq!(kind(200, &[], r#"{"data":null}"#), ErrorKind::NoData);
}

#[test]
fn a_status_that_says_no_is_believed_whatever_the_data() {
    assert_eq!(kind(503, &[], r#"{"data":{"me":null}}"#), ErrorKind::Server);
    assert_eq!(kind(429, &[], r#"{"data":{"me":{"name":"Ada"}}}"#), ErrorKind::RateLimited);
}

#[test]
fn data_that_does_not_fit_keeps_its_request_id() {
    let error = judged(200, &[], r#"{"data":{"me":7},"extensions":{"request_id":"r-9"}}"#).unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r-9")));
}

#[test]
fn json_under_another_content_type_is_taken() {
    assert!(judged(200, &[("content-type", "text/plain")], r#"{"data":{"me":null}}"#).is_ok());
}

#[test]
fn the_longest_wait_named_anywhere_counts() {
    let body = r#"{"errors":[{"message":"m","extensions":{"code":"COMPLEXITY_BUDGET_EXHAUSTED","retry_in_seconds":9}}]}"#;
    let wait = |headers: &[(&'static str, &str)]| judged(429, headers, body).unwrap_err().retry_after();
    assert_eq!(wait(&[]), Some(Duration::from_secs(9)));
    assert_eq!(wait(&[("retry-after", "12")]), Some(Duration::from_secs(12)));
    assert_eq!(wait(&[("retry-after", "soon")]), Some(Duration::from_secs(9)));
}
