//! Queries of one's own as documents, on the road that the SDK's own take.
//!
//! Must not know: how a document becomes types.

use monday_sdk::queries::enums::BoardKind;
use monday_sdk::{Error, Json, Request};
use serde_json::json;

use crate::support::{client, json as answer, received, sandbox, server};

monday_sdk::operation!(
    r#"query MyBoards($limit: Int, $kind: BoardKind) {
        boards(limit: $limit, board_kind: $kind) { id name board_kind }
    }"#
);
monday_sdk::operation!(
    "mutation Rename($board: ID!, $item: ID!, $values: JSON!) {
        change_multiple_column_values(board_id: $board, item_id: $item, column_values: $values) { id name }
    }"
);
monday_sdk::operation!(
    path = "ui/documents/queries/items_with_parts.graphql",
    fragments = ["ui/documents/queries/fragments/item_parts.graphql"],
);
monday_sdk::operation!(
    "query ColumnTexts($ids: [ID!]!) {
        items(ids: $ids) { id column_values { __typename id ... on StatusValue { label } } }
    }"
);

#[tokio::test]
async fn a_query_of_ones_own_mixes_with_the_enums_of_the_sdk() -> Result<(), Error> {
    let (_sandbox, client) = sandbox(30).await;
    let data = client.execute(MyBoards { limit: Some(3), kind: Some(BoardKind::Public) }).await?;
    let boards: Vec<_> = data.boards.unwrap().into_iter().flatten().collect();
    assert!(!boards.is_empty() && boards.len() <= 3);
    assert!(boards.iter().all(|board| board.board_kind == BoardKind::Public && !board.name.is_empty()));
    Ok(())
}

#[tokio::test]
async fn a_mutation_of_ones_own_carries_an_idempotency_key() {
    let body = r#"{"data":{"change_multiple_column_values":{"id":"7","name":"New"}}}"#;
    let (server, client) = server(answer(body)).await;
    let values = Json::text(&json!({"name": "New"})).unwrap();
    let data = client.execute(Rename { board: 1_u64.into(), item: 7_u64.into(), values }).await.unwrap();
    assert_eq!(data.change_multiple_column_values.unwrap().name, "New");
    let requests = received(&server).await;
    assert!(requests[0].headers.get("idempotency-key").is_some(), "{:?}", requests[0].headers);
    let sent: serde_json::Value = requests[0].body_json().unwrap();
    assert_eq!(sent["variables"], json!({"board": "1", "item": "7", "values": "{\"name\":\"New\"}"}));
}

#[tokio::test]
async fn a_mutation_of_ones_own_changes_what_is_there() -> Result<(), Error> {
    let (_sandbox, client) = sandbox(30).await;
    let items = client.execute(monday_sdk::queries::ItemsPage::new("2000000006")).await?;
    let board = items.boards.unwrap().remove(0).unwrap();
    let item = board.items_page.items[0].id.clone();
    let values = Json::text(&json!({"name": "Renamed"})).unwrap();
    let rename = Rename { board: "2000000006".into(), item: item.as_str().into(), values };
    client.send(Request::new(&rename).unwrap().with_idempotency_key("once")).await?;
    let data = client.execute(ItemsWithParts { ids: vec![item.as_str().into()] }).await?;
    let item = data.items.unwrap().remove(0).unwrap();
    assert_eq!(item.item_parts.name, "Renamed");
    Ok(())
}

#[tokio::test]
async fn a_column_type_that_is_newer_than_the_schema_does_no_harm() {
    use column_texts::ColumnTextsItemsColumnValuesOn as On;

    let body = r#"{"data":{"items":[{"id":"1","column_values":[
        {"__typename":"StatusValue","id":"status","label":"Done"},{"__typename":"HologramValue","id":"hologram"}]}]}}"#;
    let (server, _) = server(answer(body)).await;
    let client = client(&format!("{}/v2", server.uri()));
    let data = client.execute(ColumnTexts { ids: vec![1_u64.into()] }).await.unwrap();
    let values = data.items.unwrap().remove(0).unwrap().column_values;
    assert!(matches!(&values[0].on, On::StatusValue(status) if status.label.as_deref() == Some("Done")));
    assert_eq!(values[1].on, On::Unknown);
}
