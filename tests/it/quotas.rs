//! What a client holds back by itself, as its server's numbers say: nothing is sent to be refused.
//!
//! Must not know: how costs are remembered.

use std::time::{Duration, Instant};

use futures_util::future::join_all;
use futures_util::{StreamExt as _, TryStreamExt as _};
use monday_sandbox::{Cost, Fault, Quotas, Rule, Sandbox, Windows};
use monday_sdk::core::OperationKind;
use monday_sdk::queries::{CreateItem, ItemsPage, Me};
use monday_sdk::{BoardId, Client, CredentialKind, ErrorKind, Request};
use serde_json::{Value, json};
use wiremock::ResponseTemplate;

use crate::support::{client_for, server};

const MINUTE: Duration = Duration::from_mins(1);

async fn sandbox(quotas: Quotas, cost: Cost, kind: CredentialKind) -> (Sandbox, Client) {
    let sandbox = Sandbox::builder().items(1_000).quotas(quotas).cost(cost).start().await.unwrap();
    let token = match kind {
        CredentialKind::OAuth => sandbox.oauth_token(),
        _ => sandbox.personal_token(),
    };
    let client = client_for(&sandbox.url(), kind, token).deadline(Duration::from_secs(10)).build().unwrap();
    (sandbox, client)
}

#[tokio::test]
async fn an_app_that_has_written_all_it_may_can_still_read() {
    let quotas = Quotas { app_complexity: Some((100_000, MINUTE)), ..Quotas::unlimited() };
    let cost = Cost { per_call: 10, per_item: 0, per_write: 9_990 };
    let (sandbox, client) = sandbox(quotas, cost, CredentialKind::OAuth).await;
    let board = BoardId::from(sandbox.large_board_id());
    for number in 0..10 {
        client.execute(CreateItem::new(&board, format!("item {number}"))).await.unwrap();
    }
    let sent = sandbox.requests();
    let begun = Instant::now();
    let held = client.execute(CreateItem::new(&board, "one more")).await.unwrap_err();
    assert_eq!((held.kind(), sandbox.requests()), (ErrorKind::RateLimited, sent), "it was not sent");
    client.execute(Me).await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
}

#[tokio::test]
async fn a_writer_that_was_refused_for_want_of_points_holds_no_reader() {
    let quotas = Quotas { app_complexity: Some((100_000, MINUTE)), ..Quotas::unlimited() };
    let cost = Cost { per_call: 10, per_item: 0, per_write: 9_990 };
    let (sandbox, other) = sandbox(quotas, cost, CredentialKind::OAuth).await;
    let token = sandbox.oauth_token();
    let client = client_for(&sandbox.url(), CredentialKind::OAuth, token).deadline(Duration::from_secs(10));
    let client = client.build().unwrap();
    client.execute(Me).await.unwrap();
    let board = BoardId::from(sandbox.large_board_id());
    for number in 0..10 {
        other.execute(CreateItem::new(&board, format!("item {number}"))).await.unwrap();
    }
    let refused = client.execute(CreateItem::new(&board, "one more")).await.unwrap_err();
    assert_eq!(refused.api_errors()[0].code(), Some("COMPLEXITY_BUDGET_EXHAUSTED"));
    client.execute(Me).await.unwrap();
}

#[tokio::test]
async fn a_page_that_will_not_fit_is_not_sent_although_a_smaller_one_would() {
    let quotas = Quotas { complexity: Some((14_000, MINUTE)), ..Quotas::unlimited() };
    let cost = Cost { per_call: 0, per_item: 10, per_write: 0 };
    let (sandbox, client) = sandbox(quotas, cost, CredentialKind::PersonalToken).await;
    let items = |size: i64| client.pages(ItemsPage::new(sandbox.large_board_id())).page_size(size);
    Box::pin(items(25).by_page()).next().await.unwrap().unwrap();
    assert_eq!(items(100).try_collect::<Vec<_>>().await.unwrap().len(), 1_000);
    // Less than 4,000 points are left: enough for a page of 100, which has cost 1,010.
    let sent = sandbox.requests();
    let held = Box::pin(items(500).by_page()).next().await.unwrap().unwrap_err();
    assert_eq!((held.kind(), sandbox.requests()), (ErrorKind::RateLimited, sent));
    Box::pin(items(100).by_page()).next().await.unwrap().unwrap();
}

#[tokio::test]
async fn an_operation_that_asks_for_its_cost_is_reserved_no_more() {
    let body = json!({"data": {"me": {"id": "1"}, "complexity": {"query": 1_000}}});
    let answer = ResponseTemplate::new(200)
        .set_delay(Duration::from_millis(200))
        .insert_header("ratelimit-policy", r#""complexityMinute";q=5000000;w=60"#)
        .insert_header("ratelimit", r#""complexityMinute";r=100000;t=40"#)
        .set_body_json(body);
    let (_server, client) = server(answer).await;
    let request = || {
        let document = "query Cost { me { id } complexity { query } }";
        Request::<Value>::from_document(OperationKind::Query, "Cost", document, &()).unwrap()
    };
    client.execute(request()).await.unwrap();
    let begun = Instant::now();
    for result in join_all((0..24).map(|_| client.execute(request()))).await {
        result.unwrap();
    }
    // At the first guess, a fiftieth of the budget, they would go one after the other: 4.8 s.
    assert!(begun.elapsed() < Duration::from_millis(2_400), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_create_whose_answer_was_lost_needs_no_room_for_a_second_one() {
    let quotas =
        Quotas { complexity: Some((40_000, MINUTE)), windows: Windows::Fixed, ..Quotas::unlimited() };
    let cost = Cost { per_call: 0, per_item: 0, per_write: 10_000 };
    let (sandbox, client) = sandbox(quotas, cost, CredentialKind::PersonalToken).await;
    let board = BoardId::from(sandbox.large_board_id());
    for number in 0..3 {
        client.execute(CreateItem::new(&board, format!("item {number}"))).await.unwrap();
    }
    // The fourth takes what is left, and whoever reads beside it hears so before it is repeated.
    sandbox.faults().rule(Rule::always(Fault::LoseAnswer).matching("create_item").times(2));
    let create = client.execute(CreateItem::new(&board, "item 3"));
    let beside = async {
        for _ in 0..40 {
            // One that is answered while the create waits is taken for what has cost so much, and the next
            // are held.
            let _ = client.execute(Me).await;
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let (created, ()) = tokio::join!(create, beside);
    created.unwrap();
    let seen = sandbox.seen().operation("CreateItem");
    assert_eq!((seen.done, seen.throttled), (4, 0));
}

#[tokio::test]
async fn a_writer_that_waits_for_its_window_leaves_its_place_to_readers() {
    let window = Duration::from_secs(3);
    let quotas =
        Quotas { app_complexity: Some((10_000, window)), windows: Windows::Fixed, ..Quotas::unlimited() };
    let cost = Cost { per_call: 0, per_item: 0, per_write: 10_000 };
    let sandbox = Sandbox::builder().items(0).quotas(quotas).cost(cost).start().await.unwrap();
    let client = client_for(&sandbox.url(), CredentialKind::OAuth, sandbox.oauth_token()).max_in_flight(1);
    let client = client.deadline(window * 3).build().unwrap();
    let board = BoardId::from(sandbox.large_board_id());
    client.execute(CreateItem::new(&board, "first")).await.unwrap();
    let begun = Instant::now();
    let read = async {
        tokio::time::sleep(Duration::from_millis(200)).await;
        for _ in 0..3 {
            client.execute(Me).await.unwrap();
        }
        begun.elapsed()
    };
    let (written, read) = tokio::join!(client.execute(CreateItem::new(&board, "second")), read);
    written.unwrap();
    assert!(
        read + Duration::from_millis(500) < begun.elapsed(),
        "read after {read:?}, written after {:?}",
        begun.elapsed()
    );
    assert_eq!(sandbox.item_names(sandbox.large_board_id()), ["first", "second"]);
}
