//! Thousands of creates against a server with little budget, few places, lost answers and failing gateways.
//!
//! Must not know: how the client waits.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use monday_sandbox::{Cost, Fault, Quotas, Rule, Sandbox, Windows};
use monday_sdk::queries::CreateItem;
use monday_sdk::{BoardId, Client, Credential, Endpoint};

const WORKERS: usize = 16;

/// How much is to be done, and what the server gives.
#[derive(Clone, Copy)]
struct Day {
    creates: usize,
    per_window: u64,
    window: Duration,
    /// One answer in a hundred is lost after the work, one in a hundred is a gateway's before it.
    is_bad: bool,
}

/// The issue's own numbers.
const WHOLE: Day = Day { creates: 5_000, per_window: 1_000, window: Duration::from_secs(5), is_bad: false };

/// The same in a tenth of the time and of the work.
const TENTH: Day = Day { creates: 500, per_window: 100, window: Duration::from_millis(500), is_bad: false };

/// What came of it.
struct Evening {
    took: Duration,
    requests: u64,
    throttled: u64,
}

impl Evening {
    /// One answer in two hundred at most.
    fn is_hardly_throttled(&self) -> bool {
        self.throttled * 200 <= self.requests
    }
}

impl Day {
    fn bad(self) -> Self {
        Self { is_bad: true, ..self }
    }

    /// The last window's creates need no waiting after them.
    fn least(self) -> Duration {
        let windows = u32::try_from(self.creates as u64 / self.per_window).unwrap() - 1;
        self.window * windows
    }

    async fn sandbox(self) -> (Sandbox, Client) {
        let per_write = 10_000;
        let quotas = Quotas {
            complexity: Some((self.per_window * per_write, self.window)),
            concurrency: Some(10),
            windows: Windows::Fixed,
            ..Quotas::unlimited()
        };
        let cost = Cost { per_call: 0, per_item: 0, per_write };
        let sandbox = Sandbox::builder().items(0).quotas(quotas).cost(cost).start().await.unwrap();
        let endpoint = Endpoint::loopback(&sandbox.url()).unwrap();
        let credential = Credential::personal_token(sandbox.personal_token()).unwrap();
        let credential = credential.for_audience(endpoint.audience().clone());
        let client = Client::builder().endpoint(endpoint).credential(credential);
        (sandbox, client.deadline(Duration::from_mins(2)).build().unwrap())
    }

    fn entry(board: &BoardId, number: usize) -> CreateItem {
        CreateItem::new(board, format!("item {number}"))
    }

    async fn one_by_one(self) -> Evening {
        let (sandbox, client) = self.sandbox().await;
        if self.is_bad {
            sandbox.faults().rule(Rule::rate(10, 1, Fault::LoseAnswer));
            sandbox.faults().rule(Rule::rate(10, 2, Fault::Gateway(502)));
        }
        let board = BoardId::from(sandbox.large_board_id());
        let next = Arc::new(AtomicUsize::new(0));
        let begun = Instant::now();
        let workers = (0..WORKERS).map(|_| {
            let (client, board, next) = (client.clone(), board.clone(), Arc::clone(&next));
            tokio::spawn(async move {
                loop {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    if number >= self.creates {
                        return;
                    }
                    client.execute(Self::entry(&board, number)).await.unwrap();
                }
            })
        });
        for worker in join_all(workers).await {
            worker.unwrap();
        }
        self.evening(&sandbox, begun.elapsed())
    }

    async fn in_bulk(self, per_request: usize) -> Evening {
        let (sandbox, client) = self.sandbox().await;
        if self.is_bad {
            // One in a hundred of so few requests would be one or none.
            let often = (self.creates / per_request / 3) as u64;
            sandbox.faults().rule(Rule::every(often, Fault::LoseAnswer));
            sandbox.faults().rule(Rule::every(often + 4, Fault::Gateway(502)));
        }
        let board = BoardId::from(sandbox.large_board_id());
        let entries = (0..self.creates).map(|number| Self::entry(&board, number));
        let begun = Instant::now();
        for result in client.bulk(entries).entries_per_request(per_request).run().await {
            result.unwrap();
        }
        self.evening(&sandbox, begun.elapsed())
    }

    /// Every item is there once.
    fn evening(self, sandbox: &Sandbox, took: Duration) -> Evening {
        let names = sandbox.item_names(sandbox.large_board_id());
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!((names.len(), different.len()), (self.creates, self.creates));
        let seen = sandbox.seen();
        assert_eq!(seen.writes("create_item"), self.creates as u64);
        let total = seen.total();
        assert!(!self.is_bad || total.lost > 0, "no answer was lost");
        println!(
            "{} creates in {took:?} of at least {:?}: {} requests, {} throttled, {} replayed, {} lost",
            self.creates,
            self.least(),
            total.requests,
            total.throttled,
            total.replayed,
            total.lost
        );
        Evening { took, requests: total.requests, throttled: total.throttled }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_creates_one_by_one_are_hardly_refused() {
    let evening = TENTH.one_by_one().await;
    // Windows of half a second are shorter than headers can say: one in a hundred here, one in two hundred of
    // the whole.
    assert!(evening.throttled * 100 <= evening.requests, "{} throttled", evening.throttled);
}

/// Two requests for each window of a hundred, and the first window has one more, which finds out what an
/// entry costs: 11. Where the machine is so busy that a window of half a second ends between two requests,
/// some are half full.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_creates_in_bulk_take_few_requests_and_are_hardly_refused() {
    let evening = TENTH.in_bulk(50).await;
    assert!(evening.requests <= 15, "{} requests", evening.requests);
    // One in two hundred of so few would be none at all.
    assert!(evening.throttled <= 1, "{} throttled", evening.throttled);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_is_done_twice_or_lost_where_answers_are_lost_and_gateways_fail() {
    TENTH.bad().one_by_one().await;
    TENTH.bad().in_bulk(50).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute: the whole numbers, for a release build on an idle machine"]
async fn five_thousand_creates_one_by_one() {
    let evening = WHOLE.one_by_one().await;
    assert!(evening.is_hardly_throttled(), "{} throttled", evening.throttled);
    assert!(evening.took <= Duration::from_secs(22).mul_f64(1.03), "{:?}", evening.took);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute: the whole numbers, for a release build on an idle machine"]
async fn five_thousand_creates_in_bulk() {
    let evening = WHOLE.in_bulk(50).await;
    assert!(evening.is_hardly_throttled(), "{} throttled", evening.throttled);
    assert!(evening.requests <= 110, "{} requests", evening.requests);
    assert!(evening.took <= Duration::from_secs(20).mul_f64(1.03), "{:?}", evening.took);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute: the whole numbers, for a release build on an idle machine"]
async fn five_thousand_creates_one_by_one_on_a_bad_day() {
    let evening = WHOLE.bad().one_by_one().await;
    assert!(evening.is_hardly_throttled(), "{} throttled", evening.throttled);
    assert!(evening.took <= Duration::from_secs(22).mul_f64(1.03), "{:?}", evening.took);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half a minute: the whole numbers, for a release build on an idle machine"]
async fn five_thousand_creates_in_bulk_on_a_bad_day() {
    let evening = WHOLE.bad().in_bulk(50).await;
    assert!(evening.is_hardly_throttled(), "{} throttled", evening.throttled);
    assert!(evening.requests <= 110, "{} requests", evening.requests);
    assert!(evening.took <= Duration::from_secs(20).mul_f64(1.03), "{:?}", evening.took);
}
