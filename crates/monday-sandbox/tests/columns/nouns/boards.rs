//! Boards: made, changed, moved, duplicated, archived, deleted.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn read(desk: &Desk, id: &Value, fields: &str) -> Value {
    let query = format!("query($i: [ID!]) {{ boards(ids: $i, state: all) {{ {fields} }} }}");
    desk.data(&query, json!({ "i": [id] })).await["boards"][0].clone()
}

async fn made(desk: &Desk) -> Value {
    let query = "mutation { create_board(board_name: \"Plan\", board_kind: private, folder_id: 401,
        board_owner_ids: [502], board_subscriber_ids: [503], description: \"Why\") { id } }";
    desk.data(query, json!({})).await["create_board"]["id"].clone()
}

#[tokio::test]
async fn a_board_is_made_changed_archived_and_deleted() {
    let desk = Desk::new().await;
    let id = made(&desk).await;
    let fields = "name description board_kind board_folder_id workspace_id folder { name children { id } }
        owners { id } subscribers { id } groups { id } tags { id }";
    let board = read(&desk, &id, fields).await;
    assert_eq!((&board["name"], &board["board_kind"]), (&json!("Plan"), &json!("private")));
    assert_eq!(board["folder"], json!({"name": "Plans", "children": [{ "id": id }]}));
    assert_eq!(board["owners"], json!([{"id": "501"}, {"id": "502"}]));
    assert_eq!(board["subscribers"], json!([{"id": "501"}, {"id": "503"}, {"id": "502"}]));
    assert_eq!(board["tags"], json!([]));

    let update = "mutation($b: ID!, $a: BoardAttributes!, $v: String!) {
        update_board(board_id: $b, board_attribute: $a, new_value: $v) }";
    for (attribute, value) in [("name", "Plans of 2027"), ("description", "Because")] {
        let answer = desk.data(update, json!({"b": id, "a": attribute, "v": value})).await;
        let told: Value = serde_json::from_str(answer["update_board"].as_str().unwrap()).unwrap();
        assert_eq!(told["success"], true);
    }
    let nickname = r#"{"singular": "plan"}"#;
    desk.data(update, json!({"b": id, "a": "item_nickname", "v": nickname})).await;
    let board = read(&desk, &id, "name description item_terminology").await;
    assert_eq!(board, json!({"name": "Plans of 2027", "description": "Because", "item_terminology": "plan"}));

    let archived =
        desk.data("mutation($b: ID!) { archive_board(board_id: $b) { state } }", json!({"b": id})).await;
    assert_eq!(archived["archive_board"]["state"], "archived");
    assert_eq!(
        desk.data("query($i: [ID!]) { boards(ids: $i) { id } }", json!({"i": [id]})).await["boards"],
        json!([])
    );
    let answer = desk.ask(update, json!({"b": id, "a": "name", "v": "Late"})).await;
    assert_eq!(code(&answer), "InvalidBoardIdException");
    let item = "mutation($b: ID!) { create_item(board_id: $b, item_name: \"Late\") { id } }";
    assert_eq!(code(&desk.ask(item, json!({ "b": id })).await), "InvalidBoardIdException");
    let delete = "mutation($b: ID!) { delete_board(board_id: $b) { state } }";
    assert_eq!(desk.data(delete, json!({"b": id})).await["delete_board"]["state"], "deleted");
    assert_eq!(read(&desk, &id, "state").await["state"], "deleted");
    assert_eq!(code(&desk.ask(delete, json!({"b": id})).await), "InvalidBoardIdException");
}

#[tokio::test]
async fn the_items_of_a_deleted_board_are_gone() {
    let desk = Desk::new().await;
    desk.data("mutation($b: ID!) { delete_board(board_id: $b) { id } }", json!({"b": desk.board})).await;
    let items = desk.data("query($i: [ID!]) { items(ids: $i) { id } }", json!({"i": [desk.item]})).await;
    assert_eq!(items["items"], json!([]));
    assert_eq!(code(&desk.write("text", &json!("late")).await), "InvalidItemIdException");
}

#[tokio::test]
async fn a_board_moves_between_workspaces_and_folders() {
    let desk = Desk::new().await;
    let id = made(&desk).await;
    let query = "mutation($b: ID!, $a: UpdateBoardHierarchyAttributesInput!) {
        update_board_hierarchy(board_id: $b, attributes: $a) { success board { workspace_id board_folder_id } } }";
    let moved = async |attributes: Value| desk.ask(query, json!({"b": id, "a": attributes})).await;
    let answer = moved(json!({"workspace_id": "302"})).await;
    let board = &answer["data"]["update_board_hierarchy"];
    assert_eq!(board, &json!({"success": true, "board": {"workspace_id": "302", "board_folder_id": null}}));
    let answer = moved(json!({"folder_id": "402"})).await;
    let board = &answer["data"]["update_board_hierarchy"]["board"];
    assert_eq!(board, &json!({"workspace_id": "303", "board_folder_id": "402"}));
    for (attributes, expected) in [
        (json!({"workspace_id": "9"}), "ResourceNotFoundException"),
        (json!({"folder_id": "9"}), "ResourceNotFoundException"),
        (json!({"folder_id": "402", "workspace_id": "301"}), "InvalidArgumentException"),
    ] {
        assert_eq!(code(&moved(attributes.clone()).await), expected, "{attributes}");
    }
    assert_eq!(read(&desk, &id, "board_folder_id").await["board_folder_id"], "402");
}

#[tokio::test]
async fn a_duplicate_has_as_much_as_is_asked_for() {
    let desk = Desk::new().await;
    let update = "mutation($i: ID!) { create_update(item_id: $i, body: \"Hi\") { id } }";
    desk.data(update, json!({"i": desk.item})).await;
    let query = "mutation($b: ID!, $t: DuplicateBoardType!) {
        duplicate_board(board_id: $b, duplicate_type: $t, board_name: \"Again\") { is_async board {
            id name items_count columns { id } updates { body } } } }";
    for (kind, items, updates) in [
        ("duplicate_board_with_structure", 0, 0),
        ("duplicate_board_with_pulses", 3, 0),
        ("duplicate_board_with_pulses_and_updates", 3, 1),
    ] {
        let made = desk.data(query, json!({"b": desk.board, "t": kind})).await["duplicate_board"].clone();
        let board = &made["board"];
        assert_eq!((&made["is_async"], &board["name"]), (&json!(false), &json!("Again")));
        assert_eq!(
            (&board["items_count"], board["updates"].as_array().unwrap().len()),
            (&json!(items), updates)
        );
        assert_eq!(board["columns"].as_array().unwrap().len(), 12);
    }
}

#[tokio::test]
async fn a_board_that_cannot_be_is_refused() {
    let desk = Desk::new().await;
    for (arguments, expected) in [
        ("workspace_id: 9", "ResourceNotFoundException"),
        ("folder_id: 9", "ResourceNotFoundException"),
        ("board_owner_ids: [9]", "InvalidUserIdException"),
        ("board_subscriber_teams_ids: [9]", "ResourceNotFoundException"),
    ] {
        let query = format!(
            "mutation {{ create_board(board_name: \"No\", board_kind: public, {arguments}) {{ id }} }}"
        );
        assert_eq!(code(&desk.ask(&query, json!({})).await), expected, "{arguments}");
    }
    let named = "mutation($b: ID!) { update_board(board_id: $b, board_attribute: name, new_value: \"\") }";
    assert_eq!(code(&desk.ask(named, json!({"b": desk.board})).await), "InvalidArgumentException");
}
