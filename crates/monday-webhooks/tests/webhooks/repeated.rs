//! Deliveries that come again, in another order, from another account or subscription.

use std::collections::HashMap;
use std::time::SystemTime;

use monday_webhooks::{BoardChange, BoardReceiver, Handled, Received, SeenWebhooks};
use serde_json::{Value, json};

use crate::support::{
    SIGNING_SECRET, claims, delivered, fixture, hs256, is_new, receive, receiver, signed, token, with,
};

const REPEATED: Received = Received::Handled(Handled::Repeated);

/// Delivered under this token, and done if it is new.
async fn is_new_from(receiver: &BoardReceiver, authorization: Option<&str>, body: &Value) -> bool {
    let outcome = receive(receiver, authorization, body.to_string().as_bytes()).await.unwrap();
    let Some(delivery) = outcome.event() else { return false };
    receiver.done(&delivery).await.unwrap() == Handled::Done
}

#[tokio::test]
async fn a_repeated_event_is_told_and_answered_with_200() {
    let receiver = receiver();
    assert!(is_new(&receiver, &fixture("board", "create_item")).await);
    for _ in 0..30 {
        // monday signs each delivery anew.
        let again = delivered(&receiver, &with("create_item", &json!({"isRetry": true}))).await;
        assert_eq!(again, REPEATED);
        let Received::Handled(handled) = again else { panic!() };
        assert_eq!((handled.reply().status, handled.reply().body.as_str()), (200, ""));
    }
    assert!(is_new(&receiver, &with("create_item", &json!({"triggerUuid": "another"}))).await);
}

#[tokio::test]
async fn a_replayed_request_is_a_repeated_one() {
    let (receiver, token, body) = (receiver(), token(), fixture("board", "delete_update"));
    assert!(is_new_from(&receiver, Some(&token), &body).await);
    assert_eq!(receive(&receiver, Some(&token), body.to_string().as_bytes()).await.unwrap(), REPEATED);
}

#[tokio::test]
async fn an_event_without_an_id_or_with_an_endless_one_is_always_new() {
    let receiver = receiver();
    for uuid in [json!(null), json!(""), json!(7), json!("x".repeat(256))] {
        let body = with("create_item", &json!({"triggerUuid": uuid}));
        for _ in 0..2 {
            let delivery = delivered(&receiver, &body).await.event().unwrap();
            assert_eq!(delivery.event.trigger_uuid, None);
            assert_eq!(receiver.done(&delivery).await, Ok(Handled::Done));
            receiver.release(&delivery).await.unwrap();
        }
    }
    let longest = with("create_item", &json!({"triggerUuid": "x".repeat(255)}));
    assert!(is_new(&receiver, &longest).await && !is_new(&receiver, &longest).await);
}

#[tokio::test]
async fn one_account_or_a_stranger_cannot_make_anothers_event_look_seen() {
    let receiver = receiver().allow_unsigned();
    let body = fixture("board", "create_item");
    let mut other = claims();
    other["accountId"] = 1.into();
    let other = signed(&hs256(), &other, SIGNING_SECRET);
    for authorization in [None, Some(other.as_str()), Some(token().as_str())] {
        assert!(is_new_from(&receiver, authorization, &body).await);
        assert!(!is_new_from(&receiver, authorization, &body).await);
    }
}

#[tokio::test]
async fn what_two_subscriptions_hear_of_one_event_are_two() {
    for (receiver, authorization) in [(receiver(), Some(token())), (BoardReceiver::unsigned_only(), None)] {
        let heard = |subscription: Value| with("create_item", &json!({"subscriptionId": subscription}));
        for body in [heard(json!(1)), heard(json!(2)), heard(json!(null))] {
            assert!(is_new_from(&receiver, authorization.as_deref(), &body).await, "{body}");
            assert!(!is_new_from(&receiver, authorization.as_deref(), &body).await, "{body}");
        }
    }
}

#[tokio::test]
async fn strangers_cannot_have_signed_events_forgotten() {
    let receiver = receiver().memory(SeenWebhooks::with_capacity(10)).allow_unsigned();
    let (signed, body) = (token(), fixture("board", "create_item"));
    assert!(is_new_from(&receiver, Some(&signed), &body).await);
    for id in 0..30 {
        let body = with("create_item", &json!({"triggerUuid": format!("stranger-{id}")}));
        assert!(is_new_from(&receiver, None, &body).await);
    }
    assert!(!is_new_from(&receiver, Some(&signed), &body).await, "it is known still");

    let receiver = receiver.memory_of_unsigned(SeenWebhooks::with_capacity(1));
    let of = |uuid: &str| with("create_item", &json!({"triggerUuid": uuid}));
    assert!(is_new_from(&receiver, None, &of("a")).await && is_new_from(&receiver, None, &of("b")).await);
    assert!(is_new_from(&receiver, None, &of("a")).await, "that memory has room for one");
}

#[tokio::test]
async fn changes_in_the_wrong_order_are_put_right_by_their_moment() {
    let change = |label: &str, at: f64, uuid: &str| {
        with(
            "change_status_column_value",
            &json!({"value": {"label": label}, "changedAt": at, "triggerUuid": uuid}),
        )
    };
    // Within one millisecond, and the last one first.
    let deliveries = [
        change("Done", 1_772_614_993.712_963, "c"),
        change("Stuck", 1_772_614_993.712_201, "a"),
        change("Stuck", 1_772_614_993.712_201, "a"),
        change("Working", 1_772_614_993.712_7, "b"),
    ];
    let receiver = receiver();
    let mut seen = Vec::new();
    let mut newest: HashMap<_, (SystemTime, Value)> = HashMap::new();
    for body in &deliveries {
        let Some(delivery) = delivered(&receiver, body).await.event() else { continue };
        receiver.done(&delivery).await.unwrap();
        let at = delivery.event.happened_at().unwrap();
        let BoardChange::ColumnChanged(change) = delivery.event.change else { panic!() };
        let label = change.value.unwrap().0["label"].clone();
        seen.push(label.clone());
        let entry = newest.entry((change.item_id, change.column_id)).or_insert((at, label.clone()));
        if at > entry.0 {
            *entry = (at, label);
        }
    }
    assert_eq!(seen, ["Done", "Stuck", "Working"], "none is held back and none comes twice");
    assert_eq!(newest.into_values().map(|(_, label)| label).collect::<Vec<_>>(), ["Done"]);
}

#[tokio::test]
async fn the_memory_holds_no_more_than_it_was_given_room_for() {
    let receiver = receiver().memory(SeenWebhooks::with_capacity(10));
    let body = |id: u32| with("create_item", &json!({"triggerUuid": id.to_string()}));
    for id in 0..30 {
        assert!(is_new(&receiver, &body(id)).await);
    }
    assert!(!is_new(&receiver, &body(29)).await && !is_new(&receiver, &body(20)).await);
    assert!(is_new(&receiver, &body(0)).await, "the oldest was forgotten");
}
