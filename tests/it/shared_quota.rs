//! Processes that share one account's quota in Redis: together they use it whole and are hardly refused.
//!
//! Must not know: how they agree.

use std::path::Path;
use std::time::{Duration, Instant};

use futures_util::future::join_all;
use monday_quota_redis::RedisLedger;
use monday_sandbox::{Cost, Quotas, Sandbox, Windows};
use monday_sdk::queries::CreateItem;
use monday_sdk::{BoardId, Client, Credential, Endpoint};
use redis::AsyncCommands as _;
use tokio::process::{Child, Command};

use crate::own_process::{process, told};
use crate::servers::redis_url;
use crate::support::within;

const COST: u64 = 10_000;

/// What the server gives, and for how long it is wanted.
#[derive(Clone, Copy)]
struct Plan {
    gives: Gives,
    per_window: u64,
    window: Duration,
    windows: u32,
}

#[derive(Clone, Copy)]
enum Gives {
    /// Points of complexity, in windows of any length.
    Points,
    /// Calls, in minutes. The time is shorter than that.
    Calls,
}

/// What came of it.
struct Outcome {
    done: u64,
    throttled: u64,
    requests: u64,
}

impl Plan {
    fn time(self) -> Duration {
        self.window * self.windows
    }

    fn budget(self) -> u64 {
        self.per_window * u64::from(self.windows)
    }

    async fn sandbox(self) -> Sandbox {
        let (complexity, calls_per_minute) = match self.gives {
            Gives::Points => (Some((self.per_window * COST, self.window)), None),
            Gives::Calls => (None, Some(self.per_window)),
        };
        let quotas = Quotas {
            complexity,
            calls_per_minute,
            concurrency: Some(40),
            windows: Windows::Fixed,
            ..Quotas::unlimited()
        };
        let cost = Cost { per_call: 0, per_item: 0, per_write: COST };
        // Far enough for many calls under way that the server does not know of, nor a process alone.
        let (least, most) = (Duration::from_millis(20), Duration::from_millis(40));
        Sandbox::builder().items(0).quotas(quotas).cost(cost).distance(least, most).start().await.unwrap()
    }

    /// Lets as many processes as there are numbers create items with so many workers each, until the time is over, and
    /// kills the first of them after so long.
    async fn run(self, redis: &str, workers: &[usize], kills: Option<Duration>) -> Outcome {
        let begun = Instant::now();
        let sandbox = self.sandbox().await;
        let name = name();
        let mut children: Vec<Child> = workers
            .iter()
            .map(|workers| {
                // The last window's calls must be there before it ends.
                let until = self.time().saturating_sub(begun.elapsed());
                order(&sandbox, redis, &name, *workers, until).spawn().unwrap()
            })
            .collect();
        if let Some(after) = kills {
            tokio::time::sleep(after).await;
            children.remove(0).kill().await.unwrap();
        }
        let outputs = join_all(children.into_iter().map(Child::wait_with_output));
        let outputs = within(self.time() + Duration::from_mins(1), outputs).await;
        let each = outputs.into_iter().map(|output| {
            let output = output.unwrap();
            let text = String::from_utf8_lossy(&output.stdout);
            assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
            text.lines().find_map(|line| line.strip_prefix("created ")).unwrap().parse().unwrap()
        });
        let each: Vec<u64> = each.collect();
        let seen = sandbox.seen().operation("CreateItem");
        forget(redis, &name).await;
        println!(
            "{} of {} in {:?}: {each:?} by {workers:?} workers, {} requests, {} throttled",
            seen.done,
            self.budget(),
            self.time(),
            seen.requests,
            seen.throttled
        );
        Outcome { done: seen.done, throttled: seen.throttled, requests: seen.requests }
    }
}

impl Outcome {
    fn assert_whole(&self, plan: Plan) {
        assert!(self.done <= plan.budget(), "{} done", self.done);
        assert!(self.done * 100 >= plan.budget() * 97, "{} of {} done", self.done, plan.budget());
        assert!(self.throttled * 200 <= self.requests, "{} of {} refused", self.throttled, self.requests);
    }
}

async fn forget(redis: &str, name: &str) {
    let client = redis::Client::open(redis).unwrap();
    let mut connection = client.get_multiplexed_async_connection().await.unwrap();
    let kept: u64 = connection.del(format!("monday-quota:{name}")).await.unwrap();
    assert_eq!(kept, 1, "they shared a page");
}

fn name() -> String {
    format!("test-{}-{:?}", std::process::id(), Instant::now()).replace(' ', "")
}

fn order(sandbox: &Sandbox, redis: &str, name: &str, workers: usize, until: Duration) -> Command {
    let mut command = process("shared_quota::one_process", &sandbox.url(), Path::new("."));
    command.env("TEST_LEDGER", redis).env("TEST_NAME", name).env("TEST_TOKEN", sandbox.personal_token());
    command.env("TEST_WORKERS", workers.to_string()).env("TEST_UNTIL", until.as_millis().to_string());
    command.env("TEST_BOARD", sandbox.large_board_id());
    command.stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    command
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "a process that shares a quota"]
async fn one_process() {
    let (Some(url), Some(redis), Some(name)) = (told("TEST_ORIGIN"), told("TEST_LEDGER"), told("TEST_NAME"))
    else {
        return;
    };
    let number = |name| told(name).unwrap().parse::<u64>().unwrap();
    let ends = Instant::now() + Duration::from_millis(number("TEST_UNTIL"));
    let endpoint = Endpoint::loopback(&url).unwrap();
    let credential = Credential::personal_token(told("TEST_TOKEN").unwrap()).unwrap();
    let client = Client::builder()
        .credential(credential.for_audience(endpoint.audience().clone()))
        .endpoint(endpoint)
        .quota_ledger(RedisLedger::connect(&redis, &name).unwrap())
        .build()
        .unwrap();
    let board = BoardId::from(number("TEST_BOARD"));
    let workers = (0..number("TEST_WORKERS")).map(|worker| {
        let (client, board) = (client.clone(), board.clone());
        tokio::spawn(async move {
            let mut created = 0_u64;
            while Instant::now() < ends {
                let create = client.execute(CreateItem::new(&board, format!("by {worker}")));
                match tokio::time::timeout_at(ends.into(), create).await {
                    Ok(Ok(_)) => created += 1,
                    Ok(Err(error)) => panic!("{error:?}"),
                    Err(_) => {}
                }
            }
            created
        })
    });
    let created: u64 = join_all(workers).await.into_iter().map(Result::unwrap).sum();
    println!("created {created}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_use_a_shared_quota_whole_and_are_hardly_refused() {
    let Some(redis) = redis_url() else { return };
    let plan = Plan { gives: Gives::Points, per_window: 200, window: Duration::from_secs(5), windows: 4 };
    plan.run(&redis, &[16, 16], None).await.assert_whole(plan);
}

/// Each call is one, whatever a process alone would take it for: without the ledger each sends what it has under way
/// beyond what is left.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_processes_make_a_minutes_calls_and_hardly_one_more() {
    let Some(redis) = redis_url() else { return };
    let plan = Plan { gives: Gives::Calls, per_window: 1_000, window: Duration::from_secs(12), windows: 1 };
    plan.run(&redis, &[16, 16], None).await.assert_whole(plan);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_killed_process_would_have_had_goes_to_the_other() {
    let Some(redis) = redis_url() else { return };
    let plan = Plan { gives: Gives::Points, per_window: 200, window: Duration::from_secs(10), windows: 2 };
    // At the start of the second window, with calls under way.
    plan.run(&redis, &[16, 16], Some(Duration::from_millis(10_200))).await.assert_whole(plan);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes a minute: the whole numbers"]
async fn two_processes_for_a_minute() {
    let Some(redis) = redis_url() else { return };
    let plan = Plan { gives: Gives::Points, per_window: 1_000, window: Duration::from_secs(5), windows: 12 };
    plan.run(&redis, &[16, 16], None).await.assert_whole(plan);
}
