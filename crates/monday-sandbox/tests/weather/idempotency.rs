//! Keys of mutations: answers that are kept, and duplicates that meet.

use std::time::Duration;

use monday_sandbox::Fault;

use crate::caller::{ME, ask, ask_with_key, builder, create, named, send, within};

#[tokio::test]
async fn the_same_key_gets_the_same_answer_and_nothing_is_done_twice() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "once");
        let first = ask_with_key(&sandbox, &write, "key-1").await.unwrap();
        let again = ask_with_key(&sandbox, &write, "key-1").await.unwrap();
        assert_eq!(first.header("idempotency-replayed"), None);
        assert_eq!(again.header("idempotency-replayed"), Some("true"));
        assert_eq!((first.status, &first.body), (again.status, &again.body));
        assert_eq!(named(&sandbox, "once"), 1);
        let seen = sandbox.seen();
        let counts = seen.operation("NewItem");
        assert_eq!((counts.requests, counts.done, counts.replayed), (2, 1, 1));
        assert_eq!(seen.writes("create_item"), 1);
    })
    .await;
}

#[tokio::test]
async fn another_key_no_key_or_another_credential_is_another_mutation() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "many");
        ask_with_key(&sandbox, &write, "key-1").await.unwrap();
        ask_with_key(&sandbox, &write, "key-2").await.unwrap();
        ask(&sandbox, &write).await;
        ask(&sandbox, &write).await;
        assert_eq!(named(&sandbox, "many"), 4);
        let key = "Idempotency-Key: key-1\r\n";
        let bearer = format!("Bearer {}", sandbox.oauth_token());
        send(sandbox.address(), &bearer, &write, key).await.unwrap();
        assert_eq!(named(&sandbox, "many"), 5);
        // The same token raw is the same credential.
        send(sandbox.address(), sandbox.oauth_token(), &write, key).await.unwrap();
        assert_eq!(named(&sandbox, "many"), 5);
    })
    .await;
}

#[tokio::test]
async fn a_duplicate_of_what_is_at_work_conflicts_and_is_replayed_later() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "racing");
        sandbox.faults().push(Fault::Delay(Duration::from_millis(400)));
        let duplicate = async {
            tokio::time::sleep(Duration::from_millis(100)).await;
            ask_with_key(&sandbox, &write, "key").await.unwrap()
        };
        let (first, duplicate) = tokio::join!(ask_with_key(&sandbox, &write, "key"), duplicate);
        assert_eq!(first.unwrap().status, 200);
        assert_eq!(duplicate.refusal(), (409, "IDEMPOTENCY_CONFLICT".to_owned(), Some(1), None));
        let later = ask_with_key(&sandbox, &write, "key").await.unwrap();
        assert_eq!(later.header("idempotency-replayed"), Some("true"));
        assert_eq!(named(&sandbox, "racing"), 1);
    })
    .await;
}

#[tokio::test]
async fn a_kept_answer_is_forgotten_at_the_end_of_its_life() {
    within(async {
        let sandbox = builder().idempotency_life(Duration::from_millis(200)).start().await.unwrap();
        let write = create(&sandbox, "twice");
        ask_with_key(&sandbox, &write, "key").await.unwrap();
        tokio::time::sleep(Duration::from_millis(250)).await;
        ask_with_key(&sandbox, &write, "key").await.unwrap();
        assert_eq!(named(&sandbox, "twice"), 2);
    })
    .await;
}

#[tokio::test]
async fn the_key_of_a_query_means_nothing() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        for _ in 0..2 {
            let answer = ask_with_key(&sandbox, ME, "key").await.unwrap();
            assert_eq!(answer.header("idempotency-replayed"), None);
        }
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_found_again_by_its_key_and_a_refused_one_is_done_then() {
    within(async {
        let sandbox = builder().start().await.unwrap();
        let write = create(&sandbox, "found");
        sandbox.faults().push(Fault::refuse("MINUTE_RATE_LIMIT_EXCEEDED"));
        sandbox.faults().push(Fault::LoseAnswer);
        assert_eq!(ask_with_key(&sandbox, &write, "key").await.unwrap().status, 429);
        assert!(ask_with_key(&sandbox, &write, "key").await.is_err());
        let third = ask_with_key(&sandbox, &write, "key").await.unwrap();
        assert_eq!(third.header("idempotency-replayed"), Some("true"));
        assert_eq!(named(&sandbox, "found"), 1);
    })
    .await;
}
