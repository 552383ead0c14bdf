//! Events that are not taken come again.

use std::sync::atomic::Ordering;
use std::time::Duration;

use monday_sandbox::Sandbox;
use serde_json::{Value, json};

use crate::desk::Desk;
use crate::endpoint::{Endpoint, subscribe};

async fn desk() -> (Desk, Endpoint) {
    let desk = Desk::of(Sandbox::builder().webhook_interval(Duration::from_millis(20))).await;
    (desk, Endpoint::start().await)
}

#[tokio::test]
async fn an_event_comes_again_with_the_same_id_until_it_is_taken() {
    let (desk, mut endpoint) = desk().await;
    subscribe(&desk, &endpoint.url, "create_item", Value::Null).await;
    endpoint.status.store(500, Ordering::SeqCst);
    desk.create("First").await;
    let mut first = endpoint.next().await.event;
    assert_eq!(first["isRetry"], false);
    // From now on it says that it came before, and is the same beside that.
    first["isRetry"] = json!(true);
    for status in [500, 201, 204, 302] {
        assert_eq!(endpoint.next().await.event, first, "before {status}");
        endpoint.status.store(status, Ordering::SeqCst);
    }
    assert_eq!(endpoint.next().await.event, first, "none of them was 200");
    endpoint.status.store(200, Ordering::SeqCst);
    // The one before was not taken, so there is another.
    assert_eq!(endpoint.next().await.event, first);
    let second = desk.create("Second").await;
    let id = json!(second.parse::<u64>().unwrap());
    // More of the first may have been on their way before the change.
    let mut event = endpoint.next().await.event;
    while event == first {
        event = endpoint.next().await.event;
    }
    assert_eq!(event["pulseId"], id);
    assert_ne!(event["triggerUuid"], first["triggerUuid"]);
}

#[tokio::test]
async fn after_thirty_repetitions_an_event_is_given_up() {
    let desk = Desk::of(Sandbox::builder().webhook_interval(Duration::from_millis(1))).await;
    let mut endpoint = Endpoint::start().await;
    subscribe(&desk, &endpoint.url, "create_item", Value::Null).await;
    endpoint.status.store(503, Ordering::SeqCst);
    desk.create("Never").await;
    let mut first = endpoint.next().await.event;
    first["isRetry"] = json!(true);
    for _ in 0..30 {
        assert_eq!(endpoint.next().await.event, first);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    assert!(endpoint.is_silent());
}

#[tokio::test]
async fn a_deleted_webhook_is_told_nothing_more() {
    let (desk, mut endpoint) = desk().await;
    let made = subscribe(&desk, &endpoint.url, "create_item", Value::Null).await;
    endpoint.status.store(500, Ordering::SeqCst);
    desk.create("Never taken").await;
    endpoint.next().await;
    let id = &made["data"]["create_webhook"]["id"];
    desk.data("mutation($i: ID!) { delete_webhook(id: $i) { id } }", json!({"i": id})).await;
    desk.create("Unheard").await;
    tokio::time::sleep(Duration::from_millis(400)).await;
    // What was on its way is one.
    assert!(endpoint.unseen() <= 1);
}
