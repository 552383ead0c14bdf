//! Columns: changed under their revision, with labels.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn read(desk: &Desk, id: &str) -> Value {
    let query = "query($b: [ID!], $c: [String]) { boards(ids: $b) { columns(ids: $c) {
        title description width revision settings settings_str } } }";
    desk.data(query, json!({"b": [desk.board], "c": [id]})).await["boards"][0]["columns"][0].clone()
}

#[tokio::test]
async fn a_column_is_changed_under_its_revision() {
    let desk = Desk::new().await;
    let query = "mutation($b: ID!, $r: String!, $t: ColumnType!) { update_column(board_id: $b, id: \"text\",
        column_type: $t, revision: $r, title: \"Words\", description: \"Some\", width: 90) { revision } }";
    let update = async |revision: &str, kind: &str| {
        desk.ask(query, json!({"b": desk.board, "r": revision, "t": kind})).await
    };
    assert_eq!(update("1", "text").await["data"]["update_column"]["revision"], "2");
    let column = read(&desk, "text").await;
    assert_eq!(
        (&column["title"], &column["description"], &column["width"], &column["revision"]),
        (&json!("Words"), &json!("Some"), &json!(90), &json!("2"))
    );
    assert_eq!(code(&update("1", "text").await), "InvalidArgumentException");
    assert_eq!(code(&update("2", "numbers").await), "InvalidArgumentException");
    let change = "mutation($b: ID!, $c: String!) { change_column_metadata(board_id: $b, column_id: $c,
        column_property: description, value: \"More\") { description title } }";
    let changed = desk.data(change, json!({"b": desk.board, "c": "text"})).await;
    assert_eq!(changed["change_column_metadata"], json!({"description": "More", "title": "Words"}));
    assert_eq!(
        code(&desk.ask(change, json!({"b": desk.board, "c": "nope"})).await),
        "InvalidColumnIdException"
    );
}

#[tokio::test]
async fn labels_are_made_with_a_column_and_changed() {
    let desk = Desk::new().await;
    let create = "mutation($b: ID!) { create_status_column(board_id: $b, title: \"Light\", id: \"light\",
        defaults: {labels: [{label: \"Red\", color: stuck_red, index: 2}]}) { type settings } }";
    let made = desk.data(create, json!({"b": desk.board})).await["create_status_column"].clone();
    assert_eq!(made, json!({"type": "status", "settings": {"labels": {"2": "Red"}}}));
    let update = "mutation($b: ID!) { update_status_column(board_id: $b, id: \"light\", revision: \"1\",
        settings: {labels: [{label: \"Green\", color: done_green, index: 4}]}) { settings } }";
    desk.data(update, json!({"b": desk.board})).await;
    assert_eq!(read(&desk, "light").await["settings_str"], json!({"labels": {"4": "Green"}}).to_string());
    assert_eq!(code(&desk.write("light", &json!({"label": "Red"})).await), "ColumnValueException");
    let create = "mutation($b: ID!) { create_dropdown_column(board_id: $b, title: \"Size\", id: \"size\",
        defaults: {labels: [{label: \"S\"}, {label: \"L\"}]}) { settings } }";
    let made = desk.data(create, json!({"b": desk.board})).await["create_dropdown_column"].clone();
    assert_eq!(made["settings"]["labels"], json!({"0": "S", "1": "L"}));
}
