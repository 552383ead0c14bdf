//! Documents and structs take the same road: same headers, same body form, same typed data.
//!
//! Must not know: how either door makes its types.

use monday_sdk::core::{BoardId, CompareValue, IntoRequest, Nullable, OperationKind};
use monday_sdk::cynic::{MutationBuilder as _, QueryBuilder as _, request};
use monday_sdk::queries::enums::{BoardKind, ColumnType, ItemsQueryRuleOperator};
use monday_sdk::queries::inputs::{ItemsQuery, ItemsQueryRule};
use monday_sdk::queries::{Items, Me};
use monday_sdk::{Id, Json};
use monday_tests::{
    FileItem, FoundItems, FoundItemsVariables, OwnQuery, OwnTypes, OwnTypesVariables, RenameItem,
    RenameItemVariables, Value, WhoAmI,
};

use crate::support::{TOKEN, json, received, sandbox, server};

fn body(request: impl IntoRequest) -> serde_json::Value {
    serde_json::from_slice(request.into_request().unwrap().body()).unwrap()
}

fn rename(item_id: &str) -> RenameItemVariables {
    RenameItemVariables {
        board_id: "1".into(),
        item_id: item_id.into(),
        column_values: Json::text(&serde_json::json!({"name": "Renamed"})).unwrap(),
    }
}

#[tokio::test]
async fn a_struct_query_carries_the_credential_and_decodes() {
    let answer = r#"{"data":{"me":{"id":"7","name":"Ada","is_email_confirmed":true}}}"#;
    let (server, client) = server(json(answer)).await;
    let me = client.execute(WhoAmI::operation()).await.unwrap().me.unwrap();
    assert_eq!((me.id.as_str(), me.name.as_str(), me.is_email_confirmed), ("7", "Ada", true));

    let sent = received(&server).await.remove(0);
    assert_eq!(sent.headers["authorization"], TOKEN);
    let body: serde_json::Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!(body["operationName"], "WhoAmI");
    assert!(body["query"].as_str().unwrap().contains("is_email_confirmed"));
    assert_eq!(body.get("variables"), None);
}

#[tokio::test]
async fn both_doors_see_the_same_user_in_the_sandbox() {
    let (_sandbox, client) = sandbox(3).await;
    let by_document = client.execute(Me).await.unwrap().me.unwrap();
    let by_struct = client.execute(WhoAmI::operation()).await.unwrap().me.unwrap();
    assert_eq!((by_document.id.as_str(), by_document.name), (by_struct.id.as_str(), by_struct.name));
}

#[tokio::test]
async fn what_a_struct_mutation_writes_a_document_query_reads() {
    let (sandbox, client) = sandbox(3).await;
    let item_id = "3000000061";
    let variables = RenameItemVariables { board_id: sandbox.large_board_id().into(), ..rename(item_id) };
    let renamed = client.execute(RenameItem::operation(variables)).await.unwrap();
    assert_eq!(renamed.change_multiple_column_values.unwrap().name, "Renamed");
    let read = client.execute(Items::new().ids([item_id])).await.unwrap();
    assert_eq!(read.items.unwrap()[0].as_ref().unwrap().item_fields.name, "Renamed");
}

#[tokio::test]
async fn a_struct_mutation_has_an_idempotency_key_too() {
    let (server, client) = server(json(r#"{"data":{"change_multiple_column_values":null}}"#)).await;
    client.execute(RenameItem::operation(rename("2"))).await.unwrap();
    let under_a_key = RenameItem::operation(rename("2")).into_request().unwrap().with_idempotency_key("mine");
    client.execute(under_a_key).await.unwrap();
    let sent = received(&server).await;
    assert_eq!(sent[0].headers["idempotency-key"].len(), 36);
    assert_eq!(sent[1].headers["idempotency-key"], "mine");
}

#[test]
fn an_operation_of_cynics_own_builders_becomes_the_same_request() {
    assert_eq!(
        body(request(RenameItem::build(rename("2"))).unwrap()),
        body(RenameItem::operation(rename("2")))
    );
    assert_eq!(request(RenameItem::build(rename("2"))).unwrap().kind(), OperationKind::Mutation);
    assert_eq!(body(request(WhoAmI::build(())).unwrap()), body(WhoAmI::operation()));
}

#[test]
fn what_a_struct_asks_is_written_once_for_all_its_variables() {
    let [first, second] = ["1", "2"].map(|id| RenameItem::operation(rename(id)));
    assert_eq!(first.document().as_ptr(), second.document().as_ptr());
    assert_ne!(first.document(), WhoAmI::operation().document());
    // Without variables the whole body is one.
    let [first, second] = [(); 2].map(|()| WhoAmI::operation().into_request().unwrap());
    assert_eq!(first.body().as_ptr(), second.body().as_ptr());
}

#[tokio::test]
async fn shared_enums_and_inputs_are_variables_and_members_beyond_the_named_ones_have_a_place() {
    let (sandbox, client) = sandbox(3).await;
    let rule = ItemsQueryRule::new("name", CompareValue(serde_json::json!(["1"])))
        .operator(ItemsQueryRuleOperator::ContainsText);
    let variables = FoundItemsVariables {
        ids: Some(vec![BoardId::from(sandbox.large_board_id())]),
        board_kind: Some(BoardKind::Public),
        query_params: ItemsQuery::new().rules([rule]).into(),
        limit: Some(2),
    };
    let found = client.execute(FoundItems::operation(variables)).await.unwrap();
    let board = found.boards.unwrap().remove(0).unwrap();
    assert_eq!((board.id.as_str(), board.board_kind), (sandbox.large_board_id(), BoardKind::Public));
    assert_eq!(board.items_count, Some(3));
    assert!(board.columns.unwrap().iter().flatten().any(|column| column.r#type == ColumnType::Status));
    let values = &board.items_page.items[0].column_values;
    assert!(values.iter().any(|value| matches!(value, Value::Status(status) if status.label.is_some())));
    assert!(values.iter().any(|value| matches!(value, Value::Date(date) if date.day.is_some())));
    assert!(values.iter().any(|value| matches!(value, Value::Other(other) if other.member == "PeopleValue")));
}

#[test]
fn what_is_not_there_is_left_out_and_null_is_sent() {
    let sent = |variables| body(FoundItems::operation(variables));
    let nothing = sent(FoundItemsVariables::default());
    assert_eq!(nothing["variables"], serde_json::json!({}));
    let null = sent(FoundItemsVariables { query_params: Nullable::Null, ..FoundItemsVariables::default() });
    assert_eq!(null["variables"], serde_json::json!({"query_params": null}));
    let document = nothing["query"].as_str().unwrap();
    let variables = "($ids: [ID!], $board_kind: BoardKind, $query_params: ItemsQuery, $limit: Int)";
    assert!(document.starts_with(&format!("query FoundItems{variables} {{")), "{document}");
}

#[test]
fn types_of_ones_own_stand_in_for_the_sdks() {
    let ids = Some(vec![Id::from(7)]);
    let variables = OwnTypesVariables { query_params: Some(OwnQuery { ids }) };
    let sent = body(OwnTypes::operation(variables));
    assert_eq!(sent["variables"], serde_json::json!({"query_params": {"ids": ["7"]}}));
    let document = sent["query"].as_str().unwrap();
    assert!(
        document.contains(r#"boards(ids: ["1", "2"], state: active, limit: 10, order_by: used_at)"#),
        "{document}"
    );
    assert!(document.contains("by_query: items_page(query_params: $query_params)"), "{document}");
}

#[test]
fn a_member_of_a_union_that_is_not_named_is_known_by_its_name() {
    let answer =
        r#"[{"__typename":"FileAssetValue","name":"a.txt"},{"__typename":"FileHologramValue","x":1}]"#;
    let items: Vec<FileItem> = serde_json::from_str(answer).unwrap();
    assert!(matches!(&items[0], FileItem::Asset(asset) if asset.name == "a.txt"));
    assert!(matches!(&items[1], FileItem::Other(name) if name == "FileHologramValue"));
}

#[test]
fn a_struct_operation_shows_no_variables() {
    let variables = RenameItemVariables { column_values: Json::text("canary-7f3a").unwrap(), ..rename("2") };
    let operation = RenameItem::operation(variables);
    assert!(format!("{operation:?}").contains("RenameItem") && !format!("{operation:?}").contains("canary"));
}
