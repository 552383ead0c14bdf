//! What monday adds tomorrow must not break what is deployed today.
//!
//! Must not know: how an answer is read.

use futures_util::TryStreamExt as _;
use monday_sdk::queries::enums::{ColumnType, State};
use monday_sdk::queries::fragments::ColumnValueFieldsOn;
use monday_sdk::queries::{ItemsPage, NextItemsPage};

use crate::support::{json, server};

const ANSWER: &str = r#"{
  "data": {"next_items_page": {"cursor": null, "a_new_field": {"deep": [1, 2]}, "items": [{
    "id": 42, "name": "Item", "state": "hibernating", "created_at": "2026-03-21T12:00:00+00:00",
    "updated_at": "2026-03-21", "url": "u", "group": {"id": "g", "title": "G", "emoji": "x"},
    "column_values": [
      {"__typename": "HologramValue", "id": "h", "type": "hologram", "text": null, "value": "{\"x\":1}", "beam": 7},
      {"__typename": "StatusValue", "id": "s", "type": "status", "text": "Done", "value": null, "index": 1,
       "label": "Done", "is_done": true, "sparkle": true}
    ]}]}},
  "extensions": {"request_id": "r", "trace": {}}, "billing": {"points": 3}
}"#;

#[tokio::test]
async fn an_invented_column_type_enum_value_and_extra_field_still_decode() {
    let (_server, client) = server(json(ANSWER)).await;
    let page = client.execute(NextItemsPage::new("c").limit(1)).await.unwrap().next_items_page;
    let item = &page.items[0];
    assert_eq!(item.id.as_str(), "42", "an id as a JSON integer");
    assert_eq!(item.state, Some(State::Unrecognized("hibernating".into())));
    let [hologram, status] = item.column_values.as_slice() else { panic!("two column values") };
    assert_eq!(hologram.type_, ColumnType::Unrecognized("hologram".into()));
    assert!(matches!(&hologram.on, ColumnValueFieldsOn::Other(name) if name.contains("ologram")));
    assert_eq!(hologram.value.as_ref().unwrap().parse::<serde_json::Value>().unwrap()["x"], 1);
    assert!(matches!(&status.on, ColumnValueFieldsOn::StatusValue(status) if status.is_done == Some(true)));
}

#[tokio::test]
async fn an_empty_page_does_not_end_a_stream_and_the_last_page_does() {
    let server = wiremock::MockServer::start().await;
    let empty = r#"{"data":{"boards":[{"items_page":{"cursor":"next","items":[]}}]}}"#;
    let matches = wiremock::matchers::body_string_contains;
    wiremock::Mock::given(matches("ItemsPage("))
        .and(matches("$query_params"))
        .respond_with(json(empty))
        .mount(&server)
        .await;
    wiremock::Mock::given(matches("query NextItemsPage(")).respond_with(json(ANSWER)).mount(&server).await;
    let client = crate::support::client(&format!("{}/v2", server.uri()));
    let first = ItemsPage::new("1").limit(1);
    let items: Vec<_> = client.pages(first).try_collect().await.unwrap();
    assert_eq!(items.len(), 1);
}
