//! A memory that machines share, and that may break before, within or after each step.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use monday_webhooks::auth::BoxFuture;
use monday_webhooks::{
    BoardDelivery, BoardReceiver, EventMemory, Handled, MemoryFault, Received, Refusal, SeenWebhooks,
    WebhookClaim,
};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::support::{ACCOUNT, delivered, fixture, post, receiver, token, with};

#[derive(Clone, Copy, Default, PartialEq)]
enum Breaks {
    #[default]
    Not,
    Before,
    /// What was asked for is done, and the answer is late.
    After,
}

/// What several machines share. A claim has an end, and what is done has none here.
#[derive(Clone, Default)]
struct Shared {
    keys: Arc<Mutex<HashMap<String, Option<Instant>>>>,
    breaks: Arc<Mutex<Breaks>>,
}

impl Shared {
    fn keys(&self) -> Vec<String> {
        self.keys.lock().unwrap().keys().cloned().collect()
    }

    fn breaks(&self, breaks: Breaks) {
        *self.breaks.lock().unwrap() = breaks;
    }

    async fn step<T>(
        &self,
        step: impl FnOnce(&mut HashMap<String, Option<Instant>>) -> T,
    ) -> Result<T, MemoryFault> {
        tokio::task::yield_now().await;
        let breaks = *self.breaks.lock().unwrap();
        if breaks == Breaks::Before {
            return Err(MemoryFault);
        }
        let done = step(&mut self.keys.lock().unwrap());
        if breaks == Breaks::After { Err(MemoryFault) } else { Ok(done) }
    }
}

impl EventMemory for Shared {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, Result<WebhookClaim, MemoryFault>> {
        let claim = move |keys: &mut HashMap<String, Option<Instant>>| match keys.get(key) {
            Some(None) => WebhookClaim::Done,
            Some(Some(end)) if Instant::now() < *end => WebhookClaim::InFlight,
            _ => {
                keys.insert(key.to_owned(), Some(Instant::now() + lease));
                WebhookClaim::New
            }
        };
        Box::pin(self.step(claim))
    }

    fn done<'a>(&'a self, key: &'a str, life: Duration) -> BoxFuture<'a, Result<(), MemoryFault>> {
        assert_eq!(life, SeenWebhooks::LIFE);
        Box::pin(self.step(move |keys| {
            keys.insert(key.to_owned(), None);
        }))
    }

    fn release<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
        Box::pin(self.step(move |keys| {
            if keys.get(key).is_some_and(Option::is_some) {
                keys.remove(key);
            }
        }))
    }
}

async fn handle(receiver: &BoardReceiver, body: &Value, outcome: Result<(), ()>) -> Result<Handled, Refusal> {
    let (token, body) = (token(), body.to_string());
    receiver.handle(&post(Some(&token), body.as_bytes()), async |_: BoardDelivery| outcome).await
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
            tasks.push(tokio::spawn(async move { handle(&machine, &body, Ok(())).await }));
        }
    }
    let mut given = 0;
    for task in tasks {
        let outcome = task.await.unwrap();
        let is_other = matches!(outcome, Ok(Handled::Repeated) | Err(Refusal::InFlight));
        assert!(outcome == Ok(Handled::Done) || is_other, "{outcome:?}");
        given += usize::from(outcome == Ok(Handled::Done));
    }
    assert_eq!(given, 50);
    let longest = shared.keys().into_iter().map(|key| key.len()).max().unwrap();
    assert!(longest <= 300 && shared.keys().contains(&format!("{ACCOUNT}/410000007/t7")));
}

#[tokio::test]
async fn the_longest_key_is_within_what_memories_are_promised() {
    let shared = Shared::default();
    let receiver = receiver().memory(shared.clone());
    let body = json!({"triggerUuid": "x".repeat(255), "subscriptionId": u64::MAX});
    assert_eq!(handle(&receiver, &with("create_item", &body), Ok(())).await, Ok(Handled::Done));
    assert!(shared.keys()[0].len() > 275 && shared.keys()[0].len() <= 300);
}

#[tokio::test(start_paused = true)]
async fn an_event_is_not_lost_where_the_memory_breaks_before_or_after_any_step() {
    let lease = Duration::from_secs(50);
    for breaks in [Breaks::Before, Breaks::After] {
        let (shared, event) = (Shared::default(), fixture("board", "create_item"));
        let receiver = receiver().memory(shared.clone());

        // At the claim: it is not acted on, and monday's next try is.
        shared.breaks(breaks);
        let refusal = handle(&receiver, &event, Ok(())).await.unwrap_err();
        assert_eq!((refusal, refusal.reply().status), (Refusal::NoMemory(MemoryFault), 503));
        shared.breaks(Breaks::Not);
        tokio::time::advance(lease).await;
        let delivery = match delivered(&receiver, &event).await {
            Received::Event(delivery) => delivery,
            other => panic!("{other:?}"),
        };

        // When it is given back: nobody has it for ever.
        shared.breaks(breaks);
        assert_eq!(receiver.release(&delivery).await, Err(MemoryFault));
        shared.breaks(Breaks::Not);
        tokio::time::advance(lease).await;
        let delivery = delivered(&receiver, &event).await.event().unwrap();

        // When it is done: whoever asked for 200 is told 503, and it comes once more at most.
        shared.breaks(breaks);
        assert_eq!(receiver.done(&delivery).await, Err(Refusal::NoMemory(MemoryFault)));
        shared.breaks(Breaks::Not);
        tokio::time::advance(lease).await;
        let expected = if breaks == Breaks::Before { Handled::Done } else { Handled::Repeated };
        assert_eq!(handle(&receiver, &event, Ok(())).await, Ok(expected));
    }
}

#[tokio::test]
async fn work_that_fails_beside_a_broken_memory_is_told_as_failed() {
    let (shared, event) = (Shared::default(), fixture("board", "create_item"));
    let receiver = receiver().memory(shared.clone()).lease(Duration::ZERO);
    let (token, body) = (token(), event.to_string());
    let breaking = async |_: BoardDelivery| {
        shared.breaks(Breaks::Before);
        Err::<(), ()>(())
    };
    let outcome = receiver.handle(&post(Some(&token), body.as_bytes()), breaking).await;
    assert_eq!(outcome, Err(Refusal::NotDone));
    shared.breaks(Breaks::Not);
    assert_eq!(handle(&receiver, &event, Ok(())).await, Ok(Handled::Done));
}
