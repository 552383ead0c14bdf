//! A large board read in parts at once: no row is lost, none comes twice, and the caller's memory and quota
//! are bounded.
//!
//! Must not know: how a query is split.

mod changes;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use monday_sandbox::{Quotas, Sandbox, SandboxBuilder};
use monday_sdk::core::{Cursor, Page, PageError};
use monday_sdk::queries::inputs::ItemsQuery;
use monday_sdk::queries::{GetBoard, GroupItemsPage, ItemsPage};
use monday_sdk::{Client, CredentialKind, CursorPolicy, GroupId, PagedOperation, Parts};

use crate::support::{client_for, within};

/// Of each reading.
const LIMIT: Duration = Duration::from_mins(2);

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
    within(LIMIT, parts.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap()
}

async fn ids_in_turn(client: &Client, parts: &[ItemsPage], page_size: i64) -> Vec<String> {
    let mut all = Vec::new();
    for part in parts {
        let items = client.pages(part.clone()).page_size(page_size).map_ok(|item| item.id.to_string());
        all.extend(within(LIMIT, items.try_collect::<Vec<_>>()).await.unwrap());
    }
    all
}

fn sorted(mut ids: Vec<String>) -> Vec<String> {
    ids.sort();
    ids
}

monday_sdk::operation!(
    "query IdsPage($board: ID!, $limit: Int!, $params: ItemsQuery) {
        boards(ids: [$board]) { items_page(limit: $limit, query_params: $params) { cursor items { id } } }
    }"
);
monday_sdk::operation!(
    "query NextIdsPage($cursor: String!, $limit: Int!) {
        next_items_page(cursor: $cursor, limit: $limit) { cursor items { id } }
    }"
);

/// Operations of one's own: the client reads parts of whatever pages.
impl PagedOperation for IdsPage {
    type Item = String;
    type Next = NextIdsPage;

    fn page(&self, data: Self::Data) -> Result<Option<Page<String>>, PageError> {
        let Some(board) = data.boards.into_iter().flatten().flatten().next() else { return Ok(None) };
        let page = board.items_page;
        let items = page.items.into_iter().map(|item| item.id.to_string()).collect();
        Ok(Some(Page { items, next: page.cursor.map(Cursor) }))
    }

    fn next(&self, cursor: Cursor) -> NextIdsPage {
        NextIdsPage { cursor: cursor.0, limit: self.limit }
    }

    fn id(item: &String) -> Option<&str> {
        Some(item)
    }
}

impl PagedOperation for NextIdsPage {
    type Item = String;
    type Next = Self;

    fn page(&self, data: Self::Data) -> Result<Option<Page<String>>, PageError> {
        let page = data.next_items_page;
        let items = page.items.into_iter().map(|item| item.id.to_string()).collect();
        Ok(Some(Page { items, next: page.cursor.map(Cursor) }))
    }

    fn next(&self, cursor: Cursor) -> Self {
        Self { cursor: cursor.0, limit: self.limit }
    }

    fn id(item: &String) -> Option<&str> {
        Some(item)
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn ten_thousand_rows_come_once_each_and_in_order_if_asked() {
    let (sandbox, client) = sandbox(Sandbox::builder().items(10_000).groups(10)).await;
    let sets: Vec<[String; 1]> =
        groups(&sandbox, &client).await.iter().map(|group| [group.to_string()]).collect();
    let part = |params| IdsPage { board: sandbox.large_board_id().into(), limit: 300, params: Some(params) };
    let parts: Vec<_> = ItemsQuery::new().split_by("group", sets).unwrap().into_iter().map(part).collect();
    assert_eq!(parts.len(), 11);
    let mut in_turn: Vec<String> = Vec::new();
    for part in &parts {
        in_turn.extend(within(LIMIT, client.pages(part.clone()).try_collect::<Vec<_>>()).await.unwrap());
    }
    assert_eq!((in_turn.len(), in_turn.iter().collect::<BTreeSet<_>>().len()), (10_000, 10_000));
    let all = sorted(in_turn.clone());
    for at_once in [1, 3, 10] {
        let read = || client.parts(parts.clone()).at_once(at_once);
        let ids: Vec<String> = within(LIMIT, read().try_collect()).await.unwrap();
        assert_eq!(sorted(ids), all, "{at_once} at once");
        let ids: Vec<String> = within(LIMIT, read().in_order(true).try_collect()).await.unwrap();
        assert_eq!(ids, in_turn, "{at_once} at once, in order");
    }
    let ids = client.parts(parts).in_order(true).read_ahead(true).try_collect::<Vec<_>>();
    assert_eq!(within(LIMIT, ids).await.unwrap(), in_turn);
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
    let group: Vec<_> = within(LIMIT, client.parts(group).try_collect()).await.unwrap();
    assert_eq!(group.len(), 400);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_expired_cursor_is_treated_in_each_part_as_its_policy_says() {
    for (policy, is_read) in [(CursorPolicy::FailFast, false), (CursorPolicy::Restart, true)] {
        let (sandbox, client) = sandbox(Sandbox::builder().items(400).groups(4)).await;
        let parts = parts(&sandbox, &client).await;
        let read = client.parts(parts).page_size(20).on_cursor_expired(policy);
        let given = Arc::new(Mutex::new(BTreeMap::<String, usize>::new()));
        let (seen, sandbox) = (given.clone(), &sandbox);
        let outcome = within(
            LIMIT,
            read.try_for_each(|item| {
                let mut seen = seen.lock().unwrap();
                *seen.entry(item.id.to_string()).or_default() += 1;
                if seen.len() == 100 {
                    sandbox.expire_cursors();
                }
                async { Ok(()) }
            }),
        )
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
async fn parts_at_once_give_what_is_read_in_turn_and_their_times_are_told() {
    let latency = Duration::from_millis(50);
    let (sandbox, client) = sandbox(Sandbox::builder().items(300).groups(10).latency(latency, latency)).await;
    let parts = parts(&sandbox, &client).await;
    let start = Instant::now();
    let all = ids_in_turn(&client, &parts, 10).await;
    let in_turn = start.elapsed();
    let requests = sandbox.requests();
    for (what, in_order, read_ahead) in
        [("as they come", false, false), ("in order", true, false), ("in order, two ahead", true, true)]
    {
        let before = sandbox.requests();
        let read = client.parts(parts.clone()).at_once(10).page_size(10);
        let start = Instant::now();
        let read = ids(read.in_order(in_order).read_ahead(read_ahead)).await;
        let took = start.elapsed();
        assert_eq!(sorted(read), sorted(all.clone()));
        // The same pages, and the one request for the groups.
        assert_eq!(sandbox.requests() - before + 1, requests, "{what}");
        // The ratio depends on the machine. `parts` counts the requests that are under way at once.
        let ratio = took.as_secs_f64() / in_turn.as_secs_f64();
        println!("{what}: {took:?} of {in_turn:?} in turn, {ratio:.2}");
    }
}
