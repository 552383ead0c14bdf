//! Subitems: on a board of their own, and read through their parent's column.

use serde_json::json;

use crate::desk::{Desk, code};

const CREATE: &str = "mutation($p: ID!, $n: String!, $v: JSON) {
    create_subitem(parent_item_id: $p, item_name: $n, column_values: $v) {
        id name board { id type } parent_item { id } column_values(ids: [\"status\"]) { text } } }";

#[tokio::test]
async fn a_subitem_is_read_through_its_parents_column() {
    let desk = Desk::new().await;
    let values = json!({"status": {"label": "Done"}}).to_string();
    let one =
        desk.data(CREATE, json!({"p": desk.item, "n": "One", "v": values})).await["create_subitem"].clone();
    let two = desk.data(CREATE, json!({"p": desk.item, "n": "Two"})).await["create_subitem"].clone();
    assert_eq!(
        (&one["parent_item"]["id"], &one["board"]["type"]),
        (&json!(desk.item), &json!("sub_items_board"))
    );
    assert_eq!((&one["column_values"][0]["text"], &one["board"]), (&json!("Done"), &two["board"]));
    let query = "query($i: [ID!]) { items(ids: $i) { subitems { id } column_values(types: [subtasks]) {
        text value ... on SubtasksValue { subitems_ids display_value subitems { name } } } } }";
    let read = || desk.data(query, json!({"i": [desk.item]}));
    let item = read().await["items"][0].clone();
    let expected = json!([{"text": "One, Two", "value": null, "subitems_ids": [one["id"], two["id"]],
        "display_value": "One, Two", "subitems": [{"name": "One"}, {"name": "Two"}]}]);
    assert_eq!((&item["column_values"], item["subitems"].as_array().unwrap().len()), (&expected, 2));
    desk.data("mutation($i: ID!) { delete_item(item_id: $i) { id } }", json!({"i": one["id"]})).await;
    assert_eq!(read().await["items"][0]["column_values"][0]["display_value"], "Two");
}

#[tokio::test]
async fn a_subitem_has_no_subitems_and_needs_a_parent() {
    let desk = Desk::new().await;
    let one = desk.data(CREATE, json!({"p": desk.item, "n": "One"})).await["create_subitem"]["id"].clone();
    assert_eq!(code(&desk.ask(CREATE, json!({"p": one, "n": "Deep"})).await), "InvalidArgumentException");
    assert_eq!(code(&desk.ask(CREATE, json!({"p": "1", "n": "Orphan"})).await), "InvalidItemIdException");
}
