//! Teams: made, joined, owned, left, deleted.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn read(desk: &Desk, id: &Value) -> Value {
    let query = "query($i: [ID!]) { teams(ids: $i) { name users { id } owners { id } } }";
    desk.data(query, json!({ "i": [id] })).await["teams"].clone()
}

async fn create(desk: &Desk, input: &str) -> Value {
    desk.ask(&format!("mutation {{ create_team({input}) {{ id }} }}"), json!({})).await
}

#[tokio::test]
async fn a_team_is_made_joined_owned_left_and_deleted() {
    let desk = Desk::new().await;
    let made = create(&desk, "input: {name: \"Night\", subscriber_ids: [502]}").await;
    let id = made["data"]["create_team"]["id"].clone();
    let of = async |mutation: &str| desk.ask(&mutation.replace("NEW", id.as_str().unwrap()), json!({})).await;
    let joined = of("mutation { add_users_to_team(team_id: NEW, user_ids: [503, 502]) {
        successful_users { id } failed_users { id } } }")
    .await;
    assert_eq!(
        joined["data"]["add_users_to_team"],
        json!({"successful_users": [{"id": "503"}], "failed_users": [{"id": "502"}]})
    );
    let owned = of("mutation { assign_team_owners(team_id: NEW, user_ids: [503, 504, 9]) {
        team { owners { id } } errors { code user_id } } }")
    .await["data"]["assign_team_owners"]
        .clone();
    assert_eq!(owned["team"]["owners"], json!([{"id": "503"}]));
    assert_eq!(
        owned["errors"],
        json!([{"code": "USER_NOT_MEMBER_OF_TEAM", "user_id": "504"}, {"code": "USER_NOT_FOUND", "user_id": "9"}])
    );
    let of_user = "{ users(ids: 503) { teams { name } } }";
    assert_eq!(
        desk.data(of_user, json!({})).await["users"][0]["teams"],
        json!([{"name": "Product"}, {"name": "Night"}])
    );
    of("mutation { remove_team_owners(team_id: NEW, user_ids: [503]) { team { id } } }").await;
    of("mutation { remove_users_from_team(team_id: NEW, user_ids: [502]) { failed_users { id } } }").await;
    assert_eq!(read(&desk, &id).await, json!([{"name": "Night", "users": [{"id": "503"}], "owners": []}]));
    let board = "mutation($b: ID!, $t: [ID!]!) { add_teams_to_board(board_id: $b, team_ids: $t) { id } }";
    desk.data(board, json!({"b": desk.board, "t": [id]})).await;
    of("mutation { delete_team(team_id: NEW) { id } }").await;
    assert_eq!(read(&desk, &id).await, json!([]));
    let query = "query($b: [ID!]) { boards(ids: $b) { team_subscribers { id } } }";
    let board = desk.data(query, json!({"b": [desk.board]})).await;
    assert_eq!(board["boards"][0]["team_subscribers"], json!([]));
    let again = of("mutation { delete_team(team_id: NEW) { id } }").await;
    assert_eq!(code(&again), "ResourceNotFoundException");
}

#[tokio::test]
async fn a_team_that_cannot_be_is_refused() {
    let desk = Desk::new().await;
    for (input, expected) in [
        ("input: {name: \"Empty\"}", "InvalidArgumentException"),
        ("input: {name: \"Empty\"}, options: {allow_empty_team: true}", "none"),
        ("input: {name: \"Product\", subscriber_ids: [502]}", "InvalidArgumentException"),
        ("input: {name: \"Night\", subscriber_ids: [9]}", "InvalidUserIdException"),
    ] {
        assert_eq!(code(&create(&desk, input).await), expected, "{input}");
    }
}
