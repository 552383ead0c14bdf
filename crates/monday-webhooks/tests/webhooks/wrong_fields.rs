//! Fields that are missing or of another form: told, never guessed, never a reason to lose the event.

use monday_webhooks::{BoardChange, BoardEvent, Refusal};
use serde_json::{Value, json};

use crate::support::{board_event, fixture, names, parsed, with};

#[test]
fn an_id_that_is_none_makes_the_change_unreadable_and_keeps_the_rest() {
    let wrong = [
        json!(1.5),
        json!(-1),
        json!(true),
        json!([1]),
        json!({"id": 1}),
        json!(""),
        json!("12a"),
        json!("+1"),
        json!("-"),
        json!("1".repeat(21)),
        json!(1e30),
    ];
    for id in wrong {
        let event = parsed(&with("create_update", &json!({"updateId": id})));
        assert_eq!(event.change, BoardChange::Unreadable("updateId"), "{id}");
        assert_eq!(event.unread(), ["updateId"], "{id}");
        assert_eq!(event.board_id, Some(1_234_567_890.into()));
        assert_eq!(event.raw().0["updateId"], id);
        let event = parsed(&with("create_item", &json!({"boardId": id})));
        assert_eq!((event.board_id.clone(), event.unread()), (None, ["boardId"].as_slice()), "{id}");
        assert_eq!(event.change, board_event("create_item").change, "the board is not the change's");
    }
}

#[test]
fn each_field_without_which_a_change_means_nothing_is_named() {
    for (name, field) in [
        ("create_item", "pulseId"),
        ("change_column_value", "pulseId"),
        ("change_column_value", "columnId"),
        ("change_name", "pulseId"),
        ("item_moved_to_any_group", "destGroupId"),
        ("move_subitem", "subitem"),
        ("move_subitem", "destPulseId"),
        ("create_column", "columnId"),
        ("create_update", "updateId"),
        ("edit_update", "pulseId"),
    ] {
        let event = parsed(&with(name, &json!({field: null})));
        assert_eq!(event.change, BoardChange::Unreadable(field), "{name}");
        assert!(event.unread().is_empty(), "it is not there");
    }
    let event = parsed(&with("item_deleted", &json!({"itemId": null})));
    assert_eq!(event.change, BoardChange::Unreadable("pulseId"));
}

#[test]
fn two_ids_that_differ_are_not_guessed_between() {
    let event = parsed(&with("create_subitem", &json!({"itemId": 1})));
    assert_eq!((event.item_id(), &event.change), (None, &BoardChange::Unreadable("itemId")));
}

#[test]
fn a_moment_that_is_none_costs_nothing_but_itself() {
    for moment in [json!("2026-03-01"), json!(-1), json!(1e300), json!([])] {
        let event = parsed(&with("change_column_value", &json!({"changedAt": moment})));
        assert_eq!(event.unread(), ["changedAt"], "{moment}");
        assert_eq!(event.happened_at(), event.triggered_at);
        assert!(matches!(event.change, BoardChange::ColumnChanged(_)));
    }
}

#[test]
fn no_form_of_any_field_loses_the_event_or_anything_of_it() {
    let forms = [
        json!(null),
        json!(false),
        json!(-1.5),
        json!(u64::MAX),
        json!(""),
        json!("é\u{0}"),
        json!([[]]),
        json!({"a": {}}),
    ];
    let mut tried = 0;
    for name in names("board") {
        let body = fixture("board", &name);
        for field in body["event"].as_object().unwrap().keys().filter(|field| *field != "type") {
            for form in &forms {
                let mut changed = body.clone();
                changed["event"][field] = form.clone();
                assert_eq!(parsed(&changed).raw().0, changed["event"], "{name}, {field}: {form}");
                tried += 1;
            }
        }
    }
    assert!(tried > 1_000);
}

#[test]
fn a_body_that_is_no_event_is_refused() {
    let refused = |body: &[u8]| BoardEvent::parse(body).unwrap_err();
    for body in ["", "event", "{", "{\"event\":{\"type\":\"create_pulse\"}", "{} {}", "\u{feff}{}"] {
        assert_eq!(refused(body.as_bytes()), Refusal::NotJson, "{body}");
    }
    assert_eq!(refused(b"{\"event\":{\"type\":\"\xff\"}}"), Refusal::NotJson);
    let deep = format!("{{\"event\":{{\"type\":\"a\",\"value\":{}{}}}}}", "[".repeat(200), "]".repeat(200));
    assert_eq!(refused(deep.as_bytes()), Refusal::NotJson);
    for body in ["[]", "null", "7", "\"event\""] {
        assert_eq!(refused(body.as_bytes()), Refusal::NotAnEvent("the object"), "{body}");
    }
    for body in ["{}", r#"{"event":null}"#, r#"{"event":[]}"#, r#"{"Event":{"type":"a"}}"#] {
        assert_eq!(refused(body.as_bytes()), Refusal::NotAnEvent("`event`"), "{body}");
    }
    for body in [r#"{"event":{}}"#, r#"{"event":{"type":7}}"#, r#"{"event":{"type":null}}"#] {
        assert_eq!(refused(body.as_bytes()), Refusal::NotAnEvent("`event.type`"), "{body}");
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused_and_never_a_panic(body in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
        let _ = BoardEvent::parse(&body);
    }

    #[test]
    fn any_fields_are_kept_as_they_came(fields in proptest::collection::btree_map("[a-zA-Z]{1,12}", ".{0,20}", 0..10)) {
        let mut event: serde_json::Map<String, Value> = fields.into_iter().map(|(name, text)| (name, text.into())).collect();
        event.insert("type".to_owned(), "create_pulse".into());
        let body = json!({"event": event});
        let kept = parsed(&body);
        proptest::prop_assert_eq!(&kept.raw().0, &body["event"]);
    }
}
