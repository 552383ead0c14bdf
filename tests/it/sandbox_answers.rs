//! Every generated operation against the sandbox, which executes the whole real schema.
//!
//! Must not know: how the sandbox finds its answers.

use futures_util::TryStreamExt as _;
use monday_sdk::queries::enums::{BoardKind, ColumnType, VersionKind};
use monday_sdk::queries::fragments::ColumnValueFieldsOn;
use monday_sdk::queries::inputs::{ItemsQuery, ItemsQueryRule};
use monday_sdk::queries::{
    Boards, ChangeMultipleColumnValues, CreateItem, CreateUpdate, DeleteItem, GetBoard, GetComplexity,
    GetVersion, Items, ItemsPage, Me, Users, Versions, Workspaces,
};
use monday_sdk::{Client, ErrorKind, ItemId, Json};
use serde_json::json;

use crate::support::sandbox;

fn create(board_id: &str, values: &serde_json::Value) -> CreateItem {
    CreateItem::new(board_id, "New").column_values(Json::text(values).unwrap())
}

async fn create_on(client: &Client, board: &str) -> ItemId {
    let created = client.execute(create(board, &json!({"status": {"label": "Done"}}))).await.unwrap();
    created.create_item.unwrap().id
}

#[tokio::test]
async fn the_account_is_seeded_as_documented() {
    let (_sandbox, client) = sandbox(10_000).await;
    assert!(client.execute(Me).await.unwrap().me.is_some());
    let boards = client.execute(Boards::new().limit(25)).await.unwrap();
    let boards: Vec<_> = boards.boards.unwrap().into_iter().flatten().collect();
    let workspaces = client.execute(Workspaces::new().limit(25)).await.unwrap();
    assert_eq!((boards.len(), workspaces.workspaces.unwrap().len()), (6, 3));
    assert_eq!(boards.iter().map(|board| board.items_count.unwrap()).max(), Some(10_000));
    let users = client.execute(Users::new().limit(2).page(2)).await.unwrap();
    assert_eq!(users.users.unwrap().len(), 2);
}

#[tokio::test]
async fn a_board_shows_its_groups_and_columns() {
    let (sandbox, client) = sandbox(3).await;
    let board = client.execute(GetBoard::new(sandbox.large_board_id())).await.unwrap().boards.unwrap();
    let board = board.into_iter().flatten().next().unwrap();
    assert_eq!(board.board_fields.board_kind, BoardKind::Public);
    assert_eq!(board.groups.unwrap().len(), 2);
    let columns: Vec<_> = board.columns.unwrap().into_iter().flatten().collect();
    let status = columns.iter().find(|column| column.type_ == ColumnType::Status).unwrap();
    assert_eq!(status.settings.as_ref().unwrap().0["labels"]["1"], "Done");
    let missing = client.execute(GetBoard::new("1")).await.unwrap();
    assert_eq!(missing.boards.unwrap().len(), 0);
}

#[tokio::test]
async fn the_stream_reads_every_item_once_in_the_boards_order() {
    let (sandbox, client) = sandbox(1_203).await;
    let first = ItemsPage::new(sandbox.large_board_id()).limit(500);
    let items: Vec<_> = client.pages(first).map_ok(|item| item.name).try_collect().await.unwrap();
    assert_eq!(items.len(), 1_203);
    assert!(items.iter().enumerate().all(|(number, name)| name.ends_with(&format!("#{}", number + 1))));
    assert_eq!(sandbox.requests(), 3);
}

#[tokio::test]
async fn a_stream_over_a_board_that_is_not_there_is_an_error() {
    let (_sandbox, client) = sandbox(1).await;
    let first = ItemsPage::new("1").limit(5);
    let error = client.pages(first).try_collect::<Vec<_>>().await.unwrap_err();
    assert_eq!((error.kind(), error.operation()), (ErrorKind::NotFound, "ItemsPage"));
}

#[tokio::test]
async fn query_params_filter_the_items() {
    let (sandbox, client) = sandbox(40).await;
    let rule = ItemsQueryRule::new("status", json!([1]));
    let first =
        ItemsPage::new(sandbox.large_board_id()).limit(500).query_params(ItemsQuery::new().rules([rule]));
    let items: Vec<_> = client.pages(first).try_collect().await.unwrap();
    assert_eq!(items.len(), 10);
    let done = |on: &ColumnValueFieldsOn| matches!(on, ColumnValueFieldsOn::StatusValue(s) if s.label.as_deref() == Some("Done"));
    assert!(items.iter().all(|item| item.column_values.iter().any(|value| done(&value.on))));
}

#[tokio::test]
async fn writes_change_what_later_reads_see() {
    let (sandbox, client) = sandbox(2).await;
    let board = sandbox.large_board_id();
    let id = create_on(&client, board).await;
    let read = || async {
        let found = client.execute(Items::new().ids([&id]).limit(1)).await.unwrap();
        found.items.unwrap().into_iter().flatten().next()
    };
    let text = |item: &monday_sdk::queries::fragments::ItemFields, column: &str| {
        item.column_values
            .iter()
            .find(|value| value.id.as_str() == column)
            .and_then(|value| value.text.clone())
    };
    let item = read().await.unwrap();
    assert_eq!(text(&item.item_fields, "status").as_deref(), Some("Done"));
    assert_eq!(item.board.unwrap().id.as_str(), board);

    let values = Json::text(&json!({"status": null, "text": "changed", "numbers": "7"})).unwrap();
    let change = ChangeMultipleColumnValues::new(board, &id, values);
    client.execute(change).await.unwrap();
    let item = read().await.unwrap().item_fields;
    assert_eq!(
        (text(&item, "status").as_deref(), text(&item, "text").as_deref()),
        (Some(""), Some("changed"))
    );
    let numbers = item.column_values.iter().find(|value| value.id.as_str() == "numbers").unwrap();
    assert!(matches!(&numbers.on, ColumnValueFieldsOn::NumbersValue(numbers) if numbers.number == Some(7.0)));

    let update = client.execute(CreateUpdate::new("<p>Hi</p>").item_id(&id));
    assert_eq!(update.await.unwrap().create_update.unwrap().text_body.as_deref(), Some("Hi"));

    let count = || async {
        let boards = client.execute(GetBoard::new(board)).await.unwrap().boards.unwrap();
        boards[0].as_ref().unwrap().board_fields.items_count
    };
    assert_eq!(count().await, Some(3));
    client.execute(DeleteItem::new(&id)).await.unwrap();
    assert!(read().await.is_none());
    assert_eq!(count().await, Some(2));
}

#[tokio::test]
async fn a_refused_column_value_names_the_column() {
    let (sandbox, client) = sandbox(1).await;
    let refused = client
        .execute(create(sandbox.large_board_id(), &json!({"status": {"label": "Dnoe"}})))
        .await
        .unwrap_err();
    assert_eq!(refused.kind(), ErrorKind::ColumnValue);
    assert_eq!(refused.api_errors()[0].error_data().unwrap()["column_id"], "status");
    let unknown = client.execute(create(sandbox.large_board_id(), &json!({"nope": "x"}))).await.unwrap_err();
    assert_eq!(unknown.kind(), ErrorKind::NotFound);
}

#[tokio::test]
async fn platform_operations_answer() {
    let (_sandbox, client) = sandbox(1).await;
    let version = client.execute(GetVersion).await.unwrap().version;
    assert_eq!(version.value, monday_sdk::ApiVersion::pinned().as_str());
    let versions = client.execute(Versions).await.unwrap().versions;
    assert!(versions.unwrap().iter().any(|version| version.kind == VersionKind::Maintenance));
    assert!(client.execute(GetComplexity).await.unwrap().complexity.unwrap().after > 0);
}

#[tokio::test]
async fn the_answer_says_request_id_version_quota_and_account() {
    let (_sandbox, client) = sandbox(1).await;
    let meta = client.send(Me).await.unwrap().meta;
    assert_eq!(meta.api_version.as_deref(), Some(monday_sdk::ApiVersion::pinned().as_str()));
    assert_eq!(meta.request_id.map(|id| id.len()), Some(36));
    assert!(meta.account_id.is_some());
    assert_eq!(meta.quota.budget("minuteRate").unwrap().limit, Some(5_000));
    assert_eq!(client.quota(), meta.quota);
}
