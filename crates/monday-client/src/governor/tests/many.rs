//! Requests of many entries: how many go together, and when.

use super::*;

const EACH: u64 = 10_000;

impl Line for (u64, u64) {
    fn waiting(&self) -> (u64, u64) {
        *self
    }
}

fn many(line: &(u64, u64)) -> Need<'_> {
    Need { kind: OperationKind::Mutation, priority: Priority::Batch, entries: Entries::Waiting(line), ..ME }
}

fn points(left: u64) -> Quota {
    quota("complexityMinute", 10_000_000, left, 40)
}

/// A governor that knows what an entry costs, and that so much is left.
async fn knowing(left: u64) -> Governor {
    let governor = Governor::default();
    let first = governor.admit(&many(&(5000, 50)), minute()).await.unwrap();
    first.settles(&points(left), Charge::Points(25 * EACH));
    governor
}

#[tokio::test(start_paused = true)]
async fn a_small_request_finds_out_what_an_entry_costs_and_the_others_wait_for_its_answer() {
    let governor = Governor::default();
    let line = (5000, 50);
    let first = governor.admit(&many(&line), minute()).await.unwrap();
    assert_eq!(first.entries(), 25);
    let need = many(&line);
    let mut next = Box::pin(governor.admit(&need, minute()));
    assert!(next.as_mut().now_or_never().is_none(), "nobody knows yet");
    tokio::time::advance(Duration::from_secs(20)).await;
    assert!(next.as_mut().now_or_never().is_none(), "its answer may take long");
    // No word of the cost: what is spent of the budget is taken for it.
    first.answers(&points(10_000_000 - 25 * EACH));
    assert_eq!(next.await.unwrap().entries(), 50);
    let other = Governor::default();
    other.admit(&many(&line), minute()).await.unwrap().answers(&Quota::default());
    assert_eq!(other.admit(&many(&line), minute()).await.unwrap().entries(), 50, "it will never be known");
}

#[tokio::test(start_paused = true)]
async fn a_first_request_that_is_refused_or_lost_lets_another_find_out() {
    let governor = Governor::default();
    let line = (5000, 50);
    let refused = governor.admit(&many(&line), minute()).await.unwrap();
    refused.settles(&Quota::default(), Charge::Nothing);
    let lost = governor.admit(&many(&line), minute()).await.unwrap();
    assert_eq!(lost.entries(), 25);
    drop(lost);
    assert_eq!(governor.admit(&many(&line), minute()).await.unwrap().entries(), 25);
}

#[tokio::test(start_paused = true)]
async fn as_many_go_as_fit_the_budget_and_one_operations_limit() {
    let governor = knowing(40 * EACH).await;
    assert_eq!(governor.admit(&many(&(5000, 50)), minute()).await.unwrap().entries(), 40);
    let governor = knowing(10_000_000 - 25 * EACH).await;
    let largest = governor.admit(&many(&(5000, 2000)), minute()).await.unwrap();
    assert_eq!(largest.entries(), 500, "5,000,000 points");
}

#[tokio::test(start_paused = true)]
async fn a_tiny_request_waits_for_the_window() {
    let governor = knowing(24 * EACH).await;
    let start = Instant::now();
    assert_eq!(governor.admit(&many(&(5000, 50)), minute()).await.unwrap().entries(), 50);
    assert_eq!(start.elapsed().as_secs(), 40);
    let governor = knowing(24 * EACH).await;
    let last = (74, 50);
    let reservation = governor.admit(&many(&last), minute()).now_or_never().expect("it waits").unwrap();
    assert_eq!(reservation.entries(), 24, "it costs no further request");
}

#[tokio::test(start_paused = true)]
async fn what_is_only_reserved_is_waited_for_before_a_request_is_made_smaller() {
    let governor = knowing(80 * EACH).await;
    let line = (5000, 50);
    let first = governor.admit(&many(&line), minute()).await.unwrap();
    let need = many(&line);
    let mut next = Box::pin(governor.admit(&need, minute()));
    assert!(next.as_mut().now_or_never().is_none());
    first.settles(&points(79 * EACH), Charge::Points(EACH));
    assert_eq!(next.await.unwrap().entries(), 50);
}

#[tokio::test(start_paused = true)]
async fn a_single_call_tells_what_an_entry_costs() {
    let governor = Governor::default();
    let one = Need { kind: OperationKind::Mutation, ..ME };
    governor.admit(&one, minute()).await.unwrap().settles(&points(9_000_000), Charge::Points(EACH));
    assert_eq!(governor.admit(&many(&(5000, 50)), minute()).await.unwrap().entries(), 50);
}
