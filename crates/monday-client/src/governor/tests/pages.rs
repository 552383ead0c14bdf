//! What stands on a shared page, and what of it is believed.

use super::*;
use crate::governor::page::{FORMAT, LaneWritten, Page, Tally, Written};

const MINUTE: u64 = 60_000;

/// A page that was written by others. Times are milliseconds from now, or before it.
struct Elsewhere {
    now: u64,
    page: Page,
}

impl Elsewhere {
    async fn new() -> (MemoryLedger, Self) {
        let ledger = MemoryLedger::new();
        let now = ledger.read().await.unwrap().now;
        let page = Page { format: FORMAT, ..Page::default() };
        (ledger, Self { now: u64::try_from(now.as_millis()).unwrap(), page })
    }

    fn budget(&self) -> Written {
        let (name, tally) = ("minuteRate".to_owned(), Tally::default());
        let (ends, since) = (self.now + MINUTE, self.now);
        Written { name, limit: 1000, left: 900, ends, since, serial: 7, first: 950, tally }
    }

    /// A process that reads it, and has looked at it once.
    async fn reader(self, ledger: &MemoryLedger) -> Governor {
        let version = ledger.read().await.unwrap().version;
        ledger.swap(version, &serde_json::to_vec(&self.page).unwrap()).await.unwrap();
        let governor = Governor::sharing(Arc::new(ledger.clone()));
        drop(governor.try_admit(&ME, minute()).await);
        governor
    }
}

#[tokio::test(start_paused = true)]
async fn a_budget_that_can_be_true_is_believed_and_any_other_is_not() {
    type Change = fn(&mut Written);
    let changes: [(&str, bool, Change); 9] = [
        ("as it is", true, |_| ()),
        ("nothing left", true, |written| written.left = 0),
        ("all left", true, |written| written.left = written.limit),
        ("of nothing", false, |written| (written.limit, written.left) = (0, 0)),
        ("more left than there is", false, |written| written.left = 1001),
        ("ends in three minutes", false, |written| written.ends += 2 * MINUTE),
        ("ends at the end of time", false, |written| written.ends = u64::MAX),
        ("a serial that none can follow", false, |written| written.serial = u64::MAX),
        ("ended long ago", false, |written| written.ends -= 10 * MINUTE),
    ];
    for (name, is_believed, change) in changes {
        let (ledger, mut elsewhere) = Elsewhere::new().await;
        let mut budget = elsewhere.budget();
        change(&mut budget);
        elsewhere.page.budgets.push(budget);
        let governor = elsewhere.reader(&ledger).await;
        assert_eq!(governor.0.lock().budgets.len(), usize::from(is_believed), "{name}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_is_longer_than_any_holds_nobody() {
    for (minutes, is_believed) in [(1, true), (2, true), (3, false), (60, false)] {
        let (ledger, mut elsewhere) = Elsewhere::new().await;
        let paused_until = Some(elsewhere.now + minutes * MINUTE);
        elsewhere.page.lanes[0] = LaneWritten { paused_until, cleared: None };
        let governor = elsewhere.reader(&ledger).await;
        let call = governor.admit(&ME, Deadline::after(Duration::from_mins(90)));
        assert_eq!(call.now_or_never().is_none(), is_believed, "{minutes} minutes");
    }
}

#[tokio::test(start_paused = true)]
async fn nobody_can_clear_pauses_that_are_still_to_come() {
    for cleared in [MINUTE, 60 * MINUTE, u64::MAX / 2] {
        let (ledger, mut elsewhere) = Elsewhere::new().await;
        elsewhere.page.lanes[0] =
            LaneWritten { paused_until: None, cleared: Some(elsewhere.now.saturating_add(cleared)) };
        let governor = elsewhere.reader(&ledger).await;
        governor.pause(Duration::from_secs(10));
        tokio::time::sleep(Duration::from_secs(1)).await;
        let start = Instant::now();
        drop(governor.call().await.unwrap());
        assert_eq!(start.elapsed().as_secs(), 9, "cleared {cleared} ms from now");
    }
}

#[tokio::test(start_paused = true)]
async fn a_pause_that_one_process_found_to_be_over_is_over_for_all() {
    let ledger = MemoryLedger::new();
    let [one, other] = [(); 2].map(|()| Governor::sharing(Arc::new(ledger.clone())));
    one.hear(&Quota::default()).await;
    one.pause(Duration::from_secs(2));
    tokio::time::sleep(Duration::from_secs(1)).await;
    assert!(other.call().now_or_never().is_none(), "it has heard of the pause");
    tokio::time::sleep(Duration::from_secs(2)).await;
    one.hear(&quota("minuteRate", 1000, 900, 50)).await;
    tokio::time::sleep(Duration::from_millis(150)).await;
    let calls = join_all((0..5).map(|_| other.call())).now_or_never();
    assert_eq!(calls.map(|calls| calls.len()), Some(5), "nobody has to go ahead");
}

#[tokio::test(start_paused = true)]
async fn what_is_no_page_is_written_over_and_another_formats_page_is_left_alone() {
    for (text, is_left) in [("no json", false), ("{}", false), (r#"{"format":2,"budgets":7}"#, true)] {
        let ledger = MemoryLedger::new();
        ledger.swap(0, text.as_bytes()).await.unwrap();
        let governor = Governor::sharing(Arc::new(ledger.clone()));
        governor.hear(&quota("minuteRate", 1000, 900, 50)).await;
        tokio::time::sleep(Duration::from_secs(5)).await;
        assert_eq!(ledger.read().await.unwrap().text == text.as_bytes(), is_left, "{text}");
    }
}
