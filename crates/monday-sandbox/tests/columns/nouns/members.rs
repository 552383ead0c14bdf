//! Members of boards and workspaces: join, own, leave.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

/// What has members, how it is read, who they are, and what puts them in and takes them out.
const CASES: [(&str, &str, &str, &str, &str, &str); 4] = [
    ("board", "boards", "subscribers owners", "user", "add_users_to_board", "delete_subscribers_from_board"),
    (
        "board",
        "boards",
        "team_subscribers team_owners",
        "team",
        "add_teams_to_board",
        "delete_teams_from_board",
    ),
    (
        "workspace",
        "workspaces",
        "users_subscribers owners_subscribers",
        "user",
        "add_users_to_workspace",
        "delete_users_from_workspace",
    ),
    (
        "workspace",
        "workspaces",
        "teams_subscribers team_owners_subscribers",
        "team",
        "add_teams_to_workspace",
        "delete_teams_from_workspace",
    ),
];

#[tokio::test]
async fn members_join_own_and_leave() {
    let desk = Desk::new().await;
    for (noun, list, fields, member, add, delete) in CASES {
        let (of, ids) =
            if noun == "board" { (desk.board.as_str(), ["2000000006"]) } else { ("302", ["302"]) };
        let member_id = if member == "user" { "504" } else { "602" };
        let (subscribers, owners) = fields.split_once(' ').unwrap();
        let are = async |field: &str| -> bool {
            let query = format!("query($i: [ID!]) {{ {list}(ids: $i) {{ {field} {{ id }} }} }}");
            let data = desk.data(&query, json!({ "i": ids })).await;
            let members = data[list][0][field].as_array().unwrap().clone();
            members.iter().any(|found| found["id"] == member_id)
        };
        let act = async |mutation: &str, of: &str, id: &str, more: &str| -> Value {
            let query =
                format!("mutation {{ {mutation}({noun}_id: {of}, {member}_ids: [{id}]{more}) {{ id }} }}");
            desk.ask(&query, json!({})).await
        };
        assert_eq!(act(add, of, member_id, "").await["data"][add], json!([{ "id": member_id }]));
        assert_eq!((are(subscribers).await, are(owners).await), (true, false), "{add}");
        act(add, of, member_id, ", kind: owner").await;
        assert_eq!((are(subscribers).await, are(owners).await), (true, true), "{add}");
        act(delete, of, member_id, "").await;
        assert_eq!((are(subscribers).await, are(owners).await), (false, false), "{delete}");
        let nobody = if member == "user" { "InvalidUserIdException" } else { "ResourceNotFoundException" };
        assert_eq!(code(&act(add, of, "9", "").await), nobody, "{add}");
        let nowhere = if noun == "board" { "InvalidBoardIdException" } else { "ResourceNotFoundException" };
        assert_eq!(code(&act(delete, "9", member_id, "").await), nowhere, "{delete}");
    }
}

#[tokio::test]
async fn a_tag_of_a_board_is_the_boards() {
    let desk = Desk::new().await;
    let query = "mutation($b: ID) { create_or_get_tag(tag_name: \"mine\", board_id: $b) { id } }";
    let id = desk.data(query, json!({"b": desk.board})).await["create_or_get_tag"]["id"].clone();
    let tags = desk
        .data("query($b: [ID!]) { boards(ids: $b) { tags { id name } } }", json!({"b": [desk.board]}))
        .await;
    assert_eq!(tags["boards"][0]["tags"], json!([{"id": id, "name": "mine"}]));
    assert_eq!(code(&desk.ask(query, json!({"b": "9"})).await), "InvalidBoardIdException");
}
