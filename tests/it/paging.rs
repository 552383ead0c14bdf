//! Every list of the API is a stream: nothing of it is lost, nothing comes twice, and it ends.
//!
//! Must not know: how an operation finds its next page.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use monday_sdk::queries::inputs::{ItemsPageByColumnValuesQuery, ItemsQuery, PaginationInput};
use monday_sdk::queries::{
    Connections, GetDirectoryResources, ItemsPage, ItemsPageByColumnValues, Objects, Users,
};
use monday_sdk::{Client, CursorPolicy, ErrorKind, Pages};
use serde_json::{Value, json};
use wiremock::matchers::method;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

use crate::generated::samples::PAGED;
use crate::paged_server::{PagedServer, coordinate, fields_that_page};
use crate::plain::plain;
use crate::support::{client, json as answer, within};

/// Of each reading.
const LIMIT: Duration = Duration::from_mins(1);

/// Fields that page and have no stream: why.
const WITHOUT_A_STREAM: [(&str, &str); 0] = [];

async fn serve(with: impl Respond + 'static) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(method("POST")).respond_with(with).mount(&server).await;
    let client = client(&format!("{}/v2", server.uri()));
    (server, client)
}

#[test]
fn every_field_of_the_schema_that_pages_has_a_stream_or_a_reason() {
    let streams: BTreeSet<String> = PAGED.iter().map(|sample| coordinate(sample().document)).collect();
    let reasons: BTreeSet<String> = WITHOUT_A_STREAM.iter().map(|(field, _)| (*field).to_owned()).collect();
    let fields = fields_that_page();
    assert_eq!(&fields - &streams, reasons, "fields without a stream");
    assert_eq!(&streams - &fields, BTreeSet::new(), "streams of fields that do not page");
    assert!(fields.len() >= 61, "{}", fields.len());
}

#[tokio::test]
async fn every_list_is_read_to_its_end_with_nothing_lost_and_nothing_doubled() {
    for sample in PAGED {
        let sample = sample();
        let (name, coordinate) = (sample.name, coordinate(sample.document));
        // A last page that is short, and one that is full.
        for length in [7, 6] {
            let list = PagedServer::new(sample.document, length);
            let (_server, client) = serve(list.clone()).await;
            let read = within(LIMIT, (sample.list)(client, 3))
                .await
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            let asked = list.asked.lock().unwrap().clone();
            let one_page = !["page", "cursor", "next_token", "offset", "nextPageOffset", "next_page_offset"]
                .iter()
                .any(|argument| has_argument(&coordinate, argument));
            let expected = if one_page {
                list.entries()[..3.min(list.entries().len())].to_vec()
            } else {
                list.entries()
            };
            let read: Vec<Value> = read.iter().map(plain).collect();
            let expected: Vec<Value> = expected.iter().map(plain).collect();
            assert_eq!(read, expected, "{name} ({coordinate}), {length} entries, asked {asked:?}");
            for size in ["limit", "pageSize"].iter().filter(|size| has_argument(&coordinate, size)) {
                assert!(
                    asked.iter().all(|asked| asked[*size] == 3),
                    "{name}: {size} is always sent: {asked:?}"
                );
            }
            assert!(asked.len() <= 4, "{name} asks {} times", asked.len());
        }
    }
}

fn has_argument(coordinate: &str, argument: &str) -> bool {
    let (of, field) = coordinate.split_once('.').unwrap();
    let field = &crate::paged_server::SCHEMA.get_object(of).unwrap().fields[field];
    field.arguments.iter().any(|known| known.name == argument)
}

#[tokio::test]
async fn the_size_of_a_page_is_always_sent_and_is_the_largest_that_is_documented() {
    let list = PagedServer::new(<Users as monday_sdk::Operation>::DOCUMENT, 3);
    let (_server, client) = serve(list.clone()).await;
    let limits = async |users: Pages<Users>| {
        list.asked.lock().unwrap().clear();
        within(LIMIT, users.try_collect::<Vec<_>>()).await.unwrap();
        list.asked.lock().unwrap().iter().map(|asked| asked["limit"].as_i64().unwrap()).collect::<Vec<_>>()
    };
    let users = |operation: Users| client.pages(operation);
    assert_eq!(limits(users(Users::new())).await, [1_000]);
    assert_eq!(limits(users(Users::new().limit(7))).await, [7]);
    assert_eq!(limits(users(Users::new().limit(7)).page_size(9)).await, [9]);
    // More would be refused, or cut without a word, which looks like the end.
    assert_eq!(limits(users(Users::new().limit(5_000))).await, [1_000]);
    // Where there is one page, and nobody says how large it may be, a number could only make it smaller.
    let list = PagedServer::new(<Objects as monday_sdk::Operation>::DOCUMENT, 3);
    let (_server, client) = serve(list.clone()).await;
    within(LIMIT, client.pages(Objects::new()).try_collect::<Vec<_>>()).await.unwrap();
    assert!(!list.asked.lock().unwrap()[0].contains_key("limit"));
}

#[tokio::test]
async fn what_a_cursor_holds_is_not_sent_beside_it() {
    let columns = [ItemsPageByColumnValuesQuery::new("status", ["Done"])];
    let by_values = ItemsPageByColumnValues::new("1").columns(columns);
    let list = PagedServer::new(<ItemsPageByColumnValues as monday_sdk::Operation>::DOCUMENT, 5);
    let (_server, client) = serve(list.clone()).await;
    within(LIMIT, client.pages(by_values).page_size(2).try_collect::<Vec<_>>()).await.unwrap();
    let directory = GetDirectoryResources::new().query_params(ItemsQuery::new());
    let resources = PagedServer::new(<GetDirectoryResources as monday_sdk::Operation>::DOCUMENT, 5);
    let (_server, client) = serve(resources.clone()).await;
    within(LIMIT, client.pages(directory).page_size(2).try_collect::<Vec<_>>()).await.unwrap();
    for (list, held) in [(&list, "columns"), (&resources, "query_params")] {
        let asked = list.asked.lock().unwrap().clone();
        assert_eq!(asked.len(), 3);
        for asked in asked {
            assert_ne!(asked.contains_key("cursor"), asked.contains_key(held), "{asked:?}");
        }
    }
}

#[tokio::test]
async fn connections_are_paged_in_one_way_only() {
    let list = PagedServer::new(<Connections as monday_sdk::Operation>::DOCUMENT, 5);
    let (_server, client) = serve(list.clone()).await;
    let first = Connections::new().pagination(PaginationInput::new());
    within(LIMIT, client.pages(first).page_size(2).try_collect::<Vec<_>>()).await.unwrap();
    let asked = list.asked.lock().unwrap().clone();
    let pages: Vec<_> = asked.iter().map(|asked| asked.get("page").and_then(Value::as_i64)).collect();
    assert_eq!(pages, [None, Some(2), Some(3)]);
    assert!(
        asked.iter().all(|asked| !asked.contains_key("pagination") && asked["pageSize"] == 2),
        "{asked:?}"
    );
}

/// A board whose cursors expire, and whose items change when they do.
#[derive(Clone, Default)]
struct Board {
    items: Arc<Mutex<Vec<u32>>>,
    /// By the number of a request from 1: the cursor is expired, and the items are these from now on.
    expiries: Arc<Vec<(usize, Vec<u32>)>>,
    requests: Arc<Mutex<usize>>,
}

impl Board {
    fn new(items: &[u32], expiries: &[(usize, &[u32])]) -> Self {
        let expiries = expiries.iter().map(|(request, items)| (*request, items.to_vec())).collect();
        Self { items: Arc::new(Mutex::new(items.to_vec())), expiries: Arc::new(expiries), ..Self::default() }
    }

    fn requests(&self) -> usize {
        *self.requests.lock().unwrap()
    }
}

impl Respond for Board {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut number = self.requests.lock().unwrap();
        *number += 1;
        let expiry = self.expiries.iter().find(|(at, _)| at == &*number).cloned();
        if let Some((_, items)) = expiry {
            *self.items.lock().unwrap() = items;
            return answer(r#"{"errors":[{"message":"m","extensions":{"code":"CursorException"}}]}"#);
        }
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let cursor = body["variables"]["cursor"].as_str().map(|cursor| cursor.parse::<usize>().unwrap());
        let limit = usize::try_from(body["variables"]["limit"].as_u64().unwrap()).unwrap();
        let items = self.items.lock().unwrap();
        let start = cursor.unwrap_or(0);
        let end = (start + limit).min(items.len());
        let page: Vec<Value> = items[start..end]
            .iter()
            .map(|id| json!({"id": id.to_string(), "name": "n", "column_values": [], "url": "u"}))
            .collect();
        let page = json!({"cursor": (end < items.len()).then(|| end.to_string()), "items": page});
        let data = match cursor {
            Some(_) => json!({"next_items_page": page}),
            None => json!({"boards": [{"items_page": page}]}),
        };
        answer(&json!({"data": data}).to_string())
    }
}

/// The ids that a policy gives of a board, and how it ends.
async fn read(board: &Board, policy: CursorPolicy) -> (Vec<String>, Option<ErrorKind>) {
    let (_server, client) = serve(board.clone()).await;
    let mut items = client.pages(ItemsPage::new("1")).page_size(2).on_cursor_expired(policy);
    let mut read = Vec::new();
    while let Some(item) = within(LIMIT, items.next()).await {
        match item {
            Ok(item) => read.push(item.id.to_string()),
            Err(error) => {
                assert!(within(LIMIT, items.next()).await.is_none(), "an error ends the stream");
                return (read, Some(error.kind()));
            }
        }
    }
    (read, None)
}

#[tokio::test]
async fn an_expired_cursor_is_an_error_unless_told_otherwise() {
    let board = Board::new(&[1, 2, 3, 4, 5], &[(3, &[1, 2, 3, 4, 5])]);
    let (read, error) = read(&board, CursorPolicy::default()).await;
    assert_eq!(
        (read.concat().as_str(), error, board.requests()),
        ("1234", Some(ErrorKind::CursorExpired), 3)
    );
}

#[tokio::test]
async fn a_restart_gives_every_item_once_even_if_the_board_has_changed() {
    // 2 is gone, 9 has come in front, 6 at the end.
    let board = Board::new(&[1, 2, 3, 4, 5], &[(3, &[9, 1, 3, 4, 5, 6])]);
    let (read, error) = read(&board, CursorPolicy::Restart).await;
    assert_eq!((read.concat().as_str(), error, board.requests()), ("1234956", None, 6));
}

#[tokio::test]
async fn going_on_gives_what_stands_behind_the_last_item() {
    let board = Board::new(&[1, 2, 3, 4, 5], &[(3, &[9, 1, 3, 4, 5, 6])]);
    let (ids, error) = read(&board, CursorPolicy::Resume).await;
    assert_eq!((ids.concat().as_str(), error), ("123456", None));
    // The place is gone.
    let board = Board::new(&[1, 2, 3, 4, 5], &[(3, &[1, 2, 3, 5])]);
    let (ids, error) = read(&board, CursorPolicy::Resume).await;
    assert_eq!((ids.concat().as_str(), error), ("1234", Some(ErrorKind::CursorExpired)));
}

#[tokio::test]
async fn a_stream_that_gets_no_further_does_not_start_for_ever() {
    let items: &[u32] = &[1, 2, 3, 4, 5];
    for policy in [CursorPolicy::Restart, CursorPolicy::Resume] {
        // The second start gives nothing new before its cursor expires too.
        let board = Board::new(items, &[(2, items), (4, items), (6, items), (8, items)]);
        let (ids, error) = read(&board, policy).await;
        assert_eq!((ids.concat().as_str(), error), ("12", Some(ErrorKind::CursorExpired)));
        assert_eq!(board.requests(), 4);
    }
}

#[tokio::test]
async fn the_next_page_is_read_ahead_and_never_more_than_one() {
    let board = Board::new(&[1, 2, 3, 4, 5, 6, 7], &[]);
    let (_server, client) = serve(board.clone()).await;
    let settled = async |expected| {
        let reached = async {
            while board.requests() < expected {
                tokio::time::sleep(Duration::from_millis(5)).await;
            }
        };
        within(LIMIT, reached).await;
        tokio::time::sleep(Duration::from_millis(100)).await;
        assert_eq!(board.requests(), expected);
    };
    let mut items = client.pages(ItemsPage::new("1")).page_size(2).read_ahead(true);
    settled(0).await;
    items.next().await.unwrap().unwrap();
    settled(2).await;
    items.next().await.unwrap().unwrap();
    settled(2).await;
    items.next().await.unwrap().unwrap();
    settled(3).await;
    assert_eq!(within(LIMIT, items.try_collect::<Vec<_>>()).await.unwrap().len(), 4);
    assert_eq!(board.requests(), 4);
    // Without it, a page is read when it is wanted.
    let board = Board::new(&[1, 2, 3], &[]);
    let (_server, client) = serve(board.clone()).await;
    let mut items = client.pages(ItemsPage::new("1")).page_size(2);
    items.next().await.unwrap().unwrap();
    tokio::time::sleep(Duration::from_millis(100)).await;
    assert_eq!(board.requests(), 1);
}

#[tokio::test]
async fn pages_can_be_had_whole() {
    let board = Board::new(&[1, 2, 3, 4, 5], &[]);
    let (_server, client) = serve(board.clone()).await;
    let pages = client.pages(ItemsPage::new("1")).page_size(2).by_page();
    let pages: Vec<_> = within(LIMIT, pages.map_ok(|page| page.len()).try_collect()).await.unwrap();
    assert_eq!(pages, [2, 2, 1]);
}
