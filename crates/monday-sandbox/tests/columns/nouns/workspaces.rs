//! Workspaces: made, changed, deleted with what is in them.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

#[tokio::test]
async fn a_workspace_is_made_changed_and_deleted_with_its_boards() {
    let desk = Desk::new().await;
    let query = "mutation { create_workspace(name: \"Lab\", kind: closed) { id } }";
    let id = desk.data(query, json!({})).await["create_workspace"]["id"].clone();
    let of = async |query: &str| desk.ask(&query.replace("NEW", id.as_str().unwrap()), json!({})).await;
    let made = of("{ workspaces(ids: NEW) { name kind state users_subscribers { id } } }").await;
    assert_eq!(
        made["data"]["workspaces"],
        json!([{"name": "Lab", "kind": "closed", "state": "active", "users_subscribers": [{"id": "501"}]}])
    );
    of("mutation { update_workspace(id: NEW, attributes: {name: \"Labs\", description: \"Why\"}) { id } }")
        .await;
    let read = of("{ workspaces(ids: NEW) { name description kind } }").await;
    assert_eq!(read["data"]["workspaces"], json!([{"name": "Labs", "description": "Why", "kind": "closed"}]));
    let board =
        of("mutation { create_board(board_name: \"In it\", board_kind: public, workspace_id: NEW) { id } }")
            .await;
    let board = board["data"]["create_board"]["id"].clone();
    of("mutation { delete_workspace(workspace_id: NEW) { state } }").await;
    assert_eq!(of("{ workspaces(ids: NEW) { id } }").await["data"]["workspaces"], json!([]));
    let state = of("{ workspaces(ids: NEW, state: deleted) { state } }").await;
    assert_eq!(state["data"]["workspaces"], json!([{"state": "deleted"}]));
    let gone = desk.data("query($i: [ID!]) { boards(ids: $i) { id } }", json!({"i": [board]})).await;
    assert_eq!(gone["boards"], json!([]));
    for mutation in
        ["delete_workspace(workspace_id: NEW)", "update_workspace(id: NEW, attributes: {name: \"x\"})"]
    {
        let answer = of(&format!("mutation {{ {mutation} {{ id }} }}")).await;
        assert_eq!(code(&answer), "ResourceNotFoundException", "{mutation}");
    }
    let main: Value = of("mutation { delete_workspace(workspace_id: 301) { id } }").await;
    assert_eq!(code(&main), "InvalidArgumentException");
}
