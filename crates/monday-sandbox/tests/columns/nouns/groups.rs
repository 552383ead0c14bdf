//! Groups: made, changed, put elsewhere, duplicated, archived, deleted.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

/// The board's groups by their titles, in its order.
async fn titles(desk: &Desk) -> Vec<String> {
    let data = desk
        .data("query($b: [ID!]) { boards(ids: $b) { groups { title } } }", json!({"b": [desk.board]}))
        .await;
    let groups = data["boards"][0]["groups"].as_array().unwrap().clone();
    groups.iter().map(|group| group["title"].as_str().unwrap().to_owned()).collect()
}

async fn made(desk: &Desk, title: &str, more: &str) -> Value {
    let query = format!(
        "mutation($b: ID!, $t: String!) {{ create_group(board_id: $b, group_name: $t, {more}) {{ id }} }}"
    );
    let data = desk.data(&query, json!({"b": desk.board, "t": title})).await;
    data["create_group"]["id"].clone()
}

async fn set(desk: &Desk, id: &Value, attribute: &str, value: &str) -> Value {
    let query = "mutation($b: ID!, $g: String!, $a: GroupAttributes!, $v: String!) {
        update_group(board_id: $b, group_id: $g, group_attribute: $a, new_value: $v) { title color position } }";
    desk.ask(query, json!({"b": desk.board, "g": id, "a": attribute, "v": value})).await
}

#[tokio::test]
async fn a_group_is_made_in_its_place_changed_and_moved() {
    let desk = Desk::new().await;
    let id = made(&desk, "New", "relative_to: \"topics\", position_relative_method: after_at").await;
    assert_eq!(titles(&desk).await, ["This month", "New", "Next month"]);
    set(&desk, &id, "title", "Newer").await;
    let changed = set(&desk, &id, "color", "#ff0000").await;
    assert_eq!(
        (&changed["data"]["update_group"]["title"], &changed["data"]["update_group"]["color"]),
        (&json!("Newer"), &json!("#ff0000"))
    );
    set(&desk, &id, "relative_position_before", "topics").await;
    assert_eq!(titles(&desk).await, ["Newer", "This month", "Next month"]);
    set(&desk, &id, "relative_position_after", "group_next").await;
    assert_eq!(titles(&desk).await, ["This month", "Next month", "Newer"]);
    set(&desk, &id, "position", "70000").await;
    assert_eq!(titles(&desk).await, ["This month", "Newer", "Next month"]);
    for (attribute, value, expected) in [
        ("position", "first", "InvalidArgumentException"),
        ("relative_position_after", "nope", "ResourceNotFoundException"),
    ] {
        assert_eq!(code(&set(&desk, &id, attribute, value).await), expected, "{attribute}");
    }
    assert_eq!(code(&set(&desk, &json!("nope"), "title", "x").await), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_group_goes_with_its_items_and_the_last_one_stays() {
    let desk = Desk::new().await;
    let query = "mutation($b: ID!) { archive_group(board_id: $b, group_id: \"topics\") { archived } }";
    let answer = desk.ask(query, json!({"b": desk.board})).await;
    assert_eq!(answer["data"]["archive_group"]["archived"], true);
    assert_eq!(titles(&desk).await, ["Next month"]);
    let item = desk.data("query($i: [ID!]) { items(ids: $i) { state } }", json!({"i": [desk.item]})).await;
    assert_eq!(item["items"][0]["state"], "archived");
    let query = "mutation($b: ID!) { delete_group(board_id: $b, group_id: \"group_next\") { deleted } }";
    let answer = desk.ask(query, json!({"b": desk.board})).await;
    assert_eq!(code(&answer), "DeleteLastGroupException");
    assert_eq!(answer["errors"][0]["extensions"]["status_code"], 409);
    made(&desk, "Another", "group_color: \"#00ff00\"").await;
    assert_eq!(desk.data(query, json!({"b": desk.board})).await["delete_group"]["deleted"], true);
    assert_eq!(titles(&desk).await, ["Another"]);
    assert_eq!(code(&desk.ask(query, json!({"b": desk.board})).await), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_duplicate_has_the_items_and_stands_behind_or_at_the_top() {
    let desk = Desk::new().await;
    let query = "mutation($b: ID!, $t: Boolean) {
        duplicate_group(board_id: $b, group_id: \"topics\", add_to_top: $t) { items_page { items { name } } } }";
    let copy = desk.data(query, json!({"b": desk.board, "t": false})).await["duplicate_group"].clone();
    assert_eq!(copy["items_page"]["items"].as_array().unwrap().len(), 3);
    assert_eq!(titles(&desk).await, ["This month", "Duplicate of This month", "Next month"]);
    desk.data(query, json!({"b": desk.board, "t": true})).await;
    assert_eq!(titles(&desk).await[0], "Duplicate of This month");
}
