//! The one route: from axum's types to the receiver, and from its reply to axum's.
//!
//! Must not know: where secrets come from, what is done with an event.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Method, Response, StatusCode};
use axum::routing::any;
use monday_webhooks::{BoardDelivery, BoardReceiver, Incoming, Reply};
use tokio::sync::mpsc;

pub(crate) const PATH: &str = "/webhooks/boards";

struct Server {
    receiver: BoardReceiver,
    queue: mpsc::Sender<BoardDelivery>,
}

pub(crate) fn router(receiver: BoardReceiver, queue: mpsc::Sender<BoardDelivery>) -> Router {
    Router::new().route(PATH, any(boards)).with_state(Arc::new(Server { receiver, queue }))
}

async fn boards(
    State(server): State<Arc<Server>>,
    method: Method,
    headers: HeaderMap,
    body: Bytes,
) -> Response<Body> {
    // Answered once it lies in the queue. Where there is no room, monday shall send it again.
    let keep = async |delivery| server.queue.try_send(delivery);
    match server.receiver.handle(&Incoming::http(&method, &headers, &body), keep).await {
        Ok(handled) => response(handled.reply()),
        Err(refusal) => {
            eprintln!("refused: {refusal}; {}", refusal.advice());
            response(refusal.reply())
        }
    }
}

fn response(reply: Reply) -> Response<Body> {
    let mut response = Response::builder().status(reply.status);
    if let Some(content_type) = reply.content_type {
        response = response.header("content-type", content_type);
    }
    if let Some(allow) = reply.allow {
        response = response.header("allow", allow);
    }
    response.body(Body::from(reply.body)).unwrap_or_else(|_| status(StatusCode::INTERNAL_SERVER_ERROR))
}

fn status(status: StatusCode) -> Response<Body> {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    response
}
