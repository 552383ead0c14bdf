//! Each event of the schema has a fixture, a type, and is told from the others as far as monday tells it.

use std::fs;

use monday_webhooks::{BoardChange, BoardReceiver, Received, WebhookEventType};

use crate::support::{board_event, delivered, fixture, names, parsed, receiver, with};
use serde_json::json;

/// The values of the schema's `WebhookEventType`.
fn of_the_schema() -> Vec<String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../schema/monday.graphql");
    let schema = fs::read_to_string(path).unwrap();
    let (_, behind) = schema.split_once("\nenum WebhookEventType {\n").unwrap();
    let (values, _) = behind.split_once("\n}").unwrap();
    let mut values: Vec<_> = values.lines().map(|line| line.trim().to_owned()).collect();
    values.sort();
    values
}

#[test]
fn every_event_of_the_schema_has_a_fixture_and_a_name_here() {
    let schema = of_the_schema();
    assert_eq!(schema.len(), 21);
    assert_eq!(names("board"), schema, "an event without a fixture, or a fixture without an event");
    for name in schema {
        let known = WebhookEventType::from(name.as_str());
        assert!(!matches!(known, WebhookEventType::Unrecognized(_)), "{name} is not known here");
        assert_eq!(known.as_str(), name);
    }
}

#[test]
fn every_event_of_the_schema_is_typed_and_loses_no_field() {
    for name in of_the_schema() {
        let event = board_event(&name);
        let is_typed = !matches!(event.change, BoardChange::Unknown | BoardChange::Unreadable(_));
        assert!(is_typed, "{name} is {:?}", event.change);
        assert!(event.unread().is_empty(), "{name}: {:?}", event.unread());
        assert_eq!(event.raw().0, fixture("board", &name)["event"], "{name}");
        let of_these = event.subscribed();
        assert!(
            of_these.contains(&WebhookEventType::from(name.as_str())),
            "{name} is taken for {of_these:?}"
        );
        assert!(event.trigger_uuid.is_some() && event.happened_at().is_some(), "{name}");
        let has_item = !matches!(event.change, BoardChange::ColumnCreated(_));
        assert_eq!(
            event.item_id().map(monday_core::ItemId::as_str),
            has_item.then_some("1122334455"),
            "{name}"
        );
    }
}

#[test]
fn an_event_of_a_subitem_is_told_from_one_of_an_item() {
    for (of_item, of_subitem) in [
        ("create_item", "create_subitem"),
        ("change_name", "change_subitem_name"),
        ("change_column_value", "change_subitem_column_value"),
        ("item_archived", "subitem_archived"),
        ("item_deleted", "subitem_deleted"),
        ("create_update", "create_subitem_update"),
    ] {
        let (item, subitem) = (board_event(of_item), board_event(of_subitem));
        assert_eq!(item.name(), subitem.name());
        assert!(item.parent.is_none() && !item.subscribed().contains(&of_subitem.into()), "{of_item}");
        assert!(subitem.parent.is_some() && !subitem.subscribed().contains(&of_item.into()), "{of_subitem}");
    }
}

#[test]
fn an_event_that_does_not_say_of_what_it_is_may_be_of_each() {
    for (of_item, of_subitem) in [
        ("create_item", "create_subitem"),
        ("change_name", "change_subitem_name"),
        ("change_column_value", "change_subitem_column_value"),
        ("item_archived", "subitem_archived"),
        ("item_deleted", "subitem_deleted"),
        ("create_update", "create_subitem_update"),
    ] {
        // The item above is there and cannot be read; or it is missing, and its board is there.
        for id in [json!("none"), json!(null)] {
            let event = parsed(&with(of_subitem, &json!({"parentItemId": id})));
            assert_eq!(event.parent, None);
            let (of, board) = (event.subscribed(), event.raw().0["parentItemBoardId"].clone());
            assert!(of.contains(&of_item.into()) && of.contains(&of_subitem.into()), "{of:?} {board}");
        }
    }
    let status = WebhookEventType::ChangeStatusColumnValue;
    for (of, is_status) in
        [(json!(null), true), (json!(7), true), (json!("color"), true), (json!("date"), false)]
    {
        let event = parsed(&with("change_column_value", &json!({"columnType": of})));
        assert_eq!(event.subscribed().contains(&status), is_status, "{of}");
        assert!(event.subscribed().contains(&WebhookEventType::ChangeColumnValue));
    }
}

#[tokio::test]
async fn every_event_goes_through_the_door_once_it_is_signed() {
    let receiver = receiver();
    for name in of_the_schema() {
        let delivery = delivered(&receiver, &fixture("board", &name)).await.event().unwrap();
        assert_eq!(delivery.event, board_event(&name));
        assert_eq!(delivery.sender.unwrap().account_id, crate::support::ACCOUNT);
    }
}

#[tokio::test]
async fn an_event_newer_than_the_sdk_is_kept_by_name_with_all_it_has() {
    let body = json!({"event": {
        "type": "paint_pulse", "boardId": 7, "userId": 8, "triggerUuid": "new-1", "colour": {"hex": ["#fff"]},
    }});
    let delivery = delivered(&receiver(), &body).await.event().unwrap();
    let event = delivery.event;
    assert_eq!((event.name(), &event.change), ("paint_pulse", &BoardChange::Unknown));
    assert_eq!((event.board_id.clone(), event.user_id.clone()), (Some(7.into()), Some(8.into())));
    assert_eq!(event.raw().0["colour"]["hex"][0], "#fff");
    assert!(event.subscribed().is_empty() && event.unread().is_empty());
}

#[test]
fn the_subscribed_name_as_type_means_the_same() {
    for name in of_the_schema() {
        let mut body = fixture("board", &name);
        body["event"]["type"] = name.clone().into();
        assert_eq!(parsed(&body).change, board_event(&name).change, "{name}");
    }
}

#[tokio::test]
async fn the_challenge_is_answered_with_itself_and_needs_no_signature() {
    let body = br#"{"challenge": "3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"#;
    for receiver in [receiver(), BoardReceiver::unsigned_only(), receiver().allow_unsigned()] {
        let received = crate::support::receive(&receiver, None, body).await.unwrap();
        let Received::Handled(handled) = received else { panic!("{received:?}") };
        let reply = handled.reply();
        assert_eq!((reply.status, reply.content_type), (200, Some("application/json")));
        assert_eq!(reply.body, r#"{"challenge":"3eZbrw1aBm2rZgRNFdxV2595E9CY3gmdALWMmHkvFXO7tYXAYM8P"}"#);
    }
}
