//! An endpoint on loopback that answers the challenge and keeps every event.
//!
//! Must not know: what is tested.

use std::net::Ipv4Addr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::desk::Desk;

pub(crate) struct Endpoint {
    pub(crate) url: String,
    /// The status that events are answered with.
    pub(crate) status: Arc<AtomicU16>,
    events: UnboundedReceiver<Event>,
}

/// A delivery: its event, and whether it was signed.
#[derive(Debug)]
pub(crate) struct Event {
    pub(crate) event: Value,
    pub(crate) is_signed: bool,
}

type Kept = (Arc<AtomicU16>, UnboundedSender<Event>);

async fn take(State((status, events)): State<Kept>, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let json: Value = serde_json::from_slice(&body).unwrap();
    if json.get("challenge").is_some() {
        return (StatusCode::OK, json.to_string());
    }
    // Before the event is seen: whoever has seen it knows how it was answered.
    let status = StatusCode::from_u16(status.load(Ordering::SeqCst)).unwrap();
    let event = Event { event: json["event"].clone(), is_signed: headers.contains_key("authorization") };
    events.send(event).unwrap();
    (status, String::new())
}

impl Endpoint {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let url = format!("http://{}/hook?of=mine", listener.local_addr().unwrap());
        let (sender, events) = unbounded_channel();
        let status = Arc::new(AtomicU16::new(200));
        let router = axum::Router::new()
            .route("/hook", post(take))
            .route("/deaf", post(|| async { "{\"challenge\":\"another\"}" }))
            .with_state((Arc::clone(&status), sender));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { url, status, events }
    }

    /// The next event that comes in.
    pub(crate) async fn next(&mut self) -> Event {
        tokio::time::timeout(Duration::from_secs(20), self.events.recv())
            .await
            .expect("no event came")
            .unwrap()
    }

    /// How many have come that nobody has asked for.
    pub(crate) fn unseen(&mut self) -> usize {
        std::iter::from_fn(|| self.events.try_recv().ok()).count()
    }

    /// Whether there has come none. Ask after a later event has come to another endpoint.
    pub(crate) fn is_silent(&mut self) -> bool {
        self.events.try_recv().is_err()
    }
}

pub(crate) async fn subscribe(desk: &Desk, url: &str, event: &str, config: Value) -> Value {
    subscribe_as(desk, desk.sandbox.personal_token(), url, event, config).await
}

pub(crate) async fn subscribe_as(desk: &Desk, token: &str, url: &str, event: &str, config: Value) -> Value {
    let query = "mutation($b: ID!, $u: String!, $e: WebhookEventType!, $c: JSON) {
        create_webhook(board_id: $b, url: $u, event: $e, config: $c) { id board_id event config } }";
    let config = if config.is_null() { config } else { json!(config.to_string()) };
    desk.ask_as(token, query, json!({"b": desk.board, "u": url, "e": event, "c": config})).await
}
