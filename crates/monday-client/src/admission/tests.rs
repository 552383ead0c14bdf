//! The queue as its callers see it, on a paused clock.

use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt as _;

use super::*;

fn soon() -> Deadline {
    Deadline::after(Duration::from_secs(1))
}

impl Admission {
    fn counts(&self) -> (usize, usize) {
        let state = self.lock();
        (state.under_way, state.queue.len())
    }
}

#[tokio::test(start_paused = true)]
async fn a_place_is_given_back_when_dropped_and_a_waiter_gives_up_at_the_deadline() {
    let admission = Admission::new(Some(1), None);
    let place = admission.enter(Priority::Interactive, soon()).await.unwrap();
    let late = admission.enter(Priority::Interactive, soon()).await.unwrap_err();
    assert_eq!(late.kind(), ErrorKind::Overloaded);
    drop(place);
    assert!(admission.enter(Priority::Interactive, soon()).await.is_ok());
    assert_eq!(admission.counts(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn interactive_calls_go_before_batch_ones_and_equals_in_their_order() {
    let admission = Arc::new(Admission::new(Some(1), None));
    let first = admission.enter(Priority::Interactive, soon()).await.unwrap();
    let order = Arc::new(Mutex::new(Vec::new()));
    let calls = [("batch 1", Priority::Batch), ("batch 2", Priority::Batch)];
    let calls =
        calls.into_iter().chain([("user 1", Priority::Interactive), ("user 2", Priority::Interactive)]);
    let mut tasks = Vec::new();
    for (name, priority) in calls {
        let (admission, order) = (Arc::clone(&admission), Arc::clone(&order));
        tasks.push(tokio::spawn(async move {
            let _place = admission.enter(priority, soon()).await.unwrap();
            order.lock().unwrap().push(name);
            tokio::task::yield_now().await;
        }));
        tokio::task::yield_now().await;
    }
    drop(first);
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(*order.lock().unwrap(), ["user 1", "user 2", "batch 1", "batch 2"]);
}

#[tokio::test(start_paused = true)]
async fn beyond_the_queue_the_answer_is_overloaded_at_once() {
    let admission = Admission::new(Some(1), None);
    let _place = admission.enter(Priority::Interactive, soon()).await.unwrap();
    let mut waiters: Vec<_> =
        (0..QUEUE_PER_PLACE).map(|_| Box::pin(admission.enter(Priority::Batch, soon()))).collect();
    assert!(waiters.iter_mut().all(|waiter| waiter.as_mut().now_or_never().is_none()));
    let before = Instant::now();
    let refused = admission.enter(Priority::Interactive, soon()).await.unwrap_err();
    assert_eq!((refused.kind(), before.elapsed()), (ErrorKind::Overloaded, Duration::ZERO));
    drop(waiters);
    assert_eq!(admission.counts(), (1, 0), "a waiter that was cancelled is still counted");
}

#[tokio::test(start_paused = true)]
async fn a_waiter_that_is_dropped_with_a_place_in_its_hand_passes_it_on() {
    let admission = Admission::new(Some(1), None);
    let place = admission.enter(Priority::Interactive, soon()).await.unwrap();
    let mut called = Box::pin(admission.enter(Priority::Interactive, soon()));
    let mut next = Box::pin(admission.enter(Priority::Interactive, soon()));
    assert!(called.as_mut().now_or_never().is_none() && next.as_mut().now_or_never().is_none());
    drop(place);
    drop(called);
    let place = next.as_mut().now_or_never().expect("the place was lost").unwrap();
    drop(place);
    assert_eq!(admission.counts(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_lets_fewer_in_and_answers_let_more_in_again() {
    let admission = Admission::new(None, None);
    let sent = Instant::now();
    tokio::time::advance(Duration::from_millis(1)).await;
    admission.refused(sent);
    let places: Vec<_> =
        (0..8).map_while(|_| admission.enter(Priority::Interactive, soon()).now_or_never()).collect();
    assert_eq!(places.len(), 4);
    assert_eq!(admission.counts(), (4, 0));
    let mut fifth = Box::pin(admission.enter(Priority::Interactive, soon()));
    assert!(fifth.as_mut().now_or_never().is_none());
    for _ in 0..4 {
        admission.answered(&Quota::default(), 1);
    }
    assert!(fifth.as_mut().now_or_never().is_some(), "growth calls the next");
}

#[tokio::test(start_paused = true)]
async fn ten_thousand_calls_cancelled_anywhere_leave_nothing_behind() {
    let admission = Arc::new(Admission::new(None, None));
    let tasks: Vec<_> = (0..10_000_u64)
        .map(|number| {
            let admission = Arc::clone(&admission);
            tokio::spawn(async move {
                let priority = if number % 2 == 0 { Priority::Batch } else { Priority::Interactive };
                let patience = Duration::from_millis(number * 37 % 50);
                let call = async {
                    let _place = admission.enter(priority, soon()).await?;
                    tokio::time::sleep(Duration::from_millis(5)).await;
                    Ok::<_, Error>(())
                };
                let _ = tokio::time::timeout(patience, call).await;
            })
        })
        .collect();
    for task in tasks {
        task.await.unwrap();
    }
    assert_eq!(admission.counts(), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn a_call_that_rests_leaves_its_place_and_comes_back_before_those_that_are_new() {
    let admission = Admission::new(Some(1), Some(2));
    let deadline = Deadline::after(Duration::from_mins(1));
    let enter = || admission.enter(Priority::Interactive, deadline);
    let resting = enter().await.unwrap().rest();
    let other = enter().await.unwrap();
    let (mut new, mut back) = (Box::pin(enter()), Box::pin(admission.come_back(Priority::Batch, deadline)));
    assert!(new.as_mut().now_or_never().is_none() && back.as_mut().now_or_never().is_none());
    // One waits and one rests: no more wait.
    assert_eq!(enter().await.unwrap_err().kind(), ErrorKind::Overloaded);
    drop(other);
    assert!(new.as_mut().now_or_never().is_none(), "the one that comes back is first");
    let place = back.await.unwrap();
    drop(resting);
    drop(place);
    drop(new.await.unwrap());
}

#[tokio::test(start_paused = true)]
async fn no_more_calls_rest_than_could_be_under_way_or_eight() {
    let admission = Admission::new(Some(2), None);
    let deadline = Deadline::after(Duration::from_secs(1));
    let mut resting = Vec::new();
    for _ in 0..8 {
        resting.push(admission.enter(Priority::Interactive, deadline).await.unwrap().rest());
    }
    assert!(admission.enter(Priority::Interactive, deadline).await.is_err(), "it could only rest too");
    resting.pop();
    assert!(admission.enter(Priority::Interactive, deadline).await.is_ok());
}
