//! Types that are read and never written.

use serde_json::json;

use crate::desk::Desk;

#[tokio::test]
async fn an_automatic_number_is_a_column_without_values() {
    let desk = Desk::new().await;
    let column = desk.column("auto_number").await;
    let query = "query($i: [ID!], $c: [String!]) { items(ids: $i) { column_values(ids: $c) { id } board { columns { id } } } }";
    let data = desk.data(query, json!({"i": [desk.item], "c": [column, "name", "text"]})).await;
    assert_eq!(data["items"][0]["column_values"], json!([{"id": "text"}]));
    let columns = data["items"][0]["board"]["columns"].as_array().unwrap();
    assert!(columns.iter().any(|known| known["id"] == *column));
}

#[tokio::test]
async fn what_monday_computes_is_read_from_the_item() {
    let desk = Desk::new().await;
    let item = desk.item.clone();
    for (kind, implementor, fields, text, typed) in [
        ("item_id", "ItemIdValue", "item_id", json!(item), json!({"item_id": item})),
        ("formula", "FormulaValue", "display_value", json!(""), json!({"display_value": ""})),
        (
            "mirror",
            "MirrorValue",
            "display_value mirrored_items { linked_board_id }",
            json!(""),
            json!({"display_value": "", "mirrored_items": []}),
        ),
        ("vote", "VoteValue", "vote_count voter_ids", json!(""), json!({"vote_count": 0, "voter_ids": []})),
        (
            "time_tracking",
            "TimeTrackingValue",
            "running history { id }",
            json!(""),
            json!({"running": false, "history": []}),
        ),
        (
            "group",
            "GroupValue",
            "group_id group { title }",
            json!("topics"),
            json!({"group_id": "topics", "group": {"title": "This month"}}),
        ),
    ] {
        let mut read = desk.read(&desk.column(kind).await, implementor, fields).await;
        assert_eq!((&read["text"], &read["value"]), (&text, &json!(null)), "{kind}");
        read.as_object_mut().unwrap().retain(|name, _| typed.get(name).is_some());
        assert_eq!(read, typed, "{kind}");
    }
    let log = desk
        .read(
            &desk.column("creation_log").await,
            "CreationLogValue",
            "creator_id creator { name } created_at",
        )
        .await;
    assert_eq!(
        (&log["creator_id"], &log["creator"]["name"], &log["created_at"]),
        (&json!("501"), &json!("Ada Example"), &log["text"])
    );
}
