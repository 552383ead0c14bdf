//! Items: duplicated, put elsewhere, moved to another board, removed by the dozen, found by their values.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

const OTHER: &str = "2000000001";

async fn place(desk: &Desk, item: &str, more: &str) -> Value {
    let query =
        format!("mutation($i: ID!) {{ change_item_position(item_id: $i, {more}) {{ group {{ id }} }} }}");
    desk.ask(&query, json!({ "i": item })).await
}

#[tokio::test]
async fn a_duplicate_stands_behind_its_item_with_its_updates() {
    let desk = Desk::new().await;
    desk.write("text", &json!("kept")).await;
    let update =
        "mutation($i: ID!, $p: ID) { create_update(item_id: $i, parent_id: $p, body: \"Hi\") { id } }";
    let first = desk.data(update, json!({"i": desk.item})).await["create_update"]["id"].clone();
    desk.data(update, json!({"i": desk.item, "p": first})).await;
    let last = desk.create("Last").await;
    let query = "mutation($b: ID!, $i: ID!) { duplicate_item(board_id: $b, item_id: $i, with_updates: true) {
        name column_values(ids: \"text\") { text } updates { body replies { body } } } }";
    let copy = desk.data(query, json!({"b": desk.board, "i": desk.item})).await["duplicate_item"].clone();
    assert_eq!((&copy["name"], &copy["column_values"][0]["text"]), (&json!("Mine (copy)"), &json!("kept")));
    assert_eq!(copy["updates"], json!([{"body": "Hi", "replies": [{"body": "Hi"}]}]));
    let names = desk.sandbox.item_names(&desk.board);
    assert_eq!(names[2..], ["Mine", "Mine (copy)", "Last"]);
    assert_eq!(code(&desk.ask(query, json!({"b": OTHER, "i": last})).await), "InvalidArgumentException");
}

#[tokio::test]
async fn an_item_is_put_beside_another_and_into_a_group() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    let names = || desk.sandbox.item_names(&desk.board)[2..].to_vec();
    place(&desk, &other, &format!("relative_to: {}, position_relative_method: before_at", desk.item)).await;
    assert_eq!(names(), ["Other", "Mine"]);
    place(&desk, &other, &format!("relative_to: {}, position_relative_method: after_at", desk.item)).await;
    assert_eq!(names(), ["Mine", "Other"]);
    let moved = place(&desk, &other, "group_id: \"group_next\"").await;
    assert_eq!(moved["data"]["change_item_position"]["group"]["id"], "group_next");
    place(&desk, &other, "group_id: \"topics\", group_top: true").await;
    assert_eq!(desk.sandbox.item_names(&desk.board)[0], "Other");
    assert_eq!(code(&place(&desk, &other, "relative_to: 1").await), "InvalidItemIdException");
    let query = format!(
        "mutation($b: ID!) {{ create_item(board_id: $b, item_name: \"Between\", relative_to: {}, \
         position_relative_method: before_at) {{ id }} }}",
        desk.item
    );
    desk.data(&query, json!({"b": desk.board})).await;
    assert_eq!(names(), ["Plan the price list #2", "Between", "Mine"]);
}

#[tokio::test]
async fn an_item_moves_to_another_board_with_what_fits_or_what_is_mapped() {
    let desk = Desk::new().await;
    let own = desk.column("text").await;
    desk.write_all(&json!({"text": "kept", (&own): "lost"}), false).await;
    let subitem = "mutation($p: ID!) { create_subitem(parent_item_id: $p, item_name: \"Part\",
        column_values: \"{\\\"text\\\": \\\"inside\\\"}\") { id } }";
    let part = desk.data(subitem, json!({"p": desk.item})).await["create_subitem"]["id"].clone();
    let of_part = async || {
        let data =
            desk.data("query($i: [ID!]) { items(ids: $i) { board { id } } }", json!({ "i": [part] })).await;
        data["items"][0]["board"]["id"].clone()
    };
    let parts_board = of_part().await;
    let query = "mutation($b: ID!, $i: ID!, $m: [ColumnMappingInput!]) {
        move_item_to_board(board_id: $b, group_id: \"topics\", item_id: $i, columns_mapping: $m) {
            board { id } column_values(ids: \"text\") { text } subitems { name column_values(ids: \"text\") { text } } } }";
    let ask = async |board: &str, mapping: Value| {
        desk.ask(query, json!({"b": board, "i": desk.item, "m": mapping})).await
    };
    for (mapping, expected) in [
        (json!([{"source": "nope", "target": "text"}]), "InvalidColumnIdException"),
        (json!([{"source": "text", "target": "nope"}]), "InvalidColumnIdException"),
        (json!([{"source": "text", "target": "numbers"}]), "InvalidArgumentException"),
    ] {
        assert_eq!(code(&ask(OTHER, mapping.clone()).await), expected, "{mapping}");
    }
    let moved = ask(OTHER, Value::Null).await["data"]["move_item_to_board"].clone();
    assert_eq!((&moved["board"]["id"], &moved["column_values"][0]["text"]), (&json!(OTHER), &json!("kept")));
    assert_eq!(moved["subitems"], json!([{"name": "Part", "column_values": [{"text": "inside"}]}]));
    assert_ne!(of_part().await, parts_board);
    assert!(!desk.sandbox.item_names(&desk.board).contains(&"Mine".to_owned()));
    let mapping = json!([{"source": "text", "target": (&own)}, {"source": "status", "target": null}]);
    let back = ask(&desk.board, mapping).await["data"]["move_item_to_board"].clone();
    assert_eq!(back["column_values"][0]["text"], "");
    assert_eq!(desk.read(&own, "", "").await["text"], "kept");
}

#[tokio::test]
async fn many_items_are_removed_at_once_or_none() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    let query = "mutation($b: ID!, $i: [ID!]!) { bulk_archive_items(board_id: $b, item_ids: $i) { job_id } }";
    let ask = async |items: Value| desk.ask(query, json!({"b": desk.board, "i": items})).await;
    assert_eq!(code(&ask(json!([desk.item, "1"])).await), "InvalidItemIdException");
    assert_eq!(desk.sandbox.item_names(&desk.board).len(), 4);
    assert_eq!(code(&ask(json!([desk.item, other])).await), "none");
    assert_eq!(desk.sandbox.item_names(&desk.board).len(), 2);
    let read = "query($i: [ID!], $a: Boolean) { items(ids: $i, exclude_nonactive: $a) { state } }";
    let items = desk.data(read, json!({"i": [desk.item]})).await;
    assert_eq!(items["items"], json!([{"state": "archived"}]));
    assert_eq!(desk.data(read, json!({"i": [desk.item], "a": true})).await["items"], json!([]));
}

#[tokio::test]
async fn items_are_found_by_their_values() {
    let desk = Desk::new().await;
    desk.write("text", &json!("rare")).await;
    let query = "query($b: ID!, $c: [ItemsPageByColumnValuesQuery!]) {
        items_page_by_column_values(board_id: $b, columns: $c) { cursor items { name } } }";
    let ask = async |columns: Value| desk.ask(query, json!({"b": desk.board, "c": columns})).await;
    let found = ask(json!([{"column_id": "text", "column_values": ["rare", "rarer"]}])).await;
    let page = &found["data"]["items_page_by_column_values"];
    assert_eq!(page, &json!({"cursor": null, "items": [{"name": "Mine"}]}));
    let unknown = ask(json!([{"column_id": "nope", "column_values": []}])).await;
    assert_eq!(code(&unknown), "InvalidColumnIdException");
}
