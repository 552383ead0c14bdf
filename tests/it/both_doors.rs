//! Documents and structs take the same road: same headers, same body form, same typed data.

use cynic::{MutationBuilder as _, QueryBuilder as _};
use monday_sdk::Json;
use monday_sdk::queries::{Items, Me};
use monday_sdk::schema::request;
use monday_tests::{RenameItem, RenameItemVariables, WhoAmI};

use crate::support::{TOKEN, json, received, sandbox, server};

#[tokio::test]
async fn a_struct_query_carries_the_credential_and_decodes() {
    let answer = r#"{"data":{"me":{"id":"7","name":"Ada","is_email_confirmed":true}}}"#;
    let (server, client) = server(json(answer)).await;
    let me = client.execute(request(WhoAmI::build(())).unwrap()).await.unwrap().me.unwrap();
    assert_eq!((me.id.inner(), me.name.as_str(), me.is_email_confirmed), ("7", "Ada", true));

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
    let by_struct = client.execute(request(WhoAmI::build(())).unwrap()).await.unwrap().me.unwrap();
    assert_eq!((by_document.id.as_str(), by_document.name), (by_struct.id.inner(), by_struct.name));
}

#[tokio::test]
async fn what_a_struct_mutation_writes_a_document_query_reads() {
    let (sandbox, client) = sandbox(3).await;
    let item_id = "3000000061".to_owned();
    let variables = RenameItemVariables {
        board_id: sandbox.large_board_id().into(),
        item_id: item_id.clone().into(),
        column_values: Json::text(&serde_json::json!({"name": "Renamed"})).unwrap(),
    };
    let renamed = client.execute(request(RenameItem::build(variables)).unwrap()).await.unwrap();
    assert_eq!(renamed.change_multiple_column_values.unwrap().name, "Renamed");
    let read = client.execute(Items::new().ids([item_id]).limit(1)).await.unwrap();
    assert_eq!(read.items.unwrap()[0].as_ref().unwrap().item_fields.name, "Renamed");
}

#[tokio::test]
async fn a_struct_mutation_has_an_idempotency_key_too() {
    let (server, client) = server(json(r#"{"data":{"change_multiple_column_values":null}}"#)).await;
    let variables = RenameItemVariables {
        board_id: "1".into(),
        item_id: "2".into(),
        column_values: Json::text("x").unwrap(),
    };
    client.execute(request(RenameItem::build(variables)).unwrap()).await.unwrap();
    assert_eq!(received(&server).await[0].headers["idempotency-key"].len(), 36);
}
