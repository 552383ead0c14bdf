//! A server for the webhooks of boards, on axum: it answers the challenge, verifies, and hands each event to
//! a worker once.
//!
//! `cargo run -p monday-webhooks --example webhook_server` prints its address. Behind a tunnel or a proxy
//! with TLS, give it what it needs to verify: `MONDAY_SIGNING_SECRET`, the app's Signing Secret, and
//! `WEBHOOK_URL`, the `url` given to `create_webhook`. Without these it takes unsigned webhooks, which is for
//! trying out. `PORT` chooses the port.

use std::error::Error;

use monday_webhooks::auth::{Secret, SigningSecret};
use monday_webhooks::{BoardChange, BoardDelivery, BoardReceiver};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

mod server;

/// As many events may wait for the worker; monday sends those beyond again.
const QUEUE: usize = 1024;

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let receiver = match (variable("MONDAY_SIGNING_SECRET"), variable("WEBHOOK_URL")) {
        (Some(secret), Some(url)) => BoardReceiver::new(url, SigningSecret::new(Secret::new(secret))?),
        (None, None) => {
            println!("MONDAY_SIGNING_SECRET and WEBHOOK_URL are not set: whoever asks is believed");
            BoardReceiver::unsigned_only()
        }
        _ => return Err("MONDAY_SIGNING_SECRET and WEBHOOK_URL belong together".into()),
    };
    let (queue, events) = mpsc::channel(QUEUE);
    tokio::spawn(work(events));

    let port = variable("PORT").map_or(Ok(0), |port| port.parse())?;
    let listener = TcpListener::bind(("127.0.0.1", port)).await?;
    println!("listening on http://{}{}", listener.local_addr()?, server::PATH);
    axum::serve(listener, server::router(receiver, queue)).await?;
    Ok(())
}

/// Here an app does its work, at its own pace.
async fn work(mut events: mpsc::Receiver<BoardDelivery>) {
    while let Some(BoardDelivery { event, sender, .. }) = events.recv().await {
        let by = sender.map_or("somebody".to_owned(), |sender| format!("account {}", sender.account_id));
        match &event.change {
            BoardChange::ColumnChanged(change) => {
                println!("{by}: column {} of item {} changed", change.column_id, change.item_id);
            }
            _ => println!("{by}: {} of item {:?}", event.name(), event.item_id().map(ToString::to_string)),
        }
    }
}

#[expect(clippy::disallowed_methods, reason = "a program may read its environment")]
fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
