//! Updates and replies: written, edited, liked, pinned, deleted, and told to webhooks.

use serde_json::{Value, json};

use crate::desk::{Desk, code};
use crate::endpoint::{Endpoint, subscribe};

const FIELDS: &str =
    "id body text_body edited_at likes { reaction_type creator { id } } pinned_to_top { item_id }
    replies { id body kind creator { id } }";

async fn write(desk: &Desk, parent: Value, body: &str) -> Value {
    let query = "mutation($i: ID, $p: ID, $b: String!) { create_update(item_id: $i, parent_id: $p, body: $b) { id } }";
    let item = if parent.is_null() { json!(desk.item) } else { Value::Null };
    desk.data(query, json!({"i": item, "p": parent, "b": body})).await["create_update"]["id"].clone()
}

async fn of_item(desk: &Desk) -> Value {
    let query = format!("query($i: [ID!]) {{ items(ids: $i) {{ updates {{ {FIELDS} }} }} }}");
    desk.data(&query, json!({"i": [desk.item]})).await["items"][0]["updates"].clone()
}

async fn act(desk: &Desk, mutation: &str, id: &Value) -> Value {
    let query = format!("mutation($u: ID!) {{ {mutation} {{ {FIELDS} }} }}");
    desk.ask(&query, json!({ "u": id })).await
}

#[tokio::test]
async fn an_update_is_written_edited_liked_pinned_and_deleted() {
    let desk = Desk::new().await;
    let id = write(&desk, Value::Null, "<p>One</p>").await;
    let reply = write(&desk, id.clone(), "Two").await;
    write(&desk, reply.clone(), "Three").await;
    let updates = of_item(&desk).await;
    assert_eq!(updates.as_array().unwrap().len(), 1);
    let replies = updates[0]["replies"].as_array().unwrap();
    assert_eq!(replies.iter().map(|reply| &reply["body"]).collect::<Vec<_>>(), ["Two", "Three"]);
    assert_eq!((&replies[0]["kind"], &replies[0]["creator"]["id"]), (&json!("reply"), &json!("501")));
    let all = "query($b: [ID!]!) { replies(board_ids: $b) { body } }";
    assert_eq!(
        desk.data(all, json!({"b": [desk.board]})).await["replies"],
        json!([{"body": "Two"}, {"body": "Three"}])
    );
    assert_eq!(desk.data(all, json!({"b": ["2000000001"]})).await["replies"], json!([]));

    act(&desk, "edit_update(id: $u, body: \"<b>1</b>\")", &id).await;
    act(&desk, "like_update(update_id: $u)", &id).await;
    act(&desk, "like_update(update_id: $u, reaction_type: \"clap\")", &id).await;
    act(&desk, "pin_to_top(id: $u)", &id).await;
    let update = of_item(&desk).await[0].clone();
    assert_eq!((&update["body"], &update["text_body"]), (&json!("<b>1</b>"), &json!("1")));
    assert_eq!(update["likes"], json!([{"reaction_type": "clap", "creator": {"id": "501"}}]));
    assert_eq!(update["pinned_to_top"], json!([{"item_id": desk.item}]));
    act(&desk, "unlike_update(update_id: $u)", &id).await;
    act(&desk, "unpin_from_top(id: $u)", &id).await;
    let update = of_item(&desk).await[0].clone();
    assert_eq!((&update["likes"], &update["pinned_to_top"]), (&json!([]), &json!([])));

    act(&desk, "delete_update(id: $u)", &id).await;
    assert_eq!(of_item(&desk).await, json!([]));
    for mutation in [
        "edit_update(id: $u, body: \"x\")",
        "delete_update(id: $u)",
        "like_update(update_id: $u)",
        "pin_to_top(id: $u)",
    ] {
        assert_eq!(code(&act(&desk, mutation, &id).await), "ResourceNotFoundException", "{mutation}");
        assert_eq!(code(&act(&desk, mutation, &reply).await), "ResourceNotFoundException", "{mutation}");
    }
}

#[tokio::test]
async fn all_updates_of_an_item_are_cleared() {
    let desk = Desk::new().await;
    let id = write(&desk, Value::Null, "One").await;
    write(&desk, id, "Two").await;
    write(&desk, Value::Null, "Three").await;
    let query = "mutation($i: ID!) { clear_item_updates(item_id: $i) { updates { id } } }";
    let cleared = desk.data(query, json!({"i": desk.item})).await;
    assert_eq!(cleared["clear_item_updates"]["updates"], json!([]));
    let all = "query($b: [ID!]!) { replies(board_ids: $b) { body } }";
    assert_eq!(desk.data(all, json!({"b": [desk.board]})).await["replies"], json!([]));
}

#[tokio::test]
async fn an_update_of_nothing_or_pinned_elsewhere_is_refused() {
    let desk = Desk::new().await;
    let query = "mutation($p: ID) { create_update(parent_id: $p, body: \"x\") { id } }";
    assert_eq!(code(&desk.ask(query, json!({})).await), "InvalidArgumentException");
    assert_eq!(code(&desk.ask(query, json!({"p": "9"})).await), "ResourceNotFoundException");
    let id = write(&desk, Value::Null, "One").await;
    assert_eq!(code(&act(&desk, "pin_to_top(id: $u, item_id: 9)", &id).await), "InvalidArgumentException");
}

#[tokio::test]
async fn webhooks_hear_of_replies_edits_and_deletions() {
    let (desk, mut endpoint) = (Desk::new().await, Endpoint::start().await);
    for event in ["create_update", "edit_update", "delete_update"] {
        assert_eq!(code(&subscribe(&desk, &endpoint.url, event, Value::Null).await), "none", "{event}");
    }
    let number = |id: &Value| json!(id.as_str().unwrap().parse::<u64>().unwrap());
    let id = write(&desk, Value::Null, "One").await;
    assert_eq!(endpoint.next().await.event["replyId"], Value::Null);
    let reply = write(&desk, id.clone(), "Two").await;
    let event = endpoint.next().await.event;
    assert_eq!((&event["updateId"], &event["replyId"]), (&number(&id), &number(&reply)));
    act(&desk, "edit_update(id: $u, body: \"1\")", &id).await;
    let event = endpoint.next().await.event;
    assert_eq!((&event["type"], &event["textBody"]), (&json!("edit_update"), &json!("1")));
    act(&desk, "delete_update(id: $u)", &id).await;
    let event = endpoint.next().await.event;
    assert_eq!((&event["type"], &event["updateId"]), (&json!("delete_update"), &number(&id)));
}
