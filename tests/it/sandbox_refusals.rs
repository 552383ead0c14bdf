//! What monday refuses, the sandbox refuses in monday's words; and whatever is valid it executes.
//!
//! Must not know: how the sandbox finds a fault.

use monday_sdk::core::OperationKind;
use monday_sdk::queries::Me;
use monday_sdk::{Client, CredentialKind, ErrorKind, Request};
use serde_json::{Value, json};

use crate::support::{client_for, sandbox};

async fn post(url: &str, headers: &[(&str, &str)], body: &str) -> (u16, Value) {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    let address = url.strip_prefix("http://").unwrap().split('/').next().unwrap();
    let mut socket = tokio::net::TcpStream::connect(address).await.unwrap();
    let mut request = format!(
        "POST /v2 HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\ncontent-length: {}\r\n",
        body.len()
    );
    for (name, value) in headers {
        request.push_str(&format!("{name}: {value}\r\n"));
    }
    socket.write_all(format!("{request}\r\n{body}").as_bytes()).await.unwrap();
    let mut answer = String::new();
    socket.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.split(' ').nth(1).unwrap().parse().unwrap(), serde_json::from_str(body).unwrap())
}

/// Headers and body sent; status, start of the message and code expected.
type Case<'a> = (&'a [(&'a str, &'a str)], &'a str, u16, &'a str, Option<&'a str>);

#[tokio::test]
async fn requests_that_monday_refuses_get_its_own_bodies() {
    let (sandbox, _) = sandbox(1).await;
    let (token, json_type) =
        (("authorization", sandbox.personal_token()), ("content-type", "application/json"));
    let me = r#"{"query":"{ me { id } }"}"#;
    let cases: [Case<'_>; 11] = [
        (&[json_type], me, 401, "Not Authenticated", Some("Unauthorized")),
        (&[json_type, ("authorization", "wrong-token")], me, 401, "Not Authenticated", Some("Unauthorized")),
        (&[token], me, 400, "Bad request", None),
        (&[token, ("content-type", "text/plain")], me, 400, "Bad request", None),
        (&[token, json_type], "{}", 400, "Bad request", None),
        (&[token, json_type], "{", 400, "JSON parse error", Some("JsonParseException")),
        (
            &[token, json_type],
            r#"{"query":"{ me { id } }","variables":"{}"}"#,
            400,
            "JSON parse error",
            Some("JsonParseException"),
        ),
        (
            &[token, json_type, ("api-version", "2023")],
            me,
            200,
            "Invalid API version",
            Some("InvalidVersionException"),
        ),
        (
            &[token, json_type],
            r#"{"query":"{ nope }"}"#,
            200,
            "type `Query` does not have a field `nope`",
            Some("undefinedField"),
        ),
        // Not that `me` wants a selection, which it has.
        (
            &[token, json_type],
            r#"{"query":"{ me { nope } }"}"#,
            200,
            "type `User` does not have a field `nope`",
            Some("undefinedField"),
        ),
        (&[token, json_type], r#"{"query":"{ me { id }"}"#, 200, "Parse error on", None),
    ];
    for (headers, body, status, message, code) in cases {
        let (got, answer) = post(&sandbox.url(), headers, body).await;
        let error = &answer["errors"][0];
        assert_eq!(got, status, "{body} {answer}");
        assert!(error["message"].as_str().unwrap().starts_with(message), "{answer}");
        assert_eq!(error["extensions"]["code"].as_str(), code, "{answer}");
        assert!(answer["extensions"]["request_id"].is_string());
    }
    let bearer = format!("Bearer {}", sandbox.oauth_token());
    assert_eq!(
        post(&sandbox.url(), &[("authorization", &bearer), json_type], me).await.1["data"]["me"]["id"],
        "501"
    );
}

#[tokio::test]
async fn each_refusal_has_its_kind_in_the_client() {
    let (sandbox, client) = sandbox(1).await;
    let wrong = client_for(&sandbox.url(), CredentialKind::PersonalToken, "wrong-token").build().unwrap();
    assert_eq!(wrong.execute(Me).await.unwrap_err().kind(), ErrorKind::Unauthorized);
    assert_eq!(run(&client, "{ nope }", json!({})).await.unwrap_err().kind(), ErrorKind::Document);
    assert_eq!(run(&client, "{ me { id }", json!({})).await.unwrap_err().kind(), ErrorKind::Document);
    let cursor = r#"{ next_items_page(cursor: "gone") { cursor } }"#;
    assert_eq!(run(&client, cursor, json!({})).await.unwrap_err().kind(), ErrorKind::CursorExpired);
    let many = "{ boards(ids: 2000000006) { items_page(limit: 501) { cursor } } }";
    let error = run(&client, many, json!({})).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::InvalidArgument);
}

#[tokio::test]
async fn operations_without_state_answer_with_data_made_from_the_schema() {
    let (_sandbox, client) = sandbox(1).await;
    let documents = [
        "{ audit_logs(limit: 2) { logs { timestamp event } pagination { __typename } } }",
        "{ departments { id name members { id name } } favorites { id } objects { id name } }",
        "{ timeline(id: 1) { timeline_items_page { cursor timeline_items { id title user { name } board { id } } } } }",
        "mutation { set_board_permission(board_id: 1) { edit_permissions } }",
        "{ sprints(ids: 1) { id name } account { plan { tier } } }",
        "{ __schema { queryType { name } } __typename }",
        "query Q($id: [ID!]) { boards(ids: $id) { id groups { id items_page(limit: 3) { items { id } } } } }",
    ];
    for document in documents {
        let data = run(&client, document, json!({"id": ["2000000006"]})).await;
        let data = data.unwrap_or_else(|error| panic!("{document}: {:?}", error.api_errors()[0].message()));
        assert!(
            data.as_object().is_some_and(|data| data.values().all(|value| !value.is_null())),
            "{document}: {data}"
        );
    }
}

async fn run(client: &Client, document: &str, variables: Value) -> Result<Value, monday_sdk::Error> {
    let request: Request<Value> =
        Request::from_document(OperationKind::Query, "", document, &variables).unwrap();
    client.execute(request).await
}
