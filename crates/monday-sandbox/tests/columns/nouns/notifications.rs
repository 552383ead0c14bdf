//! Notifications: sent to others and to oneself, and read.

use serde_json::{Value, json};

use crate::desk::{Desk, code};

async fn send(desk: &Desk, user: &str, target: &str, kind: &str, text: &str) -> Value {
    let query = "mutation($u: ID!, $t: ID!, $k: NotificationTargetType!, $x: String!) {
        create_notification(user_id: $u, target_id: $t, target_type: $k, text: $x) { id text } }";
    desk.ask(query, json!({"u": user, "t": target, "k": kind, "x": text})).await
}

#[tokio::test]
async fn ones_own_notifications_are_read_the_newest_first() {
    let desk = Desk::new().await;
    send(&desk, "501", &desk.item, "Project", "Of an item").await;
    send(&desk, "501", &desk.board, "Project", "Of a board").await;
    send(&desk, "502", &desk.item, "Project", "For somebody else").await;
    let query = "query($c: ID, $l: Int) { notifications(cursor: $c, limit: $l) {
        id text read creators { id } item { id } board { id } } }";
    let all = desk.data(query, json!({})).await["notifications"].clone();
    assert_eq!(
        all.as_array().unwrap().iter().map(|it| it["text"].clone()).collect::<Vec<_>>(),
        ["Of a board", "Of an item"]
    );
    assert_eq!((&all[0]["board"]["id"], &all[0]["item"]), (&json!(desk.board), &Value::Null));
    assert_eq!((&all[1]["item"]["id"], &all[1]["creators"]), (&json!(desk.item), &json!([{"id": "501"}])));
    let next = desk.data(query, json!({"c": all[0]["id"], "l": 1})).await["notifications"].clone();
    assert_eq!(next, json!([all[1]]));
}

#[tokio::test]
async fn nobody_is_notified_of_nothing() {
    let desk = Desk::new().await;
    for (user, target, kind, expected) in [
        ("9", desk.item.as_str(), "Project", "InvalidUserIdException"),
        ("501", "9", "Project", "InvalidBoardIdException"),
        ("501", desk.item.as_str(), "Post", "ResourceNotFoundException"),
    ] {
        assert_eq!(code(&send(&desk, user, target, kind, "x").await), expected, "{kind} {target}");
    }
}
