//! Users: invited, activated and deactivated, with other roles and attributes.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn read(desk: &Desk, arguments: &str) -> Value {
    let query = format!("{{ users({arguments}) {{ id email name kind status title }} }}");
    desk.data(&query, json!({})).await["users"].clone()
}

#[tokio::test]
async fn a_user_is_invited_activated_changed_and_deactivated() {
    let desk = Desk::new().await;
    let query =
        "mutation { invite_users(emails: [\"new@sandbox.example\", \"ada@sandbox.example\", \"nobody\"],
        user_role: GUEST) { invited_users { id status kind } errors { code email } } }";
    let invited = desk.data(query, json!({})).await["invite_users"].clone();
    let id = invited["invited_users"][0]["id"].clone();
    assert_eq!(invited["invited_users"], json!([{"id": id, "status": "PENDING", "kind": "guest"}]));
    assert_eq!(
        invited["errors"],
        json!([{"code": "ERROR", "email": "ada@sandbox.example"}, {"code": "ERROR", "email": "nobody"}])
    );
    let of = async |mutation: &str| desk.ask(&mutation.replace("NEW", id.as_str().unwrap()), json!({})).await;
    of("mutation { activate_users(user_ids: [NEW]) { activated_users { id } } }").await;
    of("mutation { update_users_role(user_ids: [NEW], new_role: ADMIN) { updated_users { id } } }").await;
    of("mutation { update_multiple_users(user_updates: [{user_id: NEW, user_attribute_updates: {
        name: \"Gil\", title: \"Boss\"}}]) { updated_users { id } } }")
    .await;
    of("mutation { update_email_domain(input: {new_domain: \"other.example\", user_ids: [NEW]}) {
        updated_users { id } } }")
    .await;
    assert_eq!(
        read(&desk, "name: \"gil\"").await,
        json!([{"id": id, "email": "new@other.example", "name": "Gil", "kind": "admin", "status": "ACTIVE",
            "title": "Boss"}])
    );
    let off = of("mutation { deactivate_users(user_ids: [NEW, 501, 9]) { deactivated_users { status }
        errors { code user_id } } }")
    .await["data"]["deactivate_users"]
        .clone();
    assert_eq!(off["deactivated_users"], json!([{"status": "INACTIVE"}]));
    assert_eq!(
        off["errors"],
        json!([{"code": "CANNOT_UPDATE_SELF", "user_id": "501"}, {"code": "USER_NOT_FOUND", "user_id": "9"}])
    );
    assert_eq!(read(&desk, "name: \"gil\"").await, json!([]));
    assert_eq!(read(&desk, "non_active: true").await.as_array().unwrap().len(), 1);
    assert_eq!(read(&desk, "status: [INACTIVE]").await[0]["id"], id);
    let neither = of("mutation { update_users_role(user_ids: [NEW]) { updated_users { id } } }").await;
    assert_eq!(code(&neither), "InvalidArgumentException");
}

#[tokio::test]
async fn users_are_listed_by_kind_and_age() {
    let desk = Desk::new().await;
    desk.data(
        "mutation { update_users_role(user_ids: [502], new_role: GUEST) { errors { code } } }",
        json!({}),
    )
    .await;
    assert_eq!(read(&desk, "kind: guests").await.as_array().unwrap().len(), 1);
    assert_eq!(read(&desk, "kind: non_guests").await.as_array().unwrap().len(), 5);
    assert_eq!(read(&desk, "user_kind: {in: [GUEST]}").await[0]["id"], "502");
    assert_eq!(read(&desk, "user_kind: {not_in: [MEMBER]}").await[0]["id"], "502");
    assert_eq!(read(&desk, "newest_first: true, limit: 1").await[0]["id"], "506");
}
