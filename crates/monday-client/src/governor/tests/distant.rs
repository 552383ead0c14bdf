//! A ledger that is far away, loses answers, or is silent, on a paused clock.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering::Relaxed};

use monday_auth::BoxFuture;

use super::*;

/// Clones are on the same page.
#[derive(Debug, Clone)]
pub(super) struct Distant(Arc<Way>);

#[derive(Debug)]
struct Way {
    ledger: MemoryLedger,
    /// There, and the same back.
    distance: Duration,
    reads: AtomicU64,
    swaps: AtomicU64,
    is_silent: AtomicBool,
    /// What was asked is done, and the answer is lost.
    loses_answers: AtomicBool,
}

impl Distant {
    pub(super) fn by(way: Duration) -> Self {
        Self(Arc::new(Way {
            ledger: MemoryLedger::new(),
            distance: way,
            reads: AtomicU64::new(0),
            swaps: AtomicU64::new(0),
            is_silent: AtomicBool::new(false),
            loses_answers: AtomicBool::new(false),
        }))
    }

    pub(super) fn governor(&self) -> Governor {
        Governor::sharing(Arc::new(self.clone()))
    }

    async fn there_and_back<T>(
        &self,
        work: impl Future<Output = Result<T, LedgerFault>>,
    ) -> Result<T, LedgerFault> {
        if self.0.is_silent.load(Relaxed) {
            std::future::pending::<()>().await;
        }
        tokio::time::sleep(self.0.distance).await;
        let answer = work.await;
        tokio::time::sleep(self.0.distance).await;
        if self.0.loses_answers.load(Relaxed) { Err(LedgerFault) } else { answer }
    }
}

impl QuotaLedger for Distant {
    fn read(&self) -> BoxFuture<'_, Result<LedgerPage, LedgerFault>> {
        self.0.reads.fetch_add(1, Relaxed);
        Box::pin(self.there_and_back(self.0.ledger.read()))
    }

    fn swap<'a>(&'a self, version: u64, text: &'a [u8]) -> BoxFuture<'a, Result<LedgerSwap, LedgerFault>> {
        self.0.swaps.fetch_add(1, Relaxed);
        Box::pin(self.there_and_back(async move { self.0.ledger.swap(version, text).await }))
    }
}

const NEAR: Duration = Duration::from_millis(10);

#[tokio::test(start_paused = true)]
async fn calls_at_once_go_with_one_swap() {
    let ledger = Distant::by(NEAR);
    let governor = ledger.governor();
    governor.hear(&quota("minuteRate", 1000, 900, 50)).await;
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (swaps, start) = (ledger.0.swaps.load(Relaxed), Instant::now());
    let calls = join_all((0..50).map(|_| governor.call())).await;
    assert!(calls.iter().all(Result::is_ok));
    let swaps = ledger.0.swaps.load(Relaxed) - swaps;
    assert!(swaps <= 3 && start.elapsed() <= NEAR * 6, "{swaps} swaps, {:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn a_call_now_and_then_waits_for_one_round_trip() {
    let ledger = Distant::by(NEAR);
    let governor = ledger.governor();
    for number in 0..5 {
        let start = Instant::now();
        governor.hear(&quota("minuteRate", 1000, 900 - number, 50)).await;
        let trips = if number == 0 { 2 } else { 1 };
        assert_eq!(start.elapsed(), NEAR * 2 * trips, "call {number}");
        tokio::time::sleep(Duration::from_secs(4)).await;
    }
    assert_eq!(ledger.0.reads.load(Relaxed), 1);
}

#[tokio::test(start_paused = true)]
async fn a_slow_ledger_holds_no_call_for_longer_than_half_a_second() {
    let governor = Distant::by(Duration::from_millis(220)).governor();
    for round in 0..3 {
        let start = Instant::now();
        for call in join_all((0..36).map(|_| governor.call())).await {
            call.unwrap().answers(&quota("minuteRate", 1000, 900, 50));
        }
        assert!(start.elapsed() <= Duration::from_millis(501), "round {round}: {:?}", start.elapsed());
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn a_call_whose_time_is_short_does_not_spend_it_on_the_ledger() {
    let ledger = Distant::by(NEAR);
    ledger.0.is_silent.store(true, Relaxed);
    let governor = ledger.governor();
    let start = Instant::now();
    let soon = Deadline::after(Duration::from_millis(100));
    assert!(governor.try_admit(&ME, soon).await.unwrap().is_some());
    assert!(start.elapsed() <= Duration::from_millis(101), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn while_the_ledger_is_silent_calls_do_not_wait_for_it_and_one_task_asks() {
    let ledger = Distant::by(NEAR);
    let governor = ledger.governor();
    ledger.0.is_silent.store(true, Relaxed);
    let start = Instant::now();
    governor.hear(&quota("minuteRate", 1000, 900, 50)).await;
    assert!(start.elapsed() <= Duration::from_millis(501), "{:?}", start.elapsed());
    for _ in 0..300 {
        let start = Instant::now();
        drop(governor.call().await.unwrap());
        assert_eq!(start.elapsed(), Duration::ZERO);
        tokio::time::sleep(Duration::from_millis(37)).await;
    }
    let asked = ledger.0.reads.load(Relaxed) + ledger.0.swaps.load(Relaxed);
    assert!((4..=10).contains(&asked), "asked {asked} times in eleven seconds");
    ledger.0.is_silent.store(false, Relaxed);
    tokio::time::sleep(Duration::from_secs(3)).await;
    let _call = governor.call().await.unwrap();
    let page = ledger.0.ledger.read().await.unwrap();
    let page = page::Page::read(&page.text).unwrap();
    assert_eq!(page.members.values().map(|member| member.reading[0]).sum::<u64>(), 1, "it shares again");
}

#[tokio::test(start_paused = true)]
async fn a_dead_process_is_forgotten_by_one_that_is_always_busy() {
    let ledger = Distant::by(Duration::from_millis(1));
    let (busy, dead) = (ledger.governor(), ledger.governor());
    busy.hear(&quota("minuteRate", 100_000, 90_000, 50)).await;
    std::mem::forget(dead.call().await.unwrap());
    let start = Instant::now();
    drop(dead);
    let mut left = 90_000;
    while start.elapsed() < Duration::from_secs(7) {
        left -= 1;
        busy.hear(&quota("minuteRate", 100_000, left, 43)).await;
        let others = if start.elapsed() < Duration::from_secs(4) { 2 } else { busy.processes() };
        assert_eq!(busy.processes(), others, "after {:?}", start.elapsed());
    }
    assert_eq!(busy.processes(), 1);
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_takes_nothing_of_the_share() {
    let ledger = Distant::by(NEAR);
    let governor = ledger.governor();
    governor.hear(&quota("minuteRate", 1000, 900, 50)).await;
    let taken = || {
        let state = governor.0.lock();
        state.budgets[0].taken(&state.costs)
    };
    let before = taken();
    for after in 0..60 {
        // Dropped on the way there, on the way back, or when it was admitted.
        let call = governor.call();
        let dropped = tokio::time::timeout(Duration::from_millis(after), call).await;
        drop(dropped);
    }
    assert_eq!(taken(), before);
    drop(governor.call().await.unwrap().sent_now());
    assert_eq!(taken(), before + 1);
    tokio::time::sleep(Duration::from_millis(200)).await;
    let page = page::Page::read(&ledger.0.ledger.read().await.unwrap().text).unwrap();
    assert_eq!(page.members.values().map(|member| member.reading[0]).sum::<u64>(), 0, "nothing is held");
}

#[tokio::test(start_paused = true)]
async fn answers_that_are_lost_are_not_counted_twice() {
    let ledger = Distant::by(NEAR);
    let (one, other) = (ledger.governor(), ledger.governor());
    let start = Instant::now();
    let points = |left| quota("complexityMinute", 10_000_000, left, 50 - start.elapsed().as_secs());
    one.hear(&points(9_000_000)).await;
    other.hear(&points(8_990_000)).await;
    for round in 0..3 {
        one.hear(&points(8_990_000 - 10_000 * (round + 1))).await;
        ledger.0.loses_answers.store(true, Relaxed);
        tokio::time::sleep(Duration::from_millis(100)).await;
        ledger.0.loses_answers.store(false, Relaxed);
        tokio::time::sleep(Duration::from_secs(3)).await;
    }
    let page = page::Page::read(&ledger.0.ledger.read().await.unwrap().text).unwrap();
    let counted = page.budgets[0].tally.entries;
    assert!((2..=4).contains(&counted), "{counted} entries of 4 calls in the window's course");
}
