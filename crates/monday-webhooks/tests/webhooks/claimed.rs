//! No event is answered with 200 before it is safe, whoever fails, dies or is slow on the way.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use monday_webhooks::{BoardDelivery, BoardReceiver, Handled, Refusal};
use serde_json::{Value, json};
use tokio::sync::oneshot;

use crate::support::{delivered, fixture, is_new, post, receive, receiver, token, with};

fn event() -> Value {
    fixture("board", "create_item")
}

/// One delivery of the event to work that ends so.
async fn handle(receiver: &BoardReceiver, outcome: Result<(), &str>) -> Result<Handled, Refusal> {
    let (token, body) = (token(), event().to_string());
    receiver.handle(&post(Some(&token), body.as_bytes()), async |_: BoardDelivery| outcome).await
}

#[tokio::test]
async fn an_event_is_acted_on_until_it_succeeds_and_then_no_more() {
    let (receiver, worked) = (receiver(), AtomicUsize::new(0));
    let (token, body) = (token(), event().to_string());
    let incoming = post(Some(&token), body.as_bytes());
    let work = async |delivery: BoardDelivery| {
        assert_eq!(delivery.event.item_id().unwrap().as_str(), "1122334455");
        if worked.fetch_add(1, Ordering::Relaxed) < 2 { Err("the queue is full") } else { Ok(()) }
    };
    for _ in 0..2 {
        let refusal = receiver.handle(&incoming, work).await.unwrap_err();
        assert_eq!((refusal, refusal.reply().status), (Refusal::NotDone, 503));
    }
    assert_eq!(receiver.handle(&incoming, work).await, Ok(Handled::Done));
    assert_eq!(receiver.handle(&incoming, work).await, Ok(Handled::Repeated));
    assert_eq!(worked.into_inner(), 3);
}

#[tokio::test]
async fn a_delivery_beside_one_that_is_slow_is_asked_for_again_and_not_taken_for_repeated() {
    let receiver = receiver();
    let (token, body) = (token(), event().to_string());
    let incoming = post(Some(&token), body.as_bytes());
    let (end, ends) = oneshot::channel::<Result<(), ()>>();
    let slow = receiver.handle(&incoming, async |_: BoardDelivery| ends.await.unwrap());
    let beside = async {
        let refusal = handle(&receiver, Ok(())).await.unwrap_err();
        assert_eq!((refusal, refusal.reply().status), (Refusal::InFlight, 503));
        end.send(Err(())).unwrap();
    };
    let (slow, ()) = tokio::join!(slow, beside);
    assert_eq!(slow, Err(Refusal::NotDone));
    assert_eq!(
        handle(&receiver, Ok(())).await,
        Ok(Handled::Done),
        "the slow one failed, and this is the next"
    );
}

#[tokio::test]
async fn an_event_whose_handler_was_dropped_is_new_when_its_claim_has_run_out() {
    let receiver = receiver().lease(Duration::from_millis(200));
    let (token, body) = (token(), event().to_string());
    let incoming = post(Some(&token), body.as_bytes());
    let hung = receiver.handle(&incoming, async |_: BoardDelivery| {
        std::future::pending::<()>().await;
        Ok::<(), ()>(())
    });
    assert!(tokio::time::timeout(Duration::from_millis(1), hung).await.is_err());
    assert_eq!(handle(&receiver, Ok(())).await, Err(Refusal::InFlight));
    tokio::time::sleep(Duration::from_millis(210)).await;
    assert_eq!(handle(&receiver, Ok(())).await, Ok(Handled::Done));
}

#[tokio::test]
async fn what_was_received_is_settled_by_hand_and_what_is_done_stays_done() {
    let receiver = receiver();
    let (one, two) = (event(), fixture("board", "change_name"));
    let first = delivered(&receiver, &one).await.event().unwrap();
    assert!(is_new(&receiver, &two).await);
    let body = one.to_string();
    let beside = receive(&receiver, Some(&token()), body.as_bytes()).await;
    assert_eq!(beside, Err(Refusal::InFlight));
    receiver.release(&first).await.unwrap();
    assert!(is_new(&receiver, &one).await, "it was given back");
    receiver.release(&first).await.unwrap();
    assert!(!is_new(&receiver, &one).await && !is_new(&receiver, &two).await, "what is done stays so");
}

#[tokio::test]
async fn challenges_and_repeated_events_do_not_reach_the_work() {
    let receiver = receiver();
    assert!(is_new(&receiver, &event()).await);
    assert_eq!(handle(&receiver, Err("not called")).await, Ok(Handled::Repeated));
    let challenge = json!({"challenge": "c"}).to_string();
    let work = async |_: BoardDelivery| Err("not called");
    let handled = receiver.handle(&post(None, challenge.as_bytes()), work).await.unwrap();
    assert_eq!((handled.reply().status, handled.reply().body), (200, challenge));
    let forged = receiver.handle(&post(Some("x.y.z"), b"{}"), work).await.unwrap_err();
    assert_eq!(forged.status(), 401);
    let other = with("create_item", &json!({"triggerUuid": "other"})).to_string();
    let refusal = receiver.handle(&post(Some(&token()), other.as_bytes()), work).await;
    assert_eq!(refusal, Err(Refusal::NotDone));
}
