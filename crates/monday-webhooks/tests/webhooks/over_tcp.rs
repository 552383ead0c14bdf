//! The example's server, asked over TCP as monday asks.

use std::net::SocketAddr;
use std::time::Duration;

use monday_webhooks::{BoardDelivery, BoardReceiver};
use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::time::timeout;

use crate::server;
use crate::support::{fixture, receiver, signed, token, with};

const PATIENCE: Duration = Duration::from_mins(1);

async fn serve(receiver: BoardReceiver, room: usize) -> (SocketAddr, mpsc::Receiver<BoardDelivery>) {
    let (queue, events) = mpsc::channel(room);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, server::router(receiver, queue)).await });
    (address, events)
}

/// The head and the body of the answer.
async fn ask(address: SocketAddr, method: &str, authorization: Option<&str>, body: &str) -> (String, String) {
    let signature = authorization.map(|token| format!("Authorization: {token}\r\n")).unwrap_or_default();
    let head = format!(
        "{method} {} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\nContent-Type: application/json\r\n\
         {signature}Content-Length: {}\r\n\r\n",
        server::PATH,
        body.len(),
    );
    let exchange = async {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        // A server that refuses may hang up before it has read all.
        let _ = stream.write_all(body.as_bytes()).await;
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        while let Ok(count @ 1..) = stream.read(&mut buffer).await {
            answer.extend_from_slice(&buffer[..count]);
        }
        String::from_utf8(answer).unwrap()
    };
    let answer = timeout(PATIENCE, exchange).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_ascii_lowercase(), body.to_owned())
}

fn status(head: &str) -> &str {
    head.split(' ').nth(1).unwrap()
}

#[tokio::test]
async fn the_example_answers_the_challenge_and_hands_on_each_event_once() {
    let (address, mut events) = serve(receiver(), 8).await;
    let (head, body) = ask(address, "POST", None, r#"{ "challenge" : "c-1" }"#).await;
    assert_eq!((status(&head), body.as_str()), ("200", r#"{"challenge":"c-1"}"#));
    assert!(head.contains("content-type: application/json"));

    let event = fixture("board", "change_column_value").to_string();
    for _ in 0..3 {
        let (head, body) = ask(address, "POST", Some(&token()), &event).await;
        assert_eq!((status(&head), body.as_str()), ("200", ""));
    }
    let delivery = timeout(PATIENCE, events.recv()).await.unwrap().unwrap();
    assert_eq!(delivery.event.raw().0, fixture("board", "change_column_value")["event"]);
    assert!(events.try_recv().is_err(), "the other two were repeated");
}

#[tokio::test]
async fn the_example_refuses_what_is_not_mondays() {
    let (address, mut events) = serve(receiver(), 8).await;
    let event = fixture("board", "create_item").to_string();
    let forged = signed(&json!({"alg": "HS256"}), &crate::support::claims(), "another-signing-secret-02");
    for (method, authorization, body, expected) in [
        ("POST", None, event.as_str(), "401"),
        ("POST", Some(forged.as_str()), &event, "401"),
        ("POST", Some(&token()), "not json", "400"),
        ("PUT", Some(&token()), &event, "405"),
        ("GET", None, "", "405"),
    ] {
        let (head, body) = ask(address, method, authorization, body).await;
        assert_eq!((status(&head), body.as_str()), (expected, ""), "{method}");
        assert_eq!(head.contains("allow: post"), expected == "405");
    }
    let (head, _) = ask(address, "POST", Some(&token()), &" ".repeat(1024 * 1024 + 1)).await;
    assert_eq!(status(&head), "413");
    assert!(events.try_recv().is_err());
}

#[tokio::test]
async fn an_event_for_which_the_queue_has_no_room_is_not_lost() {
    let (address, mut events) = serve(receiver(), 1).await;
    let event = |uuid: &str| with("create_item", &json!({"triggerUuid": uuid})).to_string();
    assert_eq!(status(&ask(address, "POST", Some(&token()), &event("a")).await.0), "200");
    assert_eq!(status(&ask(address, "POST", Some(&token()), &event("b")).await.0), "503");
    let first = timeout(PATIENCE, events.recv()).await.unwrap().unwrap();
    assert_eq!(first.event.trigger_uuid.as_deref(), Some("a"));
    // monday tries again, and now it is taken for new.
    assert_eq!(status(&ask(address, "POST", Some(&token()), &event("b")).await.0), "200");
    let second = timeout(PATIENCE, events.recv()).await.unwrap().unwrap();
    assert_eq!(second.event.trigger_uuid.as_deref(), Some("b"));
}
