//! Answers that come in heaps: the first one tells what all of them have cost, the others tell of nothing.
//!
//! Must not know: how a cost is found.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};

use super::simulation::{Server, in_points};
use super::*;

const CREATE: Need<'_> = Need { operation: "Create", kind: OperationKind::Mutation, ..ME };

#[tokio::test(start_paused = true)]
async fn creates_at_once_use_the_points_whole_and_are_never_refused() {
    for at_once in [10, 16, 36, 40, 64] {
        for jitter in [1, 2, 3, 5] {
            five_thousand_creates(at_once, jitter).await;
        }
    }
}

/// Each takes 5 ms on the server, and up to so many more: it is charged as it comes in, and its headers are
/// written when it is done.
async fn five_thousand_creates(at_once: u64, jitter: u64) {
    let governor = Arc::new(Governor::default());
    let server = Server::of(1000, f64::ceil);
    let left = Arc::new(AtomicU64::new(5000));
    let workers = (0..at_once).map(|worker| {
        let (governor, server, left) = (Arc::clone(&governor), Arc::clone(&server), Arc::clone(&left));
        tokio::spawn(async move {
            let mut number = worker;
            while left.fetch_update(Relaxed, Relaxed, |left| left.checked_sub(1)).is_ok() {
                number += 7;
                while !create(&governor, &server, 5 + number % jitter).await {
                    server.refused.fetch_add(1, Relaxed);
                }
            }
        })
    });
    join_all(workers).await.into_iter().for_each(|worker| worker.unwrap());
    let (refused, took) = (server.refused.load(Relaxed), server.start.elapsed());
    // Four whole windows, then a thousand calls.
    let each = Duration::from_millis(6) + Duration::from_millis(jitter - 1) / 2;
    let least = Duration::from_secs(20) + each * 1000 / u32::try_from(at_once).unwrap();
    assert!(
        refused == 0 && took <= least.mul_f64(1.02),
        "{at_once} at once, {jitter} kinds: {refused} refused, {took:?}, {least:?} at the least"
    );
}

/// Whether it was taken.
async fn create(governor: &Governor, server: &Server, work: u64) -> bool {
    let reservation = governor.admit(&CREATE, minute()).await.unwrap().sent_now();
    tokio::time::sleep(Duration::from_millis(1)).await;
    let taken = server.enter();
    if taken {
        tokio::time::sleep(Duration::from_millis(work)).await;
    }
    let quota = in_points(server.headers());
    if !taken {
        governor.pause_points(OperationKind::Mutation, quota.budgets[0].resets_in.unwrap());
    }
    reservation.answered(&quota, if taken { Charge::Untold } else { Charge::Nothing });
    taken
}

#[tokio::test(start_paused = true)]
async fn what_others_have_cost_may_be_told_first_by_an_answer_that_cost_nothing() {
    let governor = Governor::default();
    // The first was done before, and is answered from the idempotency cache.
    let charge = |number| if number == 0 { Charge::Nothing } else { Charge::Untold };
    let left = three_heaps_of_ten(&governor, charge).await;
    let calls = (0..400).filter_map(|_| governor.call().now_or_never()).map(std::mem::forget).count();
    assert!((300..=373).contains(&calls), "{calls} of 10,000 points each, where {left} are left");
}
