//! The governor as its callers see it, on a paused clock.

mod apart;
mod distant;
mod heaps;
mod many;
mod pages;
mod shared;
mod simulation;

use std::sync::Arc;
use std::time::SystemTime;

use futures_util::FutureExt as _;
use futures_util::future::join_all;

use super::*;

fn minute() -> Deadline {
    Deadline::after(Duration::from_mins(1))
}

fn quota(name: &str, limit: u64, left: u64, seconds: u64) -> Quota {
    let mut quota = Quota::default();
    let budget = quota.budget_mut(name);
    (budget.limit, budget.remaining) = (Some(limit), Some(left));
    budget.resets_in = Some(Duration::from_secs(seconds));
    quota
}

const ME: Need<'_> = Need {
    operation: "Me",
    page_size: None,
    kind: OperationKind::Query,
    priority: Priority::Interactive,
    entries: Entries::ONE,
};

const JOB: Need<'_> = Need { operation: "Job", priority: Priority::Batch, ..ME };

impl Governor {
    async fn call(&self) -> Result<Reservation<'_>, Error> {
        self.admit(&ME, minute()).await
    }

    async fn hear(&self, quota: &Quota) {
        self.call().await.unwrap().answers(quota);
    }
}

impl Reservation<'_> {
    fn answers(self, quota: &Quota) {
        self.settles(quota, Charge::Untold);
    }

    /// Its call is over.
    fn settles(self, quota: &Quota, charge: Charge) {
        self.sent_now().answered(quota, charge);
    }
}

#[tokio::test(start_paused = true)]
async fn a_spent_budget_waits_until_it_comes_back() {
    let governor = Governor::default();
    governor.hear(&quota("minuteRate", 1000, 0, 38)).await;
    let start = Instant::now();
    governor.call().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 38);
    assert_eq!(governor.quota().budget("minuteRate").unwrap().remaining, Some(0));
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_deadline_is_an_error_at_once_that_says_when() {
    let governor = Governor::default();
    governor.hear(&quota("minuteRate", 1000, 0, 38)).await;
    let start = Instant::now();
    let soon = Deadline::after(Duration::from_secs(30));
    let error = governor.admit(&ME, soon).await.unwrap_err();
    assert_eq!(
        (error.kind(), error.retry_after(), start.elapsed()),
        (ErrorKind::RateLimited, Some(Duration::from_secs(38)), Duration::ZERO)
    );
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_grows_while_a_call_waits_is_waited_too() {
    let governor = Arc::new(Governor::default());
    governor.pause(Duration::from_secs(10));
    let other = Arc::clone(&governor);
    tokio::spawn(async move {
        tokio::time::sleep(Duration::from_secs(5)).await;
        other.pause(Duration::from_secs(20));
    });
    let start = Instant::now();
    governor.call().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 25);
}

#[tokio::test(start_paused = true)]
async fn calls_without_an_answer_hold_their_share_and_dropped_ones_give_it_back() {
    let governor = Governor::default();
    governor.hear(&quota("minuteRate", 1000, 2, 50)).await;
    let (first, second) = (governor.call().await.unwrap(), governor.call().await.unwrap());
    let mut third = Box::pin(governor.call());
    assert!(third.as_mut().now_or_never().is_none(), "there were two only");
    let start = Instant::now();
    drop(first);
    assert!(third.await.is_ok());
    assert_eq!(start.elapsed(), Duration::ZERO);
    drop(second);
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_is_cancelled_holds_nobody() {
    let governor = Governor::default();
    governor.hear(&quota("minuteRate", 1000, 0, 5)).await;
    let mut user = Box::pin(governor.call());
    let mut batch = Box::pin(governor.admit(&JOB, minute()));
    assert!(user.as_mut().now_or_never().is_none() && batch.as_mut().now_or_never().is_none());
    drop(user);
    let start = Instant::now();
    assert!(batch.await.is_ok());
    assert_eq!(start.elapsed().as_secs(), 5);
}

#[tokio::test(start_paused = true)]
async fn an_interactive_call_takes_the_budget_before_a_batch_one_that_waits_longer() {
    let governor = Governor::default();
    governor.hear(&quota("minuteRate", 1000, 0, 5)).await;
    let mut batch = Box::pin(governor.admit(&JOB, minute()));
    assert!(batch.as_mut().now_or_never().is_none());
    let mut user = Box::pin(governor.call());
    assert!(user.as_mut().now_or_never().is_none());
    tokio::time::advance(Duration::from_secs(6)).await;
    assert!(batch.as_mut().now_or_never().is_none(), "the batch call went first");
    let user = user.as_mut().now_or_never().expect("the user's call waits").unwrap();
    user.answers(&quota("minuteRate", 1000, 500, 60));
    assert!(batch.as_mut().now_or_never().is_some());
}

#[tokio::test(start_paused = true)]
async fn after_a_shortage_one_call_goes_ahead_and_the_others_follow_its_answer() {
    let governor = Governor::default();
    governor.pause(Duration::from_secs(3));
    tokio::time::advance(Duration::from_secs(3)).await;
    let scout = governor.call().await.unwrap();
    let mut next = Box::pin(governor.call());
    assert!(next.as_mut().now_or_never().is_none(), "two at once");
    scout.answers(&Quota::default());
    assert!(next.as_mut().now_or_never().is_some());
}

#[tokio::test(start_paused = true)]
async fn a_scout_that_never_answers_holds_the_others_for_a_second() {
    let governor = Governor::default();
    governor.pause(Duration::from_secs(3));
    tokio::time::advance(Duration::from_secs(3)).await;
    let _scout = governor.call().await.unwrap();
    let start = Instant::now();
    governor.call().await.unwrap();
    assert_eq!(start.elapsed().as_secs(), 1);
}

#[tokio::test(start_paused = true)]
async fn no_single_bad_header_stalls() {
    let mut without_time = quota("minuteRate", 1000, 0, 0);
    without_time.budget_mut("minuteRate").resets_in = None;
    let bad = [
        quota("concurrency", 40, 0, 1000),
        quota("minuteRate", 1000, 2000, 1000),
        quota("minuteRate", 0, 0, 1000),
        quota("minuteRate", u64::MAX, u64::MAX, u64::MAX),
        quota("minuteRate", u64::MAX, 0, 0),
        without_time,
        Quota::default(),
    ];
    for header in bad {
        let governor = Governor::default();
        governor.hear(&header).await;
        let start = Instant::now();
        governor.call().await.unwrap().answers(&Quota::default());
        assert!(start.elapsed() <= Duration::from_secs(1), "{header:?}");
    }
    let governor = Governor::default();
    governor.hear(&quota("unknownPolicy", 10, 0, u64::MAX)).await;
    let start = Instant::now();
    let patient = Deadline::after(Duration::from_mins(10));
    governor.admit(&ME, patient).await.unwrap().answers(&Quota::default());
    assert!(start.elapsed() <= Duration::from_mins(1));
    governor.call().now_or_never().expect("a budget that is no longer named still holds").unwrap();
}

#[tokio::test(start_paused = true)]
async fn complexity_is_reserved_by_what_the_operation_has_cost() {
    let governor = Governor::default();
    governor.hear(&quota("complexityMinute", 5_000_000, 100_000, 40)).await;
    governor.call().await.unwrap().answers(&quota("complexityMinute", 5_000_000, 60_000, 40));
    // 40,000 each: one more fits, not two.
    let one = governor.call().await.unwrap();
    let mut two = Box::pin(governor.call());
    assert!(two.as_mut().now_or_never().is_none());
    one.answers(&quota("complexityMinute", 5_000_000, 59_900, 40));
    assert!(two.now_or_never().is_some(), "the answer says that it was cheap");
}

#[tokio::test(start_paused = true)]
async fn a_spent_day_refuses_until_midnight() {
    let governor = Governor::default();
    let wait = governor.close_day();
    assert!(wait > Duration::ZERO && wait <= Duration::from_hours(24));
    let error = governor.call().await.unwrap_err();
    assert_eq!((error.kind(), governor.check(OperationKind::Query, minute()).unwrap_err().kind()), {
        (ErrorKind::DailyLimit, ErrorKind::DailyLimit)
    });
    governor.lock().day.ends = Some(SystemTime::now() - Duration::from_secs(1));
    governor.call().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_tells_its_cost_is_believed_before_the_headers() {
    let governor = Governor::default();
    governor.hear(&quota("complexityMinute", 5_000_000, 100_000, 40)).await;
    let told = quota("complexityMinute", 5_000_000, 60_000, 40);
    governor.call().await.unwrap().settles(&told, Charge::Points(1_000));
    let calls: Vec<_> = (0..60).map(|_| governor.call().now_or_never().expect("it waits").unwrap()).collect();
    assert_eq!(calls.len(), 60, "1,000 each, whatever others have spent");
}

#[tokio::test(start_paused = true)]
async fn a_large_page_is_not_expected_to_cost_what_a_small_one_does() {
    let governor = Governor::default();
    let page = |size| Need { page_size: Some(size), ..ME };
    let left = quota("complexityMinute", 5_000_000, 100_000, 40);
    for (size, points) in [(25, 2_500), (500, 50_000)] {
        governor.admit(&page(size), minute()).await.unwrap().settles(&left, Charge::Points(points));
    }
    let _one = governor.admit(&page(500), minute()).await.unwrap();
    let two = governor.admit(&page(500), minute()).await.unwrap();
    assert!(governor.admit(&page(500), minute()).now_or_never().is_none(), "two are all");
    assert!(governor.admit(&page(25), minute()).now_or_never().is_none());
    drop(two);
    let small: Vec<_> = (0..20)
        .map(|_| governor.admit(&page(25), minute()).now_or_never().expect("it waits").unwrap())
        .collect();
    assert_eq!(small.len(), 20);
}

/// Three times ten calls beside each other, of 10,000 points where they are charged. All are, before the first answer is
/// written. Gives the points that are left of 4,000,000.
async fn three_heaps_of_ten(governor: &Governor, charge: fn(usize) -> Charge) -> u64 {
    let mut left = 4_000_000;
    for _ in 0..3 {
        tokio::time::advance(Duration::from_millis(10)).await;
        let calls: Vec<_> = join_all((0..10).map(|_| governor.call())).await;
        left -= (0..10).filter(|number| charge(*number) != Charge::Nothing).count() as u64 * 10_000;
        for (number, call) in calls.into_iter().enumerate() {
            call.unwrap().settles(&quota("complexityMinute", 5_000_000, left, 40), charge(number));
        }
    }
    left
}

#[tokio::test(start_paused = true)]
async fn calls_of_one_operation_beside_each_other_learn_their_cost() {
    let governor = Governor::default();
    three_heaps_of_ten(&governor, |_| Charge::Untold).await;
    // 3,700,000 are left: at the first guess of 100,000 each 37 would fit.
    let calls = (0..400).filter_map(|_| governor.call().now_or_never()).map(std::mem::forget).count();
    assert!((300..=370).contains(&calls), "{calls}");
}
