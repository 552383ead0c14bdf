//! Answers that no honest API gives.
//!
//! Must not know: how an answer is read.

use std::time::{Duration, Instant};

use monday_sdk::queries::{CreateItem, GetVersion, Me, NextItemsPage};
use monday_sdk::{Client, CredentialKind, ErrorKind, ServedVersion};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, ResponseTemplate};

use crate::support::{TOKEN, client, client_for, json, received, server};

#[tokio::test]
async fn a_redirect_to_another_origin_carries_neither_credential_nor_body() {
    let evil = MockServer::start().await;
    Mock::given(any()).respond_with(json(r#"{"data":{"me":null}}"#)).mount(&evil).await;
    let port = evil.address().port();
    let targets = [
        format!("{}/v2", evil.uri()),
        format!("//127.0.0.1:{port}/v2"),
        format!("http://localhost:{port}/v2"),
    ];
    for status in [301, 302, 303, 307, 308] {
        for target in &targets {
            let answer = ResponseTemplate::new(status).insert_header("location", target.as_str());
            let (server, client) = server(answer).await;
            let error = client.execute(Me).await.unwrap_err();
            assert_eq!((error.kind(), error.status()), (ErrorKind::Redirected, Some(status)));
            assert!(!format!("{error} {error:?}").contains(&port.to_string()), "the target is not quoted");
            assert_eq!(received(&server).await.len(), 1, "a redirect is not tried again");
        }
    }
    assert_eq!(received(&evil).await.len(), 0);
}

#[tokio::test]
async fn a_credential_for_another_server_is_not_sent() {
    let (server, _) = server(json(r#"{"data":{"me":null}}"#)).await;
    let endpoint = monday_sdk::Endpoint::loopback(&format!("{}/v2", server.uri())).unwrap();
    let for_monday = monday_sdk::Credential::personal_token(TOKEN).unwrap();
    let client = Client::builder().endpoint(endpoint).credential(for_monday).build().unwrap();
    let error = client.execute(Me).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Credential);
    assert!(error.advice().contains("for_audience"));
    assert_eq!(received(&server).await.len(), 0);
}

/// The environment is a process's own, so another process has the token.
#[tokio::test]
async fn a_token_of_the_environment_is_for_monday_alone() {
    let (server, _) = server(json(r#"{"data":{"me":null}}"#)).await;
    let child = tokio::process::Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "hostile_answers::in_a_process_with_a_token_in_its_environment",
            "--ignored",
            "--nocapture",
        ])
        .env("MONDAY_API_TOKEN", TOKEN)
        .env("ELSEWHERE", format!("{}/v2", server.uri()))
        .output()
        .await
        .unwrap();
    let output = String::from_utf8_lossy(&child.stdout);
    assert!(child.status.success() && output.contains("refused: WrongAudience"), "{output}");
    assert_eq!(received(&server).await.len(), 0);
}

#[tokio::test]
#[ignore = "started by the test above"]
#[expect(clippy::disallowed_methods, reason = "the parent's message")]
async fn in_a_process_with_a_token_in_its_environment() {
    let Ok(url) = std::env::var("ELSEWHERE") else { return };
    let endpoint = monday_sdk::Endpoint::loopback(&url).unwrap();
    let client = Client::builder().endpoint(endpoint).build().unwrap();
    let error = client.execute(Me).await.unwrap_err();
    let source = std::error::Error::source(&error).unwrap();
    println!("refused: {source:?}");
}

#[tokio::test]
async fn a_body_over_the_cap_is_given_up_whether_it_says_its_size_or_not() {
    let large = format!(r#"{{"data":{{"me":null}},"pad":"{}"}}"#, "x".repeat(100_000));
    let (server, _) = server(json(&large)).await;
    let url = format!("{}/v2", server.uri());
    let capped =
        client_for(&url, CredentialKind::PersonalToken, TOKEN).max_response_bytes(50_000).build().unwrap();
    assert_eq!(capped.execute(Me).await.unwrap_err().kind(), ErrorKind::ResponseTooLarge);
    assert_eq!(received(&server).await.len(), 1, "too large is not tried again");

    let chunked = [
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n",
        "186a0\r\n",
        &"x".repeat(100_000),
        "\r\n0\r\n\r\n",
    ]
    .concat();
    let url = raw_server(chunked, Duration::ZERO).await;
    let capped =
        client_for(&url, CredentialKind::PersonalToken, TOKEN).max_response_bytes(50_000).build().unwrap();
    assert_eq!(capped.execute(Me).await.unwrap_err().kind(), ErrorKind::ResponseTooLarge);
}

#[tokio::test]
async fn a_body_that_drips_ends_at_the_deadline() {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n";
    let url = raw_server(format!("{head}{}", " ".repeat(1_000)), Duration::from_millis(20)).await;
    let client = client_for(&url, CredentialKind::PersonalToken, TOKEN);
    let client = client.deadline(Duration::from_millis(600)).build().unwrap();
    let start = Instant::now();
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::Timeout);
    assert!(start.elapsed() < Duration::from_secs(2));
}

#[tokio::test]
async fn a_broken_encoding_is_no_broken_connection() {
    let answer = json("{\"data\":{\"me\":null}}").insert_header("content-encoding", "gzip");
    let (server, client) = server(answer).await;
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(received(&server).await.len(), 1, "it would be broken again");
}

#[tokio::test]
async fn a_cut_answer_is_tried_again_and_told_apart_from_a_strange_one() {
    let body =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\nconnection: close\r\n\r\n{\"data\":{\"me\":";
    let url = raw_server(body.to_owned(), Duration::ZERO).await;
    assert_eq!(client(&url).execute(Me).await.unwrap_err().kind(), ErrorKind::Truncated);
    let (server, client) = server(json(r#"{"data":{"me":7}}"#)).await;
    assert_eq!(client.execute(Me).await.unwrap_err().kind(), ErrorKind::Decode);
    assert_eq!(received(&server).await.len(), 1);
}

#[tokio::test]
async fn another_version_than_asked_for_fails_when_told_to() {
    let answer = json(r#"{"data":{"me":null}}"#).insert_header("api-version", "2026-07");
    let (server, client) = server(answer).await;
    assert!(client.execute(Me).await.is_ok(), "a warning is the default");
    let url = format!("{}/v2", server.uri());
    let strict = client_for(&url, CredentialKind::PersonalToken, TOKEN)
        .served_version(ServedVersion::Fail)
        .build()
        .unwrap();
    assert_eq!(strict.execute(Me).await.unwrap_err().kind(), ErrorKind::VersionMismatch);
}

#[tokio::test]
async fn a_cursor_that_leads_to_itself_ends_the_stream_with_an_error() {
    use futures_util::TryStreamExt as _;
    let (server, client) = server(json(r#"{"data":{"next_items_page":{"cursor":"same","items":[]}}}"#)).await;
    let first = NextItemsPage::new("first").limit(1);
    let error = client.pages(first).try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn a_refused_mutation_is_a_typed_error_with_what_it_is_about() {
    let body = r#"{"data":{"create_item":null},"errors":[{"message":"bad","path":["create_item"],
      "extensions":{"code":"ColumnValueException","error_data":{"column_id":"status"}}}],
      "extensions":{"request_id":"r-7"}}"#;
    let (server, client) = server(json(body)).await;
    let create = CreateItem::new("1", "x");
    let error = client.execute(&create).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.operation(), error.request_id()),
        (ErrorKind::ColumnValue, "CreateItem", Some("r-7"))
    );
    assert_eq!(error.api_errors()[0].error_data().unwrap()["column_id"], "status");
    assert_eq!(client.send(&create).await.unwrap_err().kind(), ErrorKind::ColumnValue, "null is no data");
    assert_eq!(received(&server).await.len(), 2);
}

#[tokio::test]
async fn partial_data_is_an_error_for_execute_and_there_for_send() {
    let body = r#"{"data":{"version":{"kind":"current","value":"2026-10","display_name":"d"},"versions":null},
      "errors":[{"message":"slow","path":["versions"],"extensions":{"code":"FIELD_LIMIT_EXCEEDED","retry_in_seconds":15}}]}"#;
    let (server, client) = server(json(body)).await;
    let error = client.execute(GetVersion).await.unwrap_err();
    assert_eq!((error.kind(), error.retry_after()), (ErrorKind::RateLimited, Some(Duration::from_secs(15))));
    assert!(!error.is_retryable() && error.to_string().contains("`send` gives it"));
    let response = client.send(GetVersion).await.unwrap();
    assert!(response.is_partial());
    assert_eq!(response.data.unwrap().version.value, "2026-10");
    assert_eq!(received(&server).await.len(), 2, "an answer with data is not tried again");
}

/// A server that answers every connection with this and closes; with a pause after each byte of the body, if
/// any.
async fn raw_server(answer: String, pause: Duration) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v2", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((mut socket, _)) = listener.accept().await {
            let answer = answer.clone();
            tokio::spawn(async move {
                let mut request = [0; 4096];
                let _ = socket.read(&mut request).await;
                let head = answer.find("\r\n\r\n").map_or(answer.len(), |end| end + 4);
                let (head, body) =
                    answer.as_bytes().split_at(if pause.is_zero() { answer.len() } else { head });
                let _ = socket.write_all(head).await;
                for byte in body {
                    tokio::time::sleep(pause).await;
                    if socket.write_all(&[*byte]).await.is_err() {
                        return;
                    }
                }
            });
        }
    });
    url
}
