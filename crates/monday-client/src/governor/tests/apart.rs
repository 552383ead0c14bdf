//! Reading and writing with budgets of their own.

use super::*;

const WRITE: Need<'_> = Need { operation: "Write", kind: OperationKind::Mutation, ..ME };

fn apart(read: u64, write: u64) -> Quota {
    let mut both = quota("complexityMinuteRead", 5_000_000, read, 40);
    both.budgets.extend(quota("complexityMinuteWrite", 5_000_000, write, 40).budgets);
    both
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_for_writing_holds_no_reader() {
    let governor = Governor::default();
    governor.hear(&apart(4_000_000, 0)).await;
    governor.call().now_or_never().expect("a reader waits").unwrap();
    let start = Instant::now();
    governor.admit(&WRITE, minute()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 40);
}

#[tokio::test(start_paused = true)]
async fn what_readers_hold_is_not_taken_from_writers() {
    let governor = Governor::default();
    governor.hear(&apart(150_000, 150_000)).await;
    let _reader = governor.call().await.unwrap();
    governor.admit(&WRITE, minute()).now_or_never().expect("a writer waits").unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_refusal_for_want_of_points_pauses_its_own_kind_where_they_are_apart_and_all_where_not() {
    let governor = Governor::default();
    governor.hear(&apart(4_000_000, 4_000_000)).await;
    governor.pause_points(OperationKind::Mutation, Duration::from_secs(7));
    assert!(governor.check(OperationKind::Mutation, Deadline::after(Duration::from_secs(5))).is_err());
    governor.call().now_or_never().expect("a reader waits").unwrap();
    let start = Instant::now();
    let scout = governor.admit(&WRITE, minute()).await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 7);
    governor.call().now_or_never().expect("a reader waits for a writer that finds out").unwrap();
    drop(scout);
    let together = Governor::default();
    together.hear(&quota("complexityMinute", 10_000_000, 9_000_000, 40)).await;
    together.pause_points(OperationKind::Mutation, Duration::from_secs(7));
    let start = Instant::now();
    together.call().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 7);
}

#[tokio::test(start_paused = true)]
async fn a_readers_answer_does_not_say_what_writing_costs() {
    let governor = Governor::default();
    governor.hear(&apart(5_000_000, 5_000_000)).await;
    governor.call().await.unwrap().answers(&apart(4_999_000, 1_000_000));
    // A call costs 1,000 and 60 are 60,000: had it learned 4,000,000, the second would wait.
    let calls: Vec<_> = (0..60).map(|_| governor.call().now_or_never().expect("it waits").unwrap()).collect();
    assert_eq!(calls.len(), 60);
}
