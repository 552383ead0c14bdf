//! Folders: made, moved, deleted with what is in them.

use serde_json::json;

use crate::desk::{Desk, code};

#[tokio::test]
async fn a_folder_is_made_moved_and_deleted_with_what_is_in_it() {
    let desk = Desk::new().await;
    let make = async |name: &str, place: &str| {
        let query = format!("mutation {{ create_folder(name: \"{name}\", {place}) {{ id }} }}");
        desk.data(&query, json!({})).await["create_folder"]["id"].as_str().unwrap().to_owned()
    };
    let outer = make("Outer", "workspace_id: 302, color: DONE_GREEN").await;
    let inner = make("Inner", &format!("parent_folder_id: {outer}")).await;
    let query = format!(
        "mutation {{ create_board(board_name: \"In it\", board_kind: public, folder_id: {inner}) {{ id }} }}"
    );
    let board = desk.data(&query, json!({})).await["create_board"]["id"].clone();
    let read = async |id: &str| {
        let query = format!(
            "{{ folders(ids: {id}) {{ name color workspace {{ id }} parent {{ name }}
            sub_folders {{ name }} children {{ name }} }} }}"
        );
        desk.data(&query, json!({})).await["folders"].clone()
    };
    assert_eq!(
        read(&outer).await,
        json!([{"name": "Outer", "color": "DONE_GREEN", "workspace": {"id": "302"}, "parent": null,
            "sub_folders": [{"name": "Inner"}], "children": []}])
    );
    let moved = format!(
        "mutation {{ update_folder(folder_id: {outer}, name: \"Moved\", workspace_id: 303) {{ id }} }}"
    );
    desk.data(&moved, json!({})).await;
    assert_eq!(
        read(&inner).await,
        json!([{"name": "Inner", "color": null, "workspace": {"id": "303"}, "parent": {"name": "Moved"},
            "sub_folders": [], "children": [{"name": "In it"}]}])
    );
    let within =
        format!("mutation {{ update_folder(folder_id: {outer}, parent_folder_id: {inner}) {{ id }} }}");
    assert_eq!(code(&desk.ask(&within, json!({})).await), "InvalidArgumentException");
    let listed = desk.data("{ folders(workspace_ids: 303) { name } }", json!({})).await;
    assert_eq!(listed["folders"].as_array().unwrap().len(), 3);
    let delete = format!("mutation {{ delete_folder(folder_id: {outer}) {{ name }} }}");
    desk.data(&delete, json!({})).await;
    assert_eq!((read(&outer).await, read(&inner).await), (json!([]), json!([])));
    let gone = desk.data("query($i: [ID!]) { boards(ids: $i) { id } }", json!({ "i": [board] })).await;
    assert_eq!(gone["boards"], json!([]));
    assert_eq!(code(&desk.ask(&delete, json!({})).await), "ResourceNotFoundException");
    let nowhere = "mutation { create_folder(name: \"x\", workspace_id: 9) { id } }";
    assert_eq!(code(&desk.ask(nowhere, json!({})).await), "ResourceNotFoundException");
}
