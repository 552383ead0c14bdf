//! What monday's payloads do that one would not expect, each read into its type.

use monday_webhooks::{BoardChange, BoardEvent};
use serde_json::json;

use crate::support::{at, board_event, parsed, with};

macro_rules! change {
    ($event:expr, $kind:ident) => {{
        let event: &BoardEvent = &$event;
        match &event.change {
            BoardChange::$kind(change) => change.clone(),
            other => panic!("{other:?}"),
        }
    }};
}

#[test]
fn the_item_above_is_text_in_some_events_and_numbers_in_others() {
    for name in ["create_subitem", "change_subitem_column_value", "subitem_archived", "subitem_deleted"] {
        let event = board_event(name);
        let parent = event.parent.unwrap();
        assert_eq!(parent.item_id, 1_122_334_400.into(), "{name}");
        assert_eq!(parent.board_id, Some(1_234_567_890.into()), "{name}");
        assert_eq!(event.board_id, Some(1_234_567_999.into()), "{name}: subitems have a board of their own");
    }
}

#[test]
fn ids_are_the_same_as_numbers_and_as_text() {
    let numbers = with("create_update", &json!({"pulseId": 9_007_199_254_740_993_u64, "userId": -4}));
    let texts = with("create_update", &json!({"pulseId": "9007199254740993", "userId": "-4"}));
    assert_eq!(parsed(&numbers).item_id().unwrap().as_str(), "9007199254740993");
    assert_eq!(parsed(&numbers).item_id(), parsed(&texts).item_id());
    assert_eq!(parsed(&numbers).user_id, Some("-4".into()));
    assert_eq!(parsed(&numbers).user_id, parsed(&texts).user_id);
}

#[test]
fn a_changed_column_has_its_value_before_and_after_and_a_moment_in_fractions_of_a_second() {
    let event = board_event("change_status_column_value");
    let change = change!(event, ColumnChanged);
    assert_eq!(event.name(), "update_column_value");
    assert_eq!((change.column_id.as_str(), change.column_type.as_deref()), ("status", Some("color")));
    assert_eq!(change.value.unwrap().0["label"]["text"], "Done");
    assert_eq!(change.previous_value.unwrap().0["label"]["index"], 0);
    assert_eq!((change.column_title.as_deref(), change.group_id), (Some("Status"), Some("topics".into())));
    let difference = at(1_772_614_993.712_963).duration_since(change.changed_at.unwrap()).unwrap_or_default();
    assert!(change.changed_at.unwrap() <= at(1_772_614_993.712_964) && difference.as_micros() < 2);
    assert_eq!(event.happened_at(), change.changed_at, "and not the moment monday noticed");
    assert_ne!(event.happened_at(), event.triggered_at);
}

#[test]
fn an_emptied_value_is_none() {
    let change = change!(board_event("change_subitem_column_value"), ColumnChanged);
    assert_eq!(change.previous_value, None);
    assert_eq!(change.value.unwrap().0["date"], "2026-03-20");
}

#[test]
fn a_name_is_taken_out_of_its_value() {
    let change = change!(board_event("change_subitem_name"), NameChanged);
    assert_eq!(change.name.as_deref(), Some("Write the whole report"));
    assert_eq!(change.previous_name.as_deref(), Some("Write the report"));
}

#[test]
fn a_created_item_has_its_group_and_first_values() {
    let change = change!(board_event("create_item"), ItemCreated);
    assert_eq!(change.item_name.as_deref(), Some("Write the report"));
    assert_eq!((change.group_id, change.group_title.as_deref()), (Some("topics".into()), Some("This week")));
    assert_eq!(
        (change.is_top_group, change.column_values.unwrap().0["status"]["label"]["index"].as_u64()),
        (Some(true), Some(5))
    );
}

#[test]
fn who_is_archived_deleted_or_restored_is_an_item_and_no_pulse() {
    assert_eq!(
        change!(board_event("item_archived"), ItemArchived).item_name.as_deref(),
        Some("Write the report")
    );
    assert_eq!(change!(board_event("item_deleted"), ItemDeleted).item_id, 1_122_334_455.into());
    assert_eq!(change!(board_event("item_restored"), ItemRestored).item_id, 1_122_334_455.into());
}

#[test]
fn a_moved_item_says_from_where_to_where() {
    let change = change!(board_event("item_moved_to_specific_group"), ItemMoved);
    assert_eq!((change.from_group_id, change.to_group_id), (Some("topics".into()), "group_done".into()));
    assert_eq!(change.to_group_title.as_deref(), Some("Done"));
}

#[test]
fn a_moved_subitem_has_two_boards_and_none_of_its_own() {
    let event = board_event("move_subitem");
    let change = change!(event, SubitemMoved);
    assert_eq!((change.from_item_id, change.to_item_id), (Some(1_122_334_400.into()), 1_122_334_401.into()));
    assert_eq!(
        (change.from_board_id, change.to_board_id),
        (Some(1_234_567_890.into()), Some(1_234_567_890.into()))
    );
    assert_eq!(event.board_id, None);
}

#[test]
fn a_new_column_says_when_it_was_created() {
    let event = board_event("create_column");
    let change = change!(event, ColumnCreated);
    assert_eq!((change.column_id.as_str(), change.column_title.as_deref()), ("text_mk3", Some("Notes")));
    assert_eq!(event.happened_at(), change.created_at);
    let off = at(1_773_738_552.390_487_7).duration_since(change.created_at.unwrap()).unwrap_or_default();
    assert!(off.as_micros() < 2 && change.created_at.unwrap() > at(1_773_738_552.0));
}

#[test]
fn an_update_has_its_text_and_a_reply_its_own_id() {
    let change = change!(board_event("edit_update"), UpdateEdited);
    assert_eq!((change.update_id, change.reply_id), (3_456_789_012.into(), None));
    assert_eq!(change.body.as_deref(), Some("<p>Sent to Ada and Grace</p>"));
    assert_eq!(change.text_body.as_deref(), Some("Sent to Ada and Grace"));
    let reply = parsed(&with("create_update", &json!({"replyId": 99})));
    assert_eq!(change!(reply, UpdateCreated).reply_id, Some(99.into()));
    assert_eq!(change!(board_event("delete_update"), UpdateDeleted).update_id, 3_456_789_012.into());
}

#[test]
fn what_an_automation_did_names_the_event_that_set_it_off() {
    let event = parsed(&with("create_item", &json!({"originalTriggerUuid": "first"})));
    assert_eq!(event.original_trigger_uuid.as_deref(), Some("first"));
    assert_eq!(board_event("create_item").original_trigger_uuid, None);
}
