//! Typed filters against the sandbox: what is asked for is what comes, on every page, in the order asked for.
//!
//! Must not know: the JSON in between.

mod every_operator;
mod like_a_predicate;

use futures_util::TryStreamExt as _;
use monday_sdk::columns::filter::{Filter, ItemsQueryRuleOperator, NameColumn, NumbersColumn, Order, Rule};
use monday_sdk::core::{BoardId, GraphQlError};
use monday_sdk::queries::{GroupItemsPage, ItemsPage, NextItemsPage};
use monday_sdk::{Client, Error};

use crate::support::sandbox;

/// The names of the items, page by page of three.
async fn names(client: &Client, board: &BoardId, filter: Filter) -> Result<Vec<String>, Error> {
    let first = ItemsPage::new(board).limit(3).query_params(filter.build().unwrap());
    client.pages(first).page_size(3).map_ok(|item| item.name).try_collect().await
}

#[tokio::test]
async fn the_next_pages_keep_the_filter_and_the_order_of_the_first() {
    let (sandbox, client) = sandbox(40).await;
    let board = BoardId::from(sandbox.large_board_id());
    let effort = NumbersColumn::new("numbers");
    let filter = || {
        Filter::all([effort.greater_than_or_equals(10), effort.lower_than(20)])
            .order_by("numbers", Order::Descending)
    };
    let read = names(&client, &board, filter()).await.unwrap();
    let numbers: Vec<_> = read.iter().map(|name| name.rsplit('#').next().unwrap().to_owned()).collect();
    assert_eq!(numbers, ["20", "19", "18", "17", "16", "15", "14", "13", "12", "11"]);

    let first = ItemsPage::new(&board).limit(4).query_params(filter().build().unwrap());
    let page = client.execute(first).await.unwrap().boards.unwrap().remove(0).unwrap().items_page;
    let next =
        client.execute(NextItemsPage::new(page.cursor.unwrap()).limit(2)).await.unwrap().next_items_page;
    let next: Vec<_> = next.items.into_iter().map(|item| item.name).collect();
    assert_eq!(next, read[4..6], "after the first four come two more of the same");
}

#[tokio::test]
async fn a_group_is_filtered_as_a_board_is() {
    let (sandbox, client) = sandbox(12).await;
    let filter = Filter::any([NameColumn.contains_text("#1"), NameColumn.contains_text("#3")]);
    let page = GroupItemsPage::new(sandbox.large_board_id(), "topics").query_params(filter.build().unwrap());
    let items: Vec<_> = client.pages(page).map_ok(|item| item.name).try_collect().await.unwrap();
    assert_eq!(
        items.iter().filter_map(|name| name.rsplit(' ').next()).collect::<Vec<_>>(),
        ["#1", "#10", "#11"]
    );
}

#[tokio::test]
async fn named_items_come_alone_and_in_the_order_of_the_board() {
    let (sandbox, client) = sandbox(5).await;
    let board = BoardId::from(sandbox.large_board_id());
    let all: Vec<_> = client.pages(ItemsPage::new(&board)).try_collect().await.unwrap();
    let named = Filter::new().items([&all[3].id, &all[1].id]);
    assert_eq!(names(&client, &board, named).await.unwrap(), [all[1].name.clone(), all[3].name.clone()]);
}

async fn code(client: &Client, board: &BoardId, filter: Filter) -> Option<String> {
    let error = names(client, board, filter).await.unwrap_err();
    error.api_errors().first().and_then(GraphQlError::code).map(str::to_owned)
}

#[tokio::test]
async fn the_sandbox_refuses_what_monday_refuses_on_boards_without_items_too() {
    for items in [0, 3] {
        let (sandbox, client) = sandbox(items).await;
        let board = BoardId::from(sandbox.large_board_id());
        let unknown = Filter::all([NumbersColumn::new("none").is_empty()]);
        assert_eq!(code(&client, &board, unknown).await.as_deref(), Some("InvalidColumnIdException"));
        let order = Filter::new().order_by("none", Order::Ascending);
        assert_eq!(code(&client, &board, order).await.as_deref(), Some("InvalidColumnIdException"));
        let refused = [
            Rule::raw("checkbox", ItemsQueryRuleOperator::ContainsText, "v"),
            Rule::raw("files", ItemsQueryRuleOperator::IsEmpty, Vec::<i64>::new()),
            Rule::raw("numbers", ItemsQueryRuleOperator::Between, [1, 2].to_vec()),
            Rule::raw("date4", ItemsQueryRuleOperator::AnyOf, "TODAY").compare_attribute("START_DATE"),
            Rule::raw("status", ItemsQueryRuleOperator::StartsWith, "D"),
        ];
        for rule in refused {
            let filter = Filter::any([rule.clone()]);
            assert_eq!(
                code(&client, &board, filter).await.as_deref(),
                Some("InvalidArgumentException"),
                "{rule:?}"
            );
        }
    }
}

#[tokio::test]
async fn an_operator_that_the_schema_does_not_know_is_refused_before_it_is_looked_at() {
    let (sandbox, client) = sandbox(1).await;
    let board = BoardId::from(sandbox.large_board_id());
    let error =
        names(&client, &board, Filter::all([Rule::raw("text", "sounds_like", "a")])).await.unwrap_err();
    assert!(!error.api_errors().is_empty(), "{error}");
}

#[tokio::test]
async fn a_label_s_text_finds_nothing_where_its_index_is_wanted() {
    let (sandbox, client) = sandbox(8).await;
    let board = BoardId::from(sandbox.large_board_id());
    let by =
        |value: serde_json::Value| Filter::all([Rule::raw("status", ItemsQueryRuleOperator::AnyOf, value)]);
    assert_eq!(names(&client, &board, by(serde_json::json!(["Done"]))).await.unwrap().len(), 0);
    assert_eq!(names(&client, &board, by(serde_json::json!([1]))).await.unwrap().len(), 2);
}

monday_sdk::operation!(
    "query PageOfBoth($board: ID!, $cursor: String, $params: ItemsQuery) {
        boards(ids: [$board]) { items_page(limit: 2, cursor: $cursor, query_params: $params) { cursor items { id } } }
    }"
);

#[tokio::test]
async fn a_cursor_and_a_filter_exclude_each_other() {
    let (sandbox, client) = sandbox(5).await;
    let board = BoardId::from(sandbox.large_board_id());
    let filter = || Filter::all([NumbersColumn::new("numbers").greater_than(0)]).build().unwrap();
    let page = |cursor, params| PageOfBoth { board: board.clone().into(), cursor, params };
    let first = client.execute(page(None, Some(filter()))).await.unwrap();
    let first = first.boards.unwrap().remove(0).unwrap().items_page;
    let next = client.execute(page(first.cursor.clone(), None)).await.unwrap();
    let next = next.boards.unwrap().remove(0).unwrap().items_page;
    assert_eq!((first.items.len(), next.items.len()), (2, 2));
    assert_eq!(
        next.cursor, None,
        "of five items, four are above 0: the cursor keeps the filter without being told"
    );
    let error = client.execute(page(first.cursor, Some(filter()))).await.unwrap_err();
    assert_eq!(error.api_errors().first().and_then(GraphQlError::code), Some("InvalidArgumentException"));
}
