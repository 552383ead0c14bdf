//! Deliveries that come again, in another order, or to another machine.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::SystemTime;

use monday_webhooks::auth::BoxFuture;
use monday_webhooks::{
    BoardChange, BoardReceiver, EventMemory, MemoryFault, Received, Refusal, SeenWebhooks,
};
use serde_json::{Value, json};

use crate::support::{
    ACCOUNT, SIGNING_SECRET, claims, delivered, fixture, hs256, receive, receiver, signed, token, with,
};

#[tokio::test]
async fn a_repeated_event_is_told_and_answered_with_200() {
    let receiver = receiver();
    let body = fixture("board", "create_item");
    assert!(matches!(delivered(&receiver, &body).await, Received::Event(_)));
    for _ in 0..30 {
        // monday signs each delivery anew.
        let again = delivered(&receiver, &with("create_item", &json!({"isRetry": true}))).await;
        assert_eq!(again, Received::Repeated);
        assert_eq!((again.reply().status, again.reply().body.as_str()), (200, ""));
    }
    let other = with("create_item", &json!({"triggerUuid": "another"}));
    assert!(matches!(delivered(&receiver, &other).await, Received::Event(_)));
}

#[tokio::test]
async fn a_replayed_request_is_a_repeated_one() {
    let (receiver, token, body) = (receiver(), token(), fixture("board", "delete_update").to_string());
    let first = receive(&receiver, Some(&token), body.as_bytes()).await.unwrap();
    let second = receive(&receiver, Some(&token), body.as_bytes()).await.unwrap();
    assert!(matches!(first, Received::Event(_)) && second == Received::Repeated);
}

#[tokio::test]
async fn an_event_that_could_not_be_acted_on_is_new_again_and_no_other_is() {
    let receiver = receiver();
    let (one, two) = (fixture("board", "create_item"), fixture("board", "change_name"));
    let first = delivered(&receiver, &one).await.event().unwrap();
    delivered(&receiver, &two).await.event().unwrap();
    receiver.forget(&first).await.unwrap();
    assert!(matches!(delivered(&receiver, &one).await, Received::Event(_)));
    assert_eq!(delivered(&receiver, &two).await, Received::Repeated);
}

#[tokio::test]
async fn an_event_without_an_id_or_with_an_endless_one_is_always_new() {
    let receiver = receiver();
    for uuid in [json!(null), json!(""), json!(7), json!("x".repeat(256))] {
        let body = with("create_item", &json!({"triggerUuid": uuid}));
        for _ in 0..2 {
            let delivery = delivered(&receiver, &body).await.event().unwrap();
            assert_eq!(delivery.event.trigger_uuid, None);
            receiver.forget(&delivery).await.unwrap();
        }
    }
    let longest = with("create_item", &json!({"triggerUuid": "x".repeat(255)}));
    assert!(matches!(delivered(&receiver, &longest).await, Received::Event(_)));
    assert_eq!(delivered(&receiver, &longest).await, Received::Repeated);
}

#[tokio::test]
async fn one_account_or_a_stranger_cannot_make_anothers_event_look_seen() {
    let receiver = receiver().allow_unsigned();
    let body = fixture("board", "create_item").to_string();
    let mut other = claims();
    other["accountId"] = 1.into();
    let other = signed(&hs256(), &other, SIGNING_SECRET);
    for authorization in [None, Some(other.as_str()), Some(token().as_str())] {
        let first = receive(&receiver, authorization, body.as_bytes()).await.unwrap();
        assert!(matches!(first, Received::Event(_)));
        let again = receive(&receiver, authorization, body.as_bytes()).await.unwrap();
        assert_eq!(again, Received::Repeated);
    }
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

/// What several machines share, and what may break.
#[derive(Clone, Default)]
struct Shared {
    keys: Arc<Mutex<HashSet<String>>>,
    broken: Arc<Mutex<bool>>,
}

impl Shared {
    fn keys(&self) -> Vec<String> {
        self.keys.lock().unwrap().iter().cloned().collect()
    }

    fn works(&self) -> Result<(), MemoryFault> {
        if *self.broken.lock().unwrap() { Err(MemoryFault) } else { Ok(()) }
    }
}

impl EventMemory for Shared {
    fn is_new<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, MemoryFault>> {
        Box::pin(async move {
            tokio::task::yield_now().await;
            self.works()?;
            Ok(self.keys.lock().unwrap().insert(key.to_owned()))
        })
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
        Box::pin(async move {
            self.works()?;
            self.keys.lock().unwrap().remove(key);
            Ok(())
        })
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_machines_with_one_memory_exactly_one_is_given_each_event() {
    let shared = Shared::default();
    let machines: [Arc<BoardReceiver>; 2] =
        std::array::from_fn(|_| Arc::new(receiver().memory(shared.clone())));
    let mut tasks = Vec::new();
    for id in 0..50 {
        for machine in &machines {
            let (machine, body) =
                (machine.clone(), with("create_item", &json!({"triggerUuid": format!("t{id}")})));
            tasks.push(tokio::spawn(async move {
                matches!(delivered(&machine, &body).await, Received::Event(_))
            }));
        }
    }
    let mut given = 0;
    for task in tasks {
        given += usize::from(task.await.unwrap());
    }
    assert_eq!(given, 50);
    let longest = shared.keys().into_iter().map(|key| key.len()).max().unwrap();
    assert!(longest <= 300 && shared.keys().contains(&format!("{ACCOUNT}/t7")));
}

#[tokio::test]
async fn a_memory_that_does_not_answer_is_503_and_the_next_try_is_new() {
    let shared = Shared::default();
    let receiver = receiver().memory(shared.clone());
    let body = fixture("board", "create_item").to_string();
    *shared.broken.lock().unwrap() = true;
    let refusal = receive(&receiver, Some(&token()), body.as_bytes()).await.unwrap_err();
    assert_eq!((refusal, refusal.reply().status), (Refusal::NoMemory(MemoryFault), 503));
    *shared.broken.lock().unwrap() = false;
    let delivery = receive(&receiver, Some(&token()), body.as_bytes()).await.unwrap().event().unwrap();
    *shared.broken.lock().unwrap() = true;
    assert_eq!(receiver.forget(&delivery).await, Err(MemoryFault));
}

#[tokio::test]
async fn the_memory_holds_no_more_than_it_was_given_room_for() {
    let receiver = receiver().memory(SeenWebhooks::with_capacity(10));
    let body = |id: u32| with("create_item", &json!({"triggerUuid": id.to_string()}));
    for id in 0..30 {
        assert!(matches!(delivered(&receiver, &body(id)).await, Received::Event(_)));
    }
    assert_eq!(delivered(&receiver, &body(29)).await, Received::Repeated);
    assert_eq!(delivered(&receiver, &body(20)).await, Received::Repeated);
    assert!(matches!(delivered(&receiver, &body(0)).await, Received::Event(_)), "the oldest was forgotten");
}
