//! Columns that are made: ids, labels, places; and tags.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

const CREATE: &str = "mutation($b: ID!, $k: ColumnType!, $id: String, $d: JSON, $after: ID) {
    create_column(board_id: $b, column_type: $k, title: \"New\", id: $id, defaults: $d, after_column_id: $after, description: \"Why\") {
        id title type description settings } }";

async fn made(desk: &Desk, kind: &str, id: Value, defaults: Value, after: Value) -> Value {
    let defaults = if defaults.is_null() { defaults } else { json!(defaults.to_string()) };
    desk.ask(CREATE, json!({"b": desk.board, "k": kind, "id": id, "d": defaults, "after": after})).await
}

#[tokio::test]
async fn a_status_column_has_mondays_labels_or_those_it_is_given() {
    let desk = Desk::new().await;
    let answer = made(&desk, "status", json!(null), json!(null), json!(null)).await;
    let column = &answer["data"]["create_column"];
    assert_eq!(
        (&column["title"], &column["type"], &column["description"]),
        (&json!("New"), &json!("status"), &json!("Why"))
    );
    assert_eq!(column["settings"]["labels"], json!({"0": "Working on it", "1": "Done", "2": "Stuck"}));
    let own = json!({"labels": {"5": "Red", "7": "Green"}});
    let answer = made(&desk, "status", json!("light"), own.clone(), json!(null)).await;
    assert_eq!(answer["data"]["create_column"]["settings"], own);
    desk.write("light", &json!({"label": "Green"})).await;
    assert_eq!(desk.read("light", "StatusValue", "index").await["index"], 7);
    assert_eq!(code(&desk.write("light", &json!({"index": 6})).await), "ColumnValueException");
    let list = json!({"settings": {"labels": [{"name": "Small"}, {"name": "Large"}]}});
    let answer = made(&desk, "dropdown", json!(null), list, json!(null)).await;
    assert_eq!(answer["data"]["create_column"]["settings"]["labels"], json!({"0": "Small", "1": "Large"}));
}

#[tokio::test]
async fn a_column_stands_where_it_is_put_under_an_id_of_its_own() {
    let desk = Desk::new().await;
    assert_eq!(code(&made(&desk, "text", json!("mine"), json!(null), json!("status")).await), "none");
    let query = "query($b: [ID!]) { boards(ids: $b) { columns { id } } }";
    let data = desk.data(query, json!({"b": [desk.board]})).await;
    let ids: Vec<&str> = data["boards"][0]["columns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|column| column["id"].as_str().unwrap())
        .collect();
    let place = ids.iter().position(|id| *id == "mine").unwrap();
    assert_eq!(ids[place - 1], "status");
    for (kind, id, after, expected) in [
        ("text", json!("mine"), json!(null), "InvalidArgumentException"),
        ("text", json!("Not an id"), json!(null), "InvalidArgumentException"),
        ("text", json!("other"), json!("nope"), "InvalidColumnIdException"),
        ("name", json!("other"), json!(null), "InvalidArgumentException"),
    ] {
        assert_eq!(code(&made(&desk, kind, id.clone(), json!(null), after).await), expected, "{kind} {id}");
    }
    let nowhere = desk.ask(CREATE, json!({"b": "1", "k": "text"})).await;
    assert_eq!(code(&nowhere), "InvalidBoardIdException");
}

#[tokio::test]
async fn a_tag_is_made_once_and_then_found() {
    let desk = Desk::new().await;
    let query = "mutation($n: String) { create_or_get_tag(tag_name: $n) { id name } }";
    let first = desk.data(query, json!({"n": "new"})).await;
    assert_eq!(desk.data(query, json!({"n": "new"})).await, first);
    assert_eq!(desk.data(query, json!({"n": "later"})).await["create_or_get_tag"]["id"], "295064");
    let id: u64 = first["create_or_get_tag"]["id"].as_str().unwrap().parse().unwrap();
    let column = desk.column("tags").await;
    desk.write(&column, &json!({"tag_ids": [id]})).await;
    assert_eq!(desk.read(&column, "", "").await["text"], "new");
    assert_eq!(
        desk.data("{ tags(ids: [295026]) { name } }", json!({})).await["tags"],
        json!([{"name": "important"}])
    );
}
