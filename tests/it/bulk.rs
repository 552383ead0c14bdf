//! Many mutations in few requests: each has its own result, and none is done twice.
//!
//! Must not know: how they are put into one document.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use monday_sandbox::{Cost, Quotas, Sandbox, Windows};
use monday_sdk::queries::{ChangeSimpleColumnValue, CreateItem, ItemsPage, Me};
use monday_sdk::{BoardId, Client, CredentialKind, ErrorKind, Request};
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Respond, ResponseTemplate};

use crate::support::{client_for, sandbox};

fn creates(board: &BoardId, count: usize) -> Vec<CreateItem> {
    (0..count).map(|number| CreateItem::new(board, format!("item {number}"))).collect()
}

#[tokio::test]
async fn a_hundred_and_twenty_items_take_three_requests_and_exist_once() {
    let (sandbox, client) = sandbox(0).await;
    let board = BoardId::from(sandbox.large_board_id());
    let before = sandbox.requests();
    let results = client.bulk(creates(&board, 120)).run().await;
    assert_eq!(sandbox.requests() - before, 3);
    let made: Vec<_> = results.into_iter().map(|data| data.unwrap().create_item.unwrap()).collect();
    assert_eq!(made.len(), 120);
    for (number, item) in made.iter().enumerate() {
        assert_eq!(item.name, format!("item {number}"), "results are in order");
    }
    let items: Vec<_> = client.pages(ItemsPage::new(&board).limit(100)).try_collect().await.unwrap();
    let mut names: Vec<_> = items.iter().map(|item| item.name.clone()).collect();
    names.sort();
    names.dedup();
    assert_eq!((items.len(), names.len()), (120, 120));
}

#[tokio::test]
async fn an_entry_that_fails_has_its_own_error_and_stops_no_other() {
    let (sandbox, client) = sandbox(0).await;
    let good = BoardId::from(sandbox.large_board_id());
    let bad = BoardId::from(999_999_999);
    let entries = (0..20)
        .map(|number| CreateItem::new(if number % 5 == 3 { &bad } else { &good }, format!("item {number}")));
    let results = client.bulk(entries).entries_per_request(8).run().await;
    for (number, result) in results.iter().enumerate() {
        match result {
            Ok(data) => assert_eq!(data.create_item.as_ref().unwrap().name, format!("item {number}")),
            Err(error) => {
                assert_eq!(number % 5, 3, "{error:?}");
                assert_eq!((error.kind(), error.operation()), (ErrorKind::NotFound, "CreateItem"));
                assert_eq!(error.api_errors().len(), 1);
            }
        }
    }
    assert_eq!(results.iter().filter(|result| result.is_err()).count(), 4);
    let items: Vec<_> = client.pages(ItemsPage::new(&good).limit(100)).try_collect().await.unwrap();
    assert_eq!(items.len(), 16);
}

fn item(number: usize, name: &str) -> Value {
    json!({
        "id": number.to_string(), "name": name, "state": "active", "created_at": null, "updated_at": null,
        "url": "https://example.com/1", "group": null, "column_values": [],
    })
}

/// A server that does what it says it has done, and counts it by item name.
#[derive(Clone, Default)]
struct Counting {
    done: Arc<Mutex<BTreeMap<String, usize>>>,
    requests: Arc<Mutex<Vec<(usize, String)>>>,
    /// Requests of more entries are too complex.
    most: usize,
    /// So many entries of a request are done, the others refused for lack of budget.
    budget: usize,
    /// The refusals stand below the root field: it was done and could not be read.
    below: bool,
    /// The answer is a gateway's, although everything was done.
    loses: bool,
}

impl Respond for Counting {
    fn respond(&self, request: &wiremock::Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let variables = body["variables"].as_object().unwrap();
        let names: BTreeMap<usize, &str> = variables
            .iter()
            .filter_map(|(name, value)| {
                Some((name.strip_prefix("item_name_")?.parse().unwrap(), value.as_str().unwrap()))
            })
            .collect();
        let key = request.headers.get("idempotency-key").unwrap().to_str().unwrap().to_owned();
        let is_new = {
            let mut requests = self.requests.lock().unwrap();
            let is_new = requests.iter().all(|(_, known)| *known != key);
            requests.push((names.len(), key));
            is_new
        };
        if names.len() > self.most {
            let error = json!({"message": "too much", "extensions": {"code": "maxComplexityExceeded", "status_code": 429}});
            return ResponseTemplate::new(200).set_body_json(json!({"data": null, "errors": [error]}));
        }
        let (mut data, mut errors) = (serde_json::Map::new(), Vec::new());
        for (number, name) in names {
            let alias = format!("bulk_{number}_create_item");
            if number < self.budget {
                if is_new {
                    *self.done.lock().unwrap().entry(name.to_owned()).or_default() += 1;
                }
                data.insert(alias, item(number, name));
            } else {
                let path = if self.below { json!([alias, "name"]) } else { json!([alias]) };
                errors.push(json!({
                    "message": "no budget", "path": path,
                    "extensions": {"code": "COMPLEXITY_BUDGET_EXHAUSTED", "retry_in_seconds": 0.01},
                }));
                data.insert(alias, Value::Null);
            }
        }
        if self.loses {
            return ResponseTemplate::new(502).set_body_raw("<html>", "text/html");
        }
        ResponseTemplate::new(200).set_body_json(json!({"data": data, "errors": errors}))
    }
}

async fn server(counting: &Counting) -> (MockServer, Client) {
    let server = MockServer::start().await;
    Mock::given(any()).respond_with(counting.clone()).mount(&server).await;
    let client = client_for(&format!("{}/v2", server.uri()), CredentialKind::PersonalToken, "token-1234");
    let client = client.build().unwrap();
    (server, client)
}

#[tokio::test]
async fn what_is_too_complex_is_sent_in_smaller_requests() {
    let counting = Counting { most: 7, budget: 50, ..Counting::default() };
    let (_server, client) = server(&counting).await;
    let results = client.bulk(creates(&BoardId::from(1), 40)).run().await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    assert!(counting.done.lock().unwrap().values().all(|times| *times == 1));
    assert_eq!(counting.done.lock().unwrap().len(), 40);
    // 25 are too much, and so are 12; 6 are not. How many are under way when that is heard is a matter of
    // time.
    let sizes: Vec<_> = counting.requests.lock().unwrap().iter().map(|(entries, _)| *entries).collect();
    assert_eq!((sizes[0], sizes.last()), (25, Some(&6)), "{sizes:?}");
    assert!(sizes.iter().all(|size| [25, 12, 6].contains(size) || *size < 6), "{sizes:?}");
    assert!(sizes.iter().filter(|size| **size == 12).count() <= 4, "{sizes:?}");

    let hopeless = Counting { most: 0, ..Counting::default() };
    let (_server, client) = server(&hopeless).await;
    let results = client.bulk(creates(&BoardId::from(1), 2)).run().await;
    assert!(
        results
            .iter()
            .all(|result| result.as_ref().is_err_and(|error| error.kind() == ErrorKind::TooComplex))
    );
}

#[tokio::test]
async fn entries_that_were_refused_for_a_while_are_sent_again_and_no_others() {
    let counting = Counting { most: 50, budget: 30, ..Counting::default() };
    let (_server, client) = server(&counting).await;
    let results = client.bulk(creates(&BoardId::from(1), 100)).requests_at_once(1).run().await;
    assert!(results.iter().all(Result::is_ok), "{results:?}");
    let done = counting.done.lock().unwrap();
    assert_eq!((done.len(), done.values().max()), (100, Some(&1)), "nothing is done twice");
    let requests = counting.requests.lock().unwrap();
    assert_eq!(requests.iter().map(|(entries, _)| *entries).collect::<Vec<_>>(), [25, 50, 25, 20]);
}

#[tokio::test]
async fn an_entry_that_was_done_and_could_not_be_read_is_not_sent_again() {
    let counting = Counting { most: 50, budget: 1, below: true, ..Counting::default() };
    let (_server, client) = server(&counting).await;
    let results = client.bulk(creates(&BoardId::from(1), 3)).run().await;
    assert_eq!(counting.requests.lock().unwrap().len(), 1);
    assert!(results[0].is_ok());
    for result in &results[1..] {
        let error = result.as_ref().unwrap_err();
        assert!(error.is_ambiguous() && !error.is_retryable(), "{error:?}");
        assert!(!error.to_string().contains("`send` gives it"), "there is no data to be had: {error}");
    }
}

/// Refuses the first entry of the first request by this error, and does everything else.
fn refusing(error: &Value) -> impl Respond + use<> {
    let (error, is_first) = (error.clone(), std::sync::atomic::AtomicBool::new(true));
    move |request: &wiremock::Request| {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        if body["operationName"] != "Bulk" {
            return ResponseTemplate::new(200).set_body_json(json!({"data": {"me": null}}));
        }
        if is_first.swap(false, std::sync::atomic::Ordering::Relaxed) {
            let mut error = error.clone();
            error["path"] = json!(["bulk_0_create_item"]);
            let data = json!({"bulk_0_create_item": null, "bulk_1_create_item": item(1, "item 1")});
            return ResponseTemplate::new(200).set_body_json(json!({"data": data, "errors": [error]}));
        }
        let data = json!({"bulk_0_create_item": item(0, "item 0")});
        ResponseTemplate::new(200).set_body_json(json!({ "data": data }))
    }
}

#[tokio::test]
async fn an_entry_that_was_refused_waits_alone_and_longer_each_time() {
    let locked = json!({"message": "Resource is currently locked", "extensions": {"status_code": 423}});
    let limited =
        json!({"message": "m", "extensions": {"code": "FIELD_LIMIT_EXCEEDED", "retry_in_seconds": 2}});
    for error in [locked, limited] {
        let server = MockServer::start().await;
        Mock::given(any()).respond_with(refusing(&error)).mount(&server).await;
        let client = client_for(&format!("{}/v2", server.uri()), CredentialKind::PersonalToken, "token-1234");
        let client = client.build().unwrap();
        let start = Instant::now();
        let run = client.bulk(creates(&BoardId::from(1), 2)).run();
        let beside = async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            client.execute(Me).await.unwrap();
            start.elapsed()
        };
        let (results, passed) = tokio::join!(run, beside);
        assert!(results.iter().all(Result::is_ok), "{results:?}");
        assert!(start.elapsed() >= Duration::from_secs(2), "{error}: {:?}", start.elapsed());
        assert!(passed < Duration::from_millis(1500), "{error}: others need not wait, and waited {passed:?}");
    }
}

#[tokio::test]
async fn waiting_for_the_next_window_is_no_part_of_the_deadline() {
    let per_write = 10_000;
    let window = Duration::from_secs(2);
    let quotas =
        Quotas { complexity: Some((per_write * 30, window)), windows: Windows::Fixed, ..Quotas::unlimited() };
    let cost = Cost { per_call: 0, per_item: 0, per_write };
    let sandbox = Sandbox::builder().items(0).quotas(quotas).cost(cost).start().await.unwrap();
    let client = client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token());
    let client = client.deadline(window / 2).build().unwrap();
    let board = BoardId::from(sandbox.large_board_id());
    let results = client.bulk(creates(&board, 90)).run().await;
    assert!(results.iter().all(Result::is_ok), "{:?}", results.iter().find(|result| result.is_err()));
    assert_eq!(sandbox.item_names(sandbox.large_board_id()).len(), 90);
}

#[tokio::test]
async fn entries_that_cannot_go_have_errors_of_their_own_and_the_others_go() {
    let (sandbox, client) = sandbox(0).await;
    let board = BoardId::from(sandbox.large_board_id());
    let requests = creates(&board, 3).into_iter().enumerate().map(|(number, create)| {
        let request = Request::new(&create).unwrap();
        if number == 1 { request.with_idempotency_key("order-42") } else { request }
    });
    let results = client.bulk(requests).run().await;
    let kinds: Vec<_> =
        results.iter().map(|result| result.as_ref().err().map(monday_sdk::Error::kind)).collect();
    assert_eq!(kinds, [None, Some(ErrorKind::Configuration), None]);
    assert_eq!(sandbox.item_names(sandbox.large_board_id()), ["item 0", "item 2"]);
}

#[tokio::test]
async fn entries_that_may_have_been_done_are_not_sent_again_and_say_so() {
    let counting = Counting { most: 50, budget: 50, loses: true, ..Counting::default() };
    let (_server, client) = server(&counting).await;
    let results = client.bulk(creates(&BoardId::from(1), 3)).run().await;
    let requests = counting.requests.lock().unwrap();
    let keys: Vec<_> = requests.iter().map(|(_, key)| key.as_str()).collect();
    assert!(keys.len() == 4 && keys.iter().all(|key| *key == keys[0]), "{keys:?}");
    for result in &results {
        let error = result.as_ref().unwrap_err();
        // The key is of all three together: one of them under it would get the answer of all.
        assert!(error.is_ambiguous() && error.idempotency_key().is_none(), "{error:?}");
        assert!(error.to_string().contains("look before you repeat it"));
    }
    assert!(counting.done.lock().unwrap().values().all(|times| *times == 1));
}

#[tokio::test]
async fn what_is_no_row_of_mutations_is_refused_before_anything_is_sent() {
    let counting = Counting { most: 50, budget: 50, ..Counting::default() };
    let (server, client) = server(&counting).await;
    let queries = client.bulk([Me, Me]).run().await;
    assert_eq!(queries[0].as_ref().unwrap_err().kind(), ErrorKind::Document);
    let raw = |operation: &'static str, document| {
        Request::<Value>::from_document(monday_sdk::core::OperationKind::Mutation, operation, document, &())
            .unwrap()
    };
    let mixed = [raw("A", "mutation A { a }"), raw("B", "mutation B { b }")];
    let mixed = client.bulk(mixed).run().await;
    assert_eq!(mixed.len(), 2, "a result for each");
    assert!(
        mixed.iter().all(|result| result.as_ref().is_err_and(|error| error.kind() == ErrorKind::Document))
    );
    let spread = [raw("A", "mutation A { ...F } fragment F on Mutation { a }")];
    assert_eq!(client.bulk(spread).run().await[0].as_ref().unwrap_err().kind(), ErrorKind::Document);
    assert!(client.bulk(Vec::<ChangeSimpleColumnValue>::new()).run().await.is_empty());
    assert!(server.received_requests().await.unwrap().is_empty());
}
