//! A large board read in parts at once: no row is lost, none comes twice, and the caller's memory and quota are bounded.
//!
//! Must not know: how a query is split.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::{StreamExt as _, TryStreamExt as _};
use monday_sandbox::{Quotas, Sandbox, SandboxBuilder};
use monday_sdk::queries::{
    CreateGroup, CreateItem, DeleteItem, GetBoard, GroupItemsPage, ItemsPage, MoveItemToGroup,
};
use monday_sdk::{Client, CredentialKind, CursorPolicy, ErrorKind, GroupId, Parts};

use crate::parts_server::{PartsServer, REST};
use crate::support::client_for;

async fn in_time<T>(work: impl Future<Output = T>) -> T {
    tokio::time::timeout(Duration::from_mins(2), work).await.expect("it does not end")
}

async fn sandbox(builder: SandboxBuilder) -> (Sandbox, Client) {
    let sandbox = builder.start().await.unwrap();
    let token = sandbox.personal_token();
    let client = client_for(&sandbox.url(), CredentialKind::PersonalToken, token).build().unwrap();
    (sandbox, client)
}

async fn groups(sandbox: &Sandbox, client: &Client) -> Vec<GroupId> {
    let board = client.execute(GetBoard::new(sandbox.large_board_id())).await.unwrap();
    let board = board.boards.unwrap().into_iter().flatten().next().unwrap();
    board.groups.unwrap().into_iter().flatten().map(|group| group.id.clone()).collect()
}

async fn parts(sandbox: &Sandbox, client: &Client) -> Vec<ItemsPage> {
    let groups = groups(sandbox, client).await;
    ItemsPage::new(sandbox.large_board_id()).split_by_groups(groups).unwrap()
}

async fn ids(parts: Parts<ItemsPage>) -> Vec<String> {
    in_time(parts.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap()
}

async fn ids_in_turn(client: &Client, parts: &[ItemsPage], page_size: i64) -> Vec<String> {
    let mut all = Vec::new();
    for part in parts {
        let items = client.pages(part.clone()).page_size(page_size).map_ok(|item| item.id.to_string());
        all.extend(in_time(items.try_collect::<Vec<_>>()).await.unwrap());
    }
    all
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_come_once_each_and_in_order_if_asked() {
    let (sandbox, client) = sandbox(Sandbox::builder().items(10_000).groups(10)).await;
    let parts = parts(&sandbox, &client).await;
    assert_eq!(parts.len(), 11);
    let in_turn = ids_in_turn(&client, &parts, 500).await;
    assert_eq!(in_turn.iter().collect::<BTreeSet<_>>().len(), 10_000);
    assert_eq!(in_turn.len(), 10_000);
    let all = sorted(in_turn.clone());
    let read = |at_once| client.parts(parts.clone()).at_once(at_once);
    assert_eq!(sorted(ids(read(1)).await), all);
    assert_eq!(ids(read(3).in_order(true)).await, in_turn);
    assert_eq!(sorted(ids(read(10).page_size(300)).await), all);
    assert_eq!(ids(read(10).in_order(true).read_ahead(true).page_size(300)).await, in_turn);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_is_split_by_any_column_and_one_group_too() {
    let (sandbox, client) = sandbox(Sandbox::builder().items(600)).await;
    let board = sandbox.large_board_id();
    let all = sorted(ids_in_turn(&client, &[ItemsPage::new(board)], 500).await);
    let by_status = ItemsPage::new(board).split_by("status", [vec![0, 1], vec![3]]).unwrap();
    assert_eq!(sorted(ids(client.parts(by_status)).await), all);
    let by_dropdown = ItemsPage::new(board).split_by("dropdown", [[2], [0]]).unwrap();
    assert_eq!(sorted(ids(client.parts(by_dropdown)).await), all);
    let group = GroupItemsPage::new(board, "topics").split_by("status", [[0], [1], [2]]).unwrap();
    let group: Vec<_> = in_time(client.parts(group).try_collect()).await.unwrap();
    assert_eq!(group.len(), 400);
}

/// Small random numbers.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

/// What went on beside a reading.
#[derive(Default)]
struct Churn {
    created: BTreeSet<String>,
    deleted: usize,
}

/// Creates and deletes until told to stop; now and then in a group that nobody knew.
async fn churn(
    client: Client,
    board: &'static str,
    mut groups: Vec<GroupId>,
    mut victims: Vec<String>,
    seed: u64,
    stop: Arc<AtomicBool>,
) -> Churn {
    let (mut dice, mut done) = (Dice(seed), Churn::default());
    while !stop.load(Ordering::Relaxed) {
        match dice.roll(20) {
            0 => {
                let made = client.execute(CreateGroup::new(board, "New")).await.unwrap();
                groups.push(made.create_group.unwrap().id);
            }
            1..=9 => {
                let group = groups[dice.roll(groups.len())].as_str();
                let create = CreateItem::new(board, "New").group_id(group);
                let id = client.execute(create).await.unwrap().create_item.unwrap().id.to_string();
                victims.push(id.clone());
                done.created.insert(id);
            }
            _ if victims.is_empty() => {}
            _ => {
                let victim = victims.swap_remove(dice.roll(victims.len()));
                client.execute(DeleteItem::new(victim.as_str())).await.unwrap();
                done.deleted += 1;
            }
        }
    }
    done
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_there_the_whole_time_comes_once_while_items_are_created_and_deleted() {
    let mut met = 0;
    for seed in 1..=6 {
        let latency = Duration::from_millis(4);
        let (sandbox, client) =
            sandbox(Sandbox::builder().items(600).groups(6).latency(Duration::ZERO, latency)).await;
        let (groups, parts) = (groups(&sandbox, &client).await, parts(&sandbox, &client).await);
        let before = ids_in_turn(&client, &parts, 500).await;
        let (victims, stable): (Vec<_>, Vec<_>) =
            before.iter().cloned().enumerate().partition(|(number, _)| number % 4 == 0);
        let victims: Vec<String> = victims.into_iter().map(|(_, id)| id).collect();
        let stop = Arc::new(AtomicBool::new(false));
        let other = client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token());
        let beside =
            churn(other.build().unwrap(), sandbox.large_board_id(), groups, victims, seed, stop.clone());
        let beside = tokio::spawn(beside);
        let at_once = [1, 3, 7][usize::try_from(seed).unwrap() % 3];
        let read = client.parts(parts).at_once(at_once).page_size(5).in_order(seed > 3);
        let read = ids(read).await;
        stop.store(true, Ordering::Relaxed);
        let churn = in_time(beside).await.unwrap();

        let once: BTreeSet<&String> = read.iter().collect();
        assert_eq!(once.len(), read.len(), "seed {seed}: some come twice");
        let missed: Vec<_> = stable.iter().filter(|(_, id)| !once.contains(id)).collect();
        assert!(missed.is_empty(), "seed {seed}: {} of {} are missed", missed.len(), stable.len());
        let known: BTreeSet<&String> = before.iter().chain(&churn.created).collect();
        assert!(once.is_subset(&known), "seed {seed}: some were never there");
        assert!(churn.created.len() > 2 && churn.deleted > 2, "seed {seed}: nothing happened meanwhile");
        met += read.iter().filter(|id| churn.created.contains(*id)).count();
    }
    assert!(met > 0, "no reading met anything new");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn items_that_move_between_groups_never_come_twice() {
    for seed in 1..=4 {
        let latency = Duration::from_millis(4);
        let (sandbox, client) =
            sandbox(Sandbox::builder().items(600).groups(6).latency(Duration::ZERO, latency)).await;
        let (groups, parts) = (groups(&sandbox, &client).await, parts(&sandbox, &client).await);
        let before = ids_in_turn(&client, &parts, 500).await;
        let stop = Arc::new(AtomicBool::new(false));
        let (mover, still, all) = (client.clone(), stop.clone(), before.clone());
        let beside = tokio::spawn(async move {
            let (mut dice, mut moved) = (Dice(seed), BTreeSet::new());
            while !still.load(Ordering::Relaxed) {
                let (item, group) = (&all[dice.roll(all.len())], groups[dice.roll(groups.len())].as_str());
                mover.execute(MoveItemToGroup::new(group, item.as_str())).await.unwrap();
                moved.insert(item.clone());
            }
            moved
        });
        let read = ids(client.parts(parts).at_once(2).page_size(20)).await;
        stop.store(true, Ordering::Relaxed);
        let moved = in_time(beside).await.unwrap();
        let once: BTreeSet<&String> = read.iter().collect();
        assert_eq!(once.len(), read.len(), "seed {seed}: some come twice");
        assert!(moved.len() > 5);
        let missed: Vec<_> = before.iter().filter(|id| !once.contains(id) && !moved.contains(*id)).collect();
        assert!(missed.is_empty(), "seed {seed}: {} that did not move are missed", missed.len());
    }
}

#[tokio::test]
async fn an_item_is_given_once_when_it_moves_on_and_is_missed_when_it_moves_back() {
    for in_order in [false, true] {
        let board = PartsServer::new(&[3, 3]);
        let (_server, client) = board.start().await;
        let mut read = client.parts(board.parts()).at_once(1).page_size(2).in_order(in_order);
        let first = in_time(read.next()).await.unwrap().unwrap();
        assert_eq!(first.id.as_str(), "1");
        // The list of `a` stands, that of `b` does not.
        board.move_item(1, "b");
        board.move_item(6, "a");
        let rest: Vec<_> = in_time(read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
        assert_eq!(rest, ["2", "3", "4", "5"], "1 moved on, 6 moved back");
    }
}

#[tokio::test]
async fn the_error_of_one_part_ends_it() {
    let refused = Some(("c", 1));
    let board = PartsServer { refused, delay: Duration::from_millis(20), ..PartsServer::new(&[40; 4]) };
    let (_server, client) = board.start().await;
    let mut read = client.parts(board.parts()).at_once(3).page_size(2);
    let (mut given, mut error) = (0, None);
    while let Some(item) = in_time(read.next()).await {
        assert!(error.is_none(), "an error is the last");
        match item {
            Ok(_) => given += 1,
            Err(found) => error = Some(found.kind()),
        }
    }
    assert_eq!(error, Some(ErrorKind::InvalidArgument));
    assert!((2..40).contains(&given), "{given}");
    nothing_more_is_asked(&board).await;

    // In order, what stands before it comes first.
    let board = PartsServer { refused: Some(("b", 0)), ..PartsServer::new(&[5, 5, 5]) };
    let (_server, client) = board.start().await;
    let read = client.parts(board.parts()).page_size(2).in_order(true);
    let read: Vec<_> = in_time(read.map(|item| item.is_ok()).collect()).await;
    assert_eq!(read, [true, true, true, true, true, false]);
}

/// What has arrived stays all there is.
async fn nothing_more_is_asked(board: &PartsServer) {
    // An answer may be on its way.
    tokio::time::sleep(Duration::from_millis(50)).await;
    let before = board.requests();
    tokio::time::sleep(Duration::from_millis(400)).await;
    assert_eq!(board.requests(), before, "it goes on after the end");
}

#[tokio::test]
async fn dropped_early_it_asks_for_nothing_more() {
    for in_order in [false, true] {
        let board = PartsServer { delay: Duration::from_millis(50), ..PartsServer::new(&[40; 8]) };
        // One request at a time: the other parts wait for their turn when the stream is dropped.
        let (_server, client) = board.start_with(|client| client.max_in_flight(1)).await;
        let mut read =
            client.parts(board.parts()).at_once(8).page_size(2).read_ahead(true).in_order(in_order);
        in_time(read.next()).await.unwrap().unwrap();
        drop(read);
        nothing_more_is_asked(&board).await;
        assert!(board.requests() <= 4, "{} requests", board.requests());
        // Nothing is in the way of the next call.
        assert_eq!(in_time(client.pages(board.parts().remove(0)).collect::<Vec<_>>()).await.len(), 40);
    }
}

/// The requests that are reached when the stream is left alone.
async fn settled(board: &PartsServer) -> usize {
    tokio::time::sleep(Duration::from_millis(300)).await;
    board.requests()
}

#[tokio::test]
async fn parts_read_a_page_ahead_of_the_caller_and_no_more() {
    for (in_order, read_ahead) in [(false, false), (false, true), (true, false), (true, true)] {
        let board = PartsServer::new(&[40; 9]);
        let (_server, client) = board.start().await;
        let mut read =
            client.parts(board.parts()).at_once(4).page_size(2).read_ahead(read_ahead).in_order(in_order);
        assert_eq!(settled(&board).await, 0, "it begins when it is polled");
        in_time(read.next()).await.unwrap().unwrap();
        // The page that is given, and what each part that is under way has ahead.
        let bound = 4 * (1 + usize::from(read_ahead)) + 1;
        assert_eq!(settled(&board).await, bound, "in order: {in_order}, two ahead: {read_ahead}");
        in_time(read.next()).await.unwrap().unwrap();
        assert_eq!(settled(&board).await, bound);
        in_time(read.next()).await.unwrap().unwrap();
        assert_eq!(settled(&board).await, bound + 1);
    }
}

#[tokio::test]
async fn in_order_later_parts_do_not_run_ahead_of_one_that_is_held_back() {
    let slow = Some(("a", Duration::from_millis(400)));
    let board = PartsServer { slow, ..PartsServer::new(&[8; 6]) };
    let (_server, client) = board.start().await;
    let mut read = client.parts(board.parts()).at_once(3).page_size(2).in_order(true).boxed();
    let held_back = tokio::time::timeout(Duration::from_millis(250), read.next()).await;
    assert!(held_back.is_err(), "the first page of `a` is held back");
    assert_eq!((board.pages_of("a"), board.pages_of("b"), board.pages_of("c")), (1, 1, 1));
    assert_eq!(board.requests(), 3, "no other part has begun");
    let read: Vec<_> = in_time(read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
    assert_eq!(read, (1..=48).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(board.pages_of(REST), 1);
    // Out of order, the others are read to their end meanwhile.
    let board = PartsServer { slow, ..PartsServer::new(&[8; 3]) };
    let (_server, client) = board.start().await;
    let read = client.parts(board.parts()).at_once(3).page_size(2).take(16);
    let read: Vec<_> = in_time(read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
    assert!(read.iter().all(|id| id.parse::<u32>().unwrap() > 8), "{read:?}");
    assert_eq!(board.pages_of("a"), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_cursor_is_treated_in_each_part_as_its_policy_says() {
    for (policy, is_read) in [(CursorPolicy::FailFast, false), (CursorPolicy::Restart, true)] {
        let (sandbox, client) = sandbox(Sandbox::builder().items(400).groups(4)).await;
        let parts = parts(&sandbox, &client).await;
        let read = client.parts(parts).page_size(20).on_cursor_expired(policy);
        let given = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
        let (seen, sandbox) = (given.clone(), &sandbox);
        let outcome = in_time(read.try_for_each(|item| {
            let mut seen = seen.lock().unwrap();
            *seen.entry(item.id.to_string()).or_default() += 1;
            if seen.len() == 100 {
                sandbox.expire_cursors();
            }
            async { Ok(()) }
        }))
        .await;
        let given = given.lock().unwrap();
        assert!(given.values().all(|times| *times == 1));
        assert_eq!(outcome.map_err(|error| error.kind()).is_ok(), is_read);
        assert_eq!(given.len() == 400, is_read, "{} came", given.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn more_at_once_than_the_account_may_send_lose_nothing() {
    let quotas = Quotas { concurrency: Some(3), ..Quotas::unlimited() };
    let latency = Duration::from_millis(20);
    let builder = Sandbox::builder().items(1_000).groups(20).quotas(quotas).latency(latency, latency);
    let (sandbox, client) = sandbox(builder).await;
    let parts = parts(&sandbox, &client).await;
    let read = ids(client.parts(parts).at_once(20).page_size(25)).await;
    assert_eq!((read.len(), read.iter().collect::<BTreeSet<_>>().len()), (1_000, 1_000));
    let total = sandbox.seen().total();
    println!("{} requests, {} refused", total.requests, total.refused);
    assert!(total.refused * 3 < total.requests, "{} of {} are refused", total.refused, total.requests);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn parts_at_once_take_a_part_of_the_time() {
    let latency = Duration::from_millis(50);
    let (sandbox, client) = sandbox(Sandbox::builder().items(300).groups(10).latency(latency, latency)).await;
    let parts = parts(&sandbox, &client).await;
    let start = Instant::now();
    let all = ids_in_turn(&client, &parts, 10).await;
    let in_turn = start.elapsed();
    for (what, in_order, read_ahead) in
        [("as they come", false, false), ("in order", true, false), ("in order, two ahead", true, true)]
    {
        let read = client.parts(parts.clone()).at_once(10).page_size(10);
        let start = Instant::now();
        let read = ids(read.in_order(in_order).read_ahead(read_ahead)).await;
        let took = start.elapsed();
        assert_eq!(sorted(read), sorted(all.clone()));
        let ratio = took.as_secs_f64() / in_turn.as_secs_f64();
        println!("{what}: {took:?} of {in_turn:?} in turn, {ratio:.2}");
        assert!(ratio < if in_order { 1.0 } else { 0.7 }, "{what}: {ratio:.2}");
    }
}

#[test]
fn a_part_whose_runtime_is_gone_is_an_error_and_no_end() {
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let board = PartsServer { delay: Duration::from_secs(5), ..PartsServer::new(&[5]) };
    let (theirs, ours) = (runtime(), runtime());
    let (_server, client) = ours.block_on(board.start());
    let mut read = client.parts(board.parts()).boxed();
    let begun =
        theirs.block_on(async { tokio::time::timeout(Duration::from_millis(100), read.next()).await });
    assert!(begun.is_err());
    theirs.shutdown_timeout(Duration::from_secs(1));
    let read = ours.block_on(in_time(read.collect::<Vec<_>>()));
    let kinds: Vec<_> =
        read.into_iter().map(|item| item.map_err(|error| error.kind()).unwrap_err()).collect();
    assert_eq!(kinds, [ErrorKind::Disconnected]);
}
