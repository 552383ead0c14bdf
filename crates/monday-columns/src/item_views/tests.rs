//! Must not know: servers.

use jiff::civil::{date, time};
use monday_core::{Bytes, Cursor, DecodeErrorKind, Operation, PagedOperation};
use monday_queries::enums::ColumnType;
use serde_json::{Value, json};

use super::*;

fn first(items: &Value) -> Vec<ItemView> {
    let body = json!({"data": {"boards": [{"items_page": {"cursor": "next", "items": items}}]}});
    let operation = ItemViews::of(1);
    let data = ItemViews::decode_shared(&Bytes::from(body.to_string())).unwrap().data.unwrap();
    let page = operation.page(data).unwrap().unwrap();
    assert_eq!(page.next, Some(Cursor("next".to_owned())));
    page.items
}

fn item(columns: &Value) -> ItemView {
    let items =
        first(&json!([{"id": "7", "name": "A \"b\"", "group": {"id": "topics"}, "column_values": columns}]));
    items.into_iter().next().unwrap()
}

fn column(kind: &str, text: &Value, value: &Value) -> ItemView {
    item(&json!([
        {"id": "other", "type": "text", "text": "x", "value": "\"x\""},
        {"id": "it", "type": kind, "text": text, "value": value},
    ]))
}

#[test]
fn an_item_shows_what_was_asked_for() {
    let view = column("text", &json!("é\n"), &json!("\"é\\n\""));
    assert_eq!((view.id(), &*view.name(), view.group_id().as_deref()), ("7", "A \"b\"", Some("topics")));
    let ids: Vec<_> = view.columns().map(|column| column.id().into_owned()).collect();
    assert_eq!((ids, view.columns().len()), (vec!["other".to_owned(), "it".to_owned()], 2));
    let it = view.column("it").unwrap();
    assert_eq!((it.kind(), it.type_name()), (ColumnType::Text, "text"));
    assert_eq!((it.text().as_deref(), it.value().as_deref()), (Some("é\n"), Some("\"é\\n\"")));
    assert!(view.column("i").is_none() && view.column("it ").is_none());
    assert_eq!(
        format!("{view:?} {it:?}"),
        "ItemView { id: \"7\", .. } ColumnView { id: \"it\", type: \"text\", .. }"
    );
}

#[test]
fn values_are_typed_where_the_column_is() {
    let numbers = column("numbers", &json!("42.5"), &json!("\"42.5\""));
    assert_eq!(numbers.column("it").unwrap().number(), Some(42.5));
    let status = column("status", &json!("Done"), &json!("{\"index\":1,\"post_id\":null}"));
    let status = status.column("it").unwrap();
    assert_eq!(
        (status.label_index(), status.label().as_deref(), status.number()),
        (Some(1), Some("Done"), None)
    );
    let due =
        column("date", &json!("2026-05-10 14:30"), &json!("{\"date\":\"2026-05-10\",\"time\":\"14:30:00\"}"));
    let due = due.column("it").unwrap();
    assert_eq!((due.date(), due.time()), (Some(date(2026, 5, 10)), Some(time(14, 30, 0, 0))));
    for checked in [json!("{\"checked\":\"true\"}"), json!("{\"checked\":true}")] {
        assert!(column("checkbox", &json!("v"), &checked).column("it").unwrap().is_checked());
    }
    let people = json!("{\"personsAndTeams\":[{\"id\":5,\"kind\":\"person\"},{\"id\":9,\"kind\":\"team\"}]}");
    assert_eq!(column("people", &json!("A, B"), &people).column("it").unwrap().people(), [5, 9]);
}

#[test]
fn what_is_empty_or_of_another_type_is_nothing() {
    for kind in ["numbers", "status", "date", "checkbox", "people", "text"] {
        for value in [Value::Null, json!("{}"), json!("\"\""), json!("null"), json!("nonsense")] {
            let view = column(kind, &json!(""), &value);
            let it = view.column("it").unwrap();
            assert_eq!((it.number(), it.label_index(), it.label()), (None, None, None), "{kind} {value}");
            assert_eq!((it.date(), it.time(), it.is_checked()), (None, None, false), "{kind} {value}");
            assert_eq!((it.people(), it.linked_item_ids(), it.display_value()), (vec![], vec![], None));
        }
    }
}

#[test]
fn what_another_type_of_column_holds_is_not_taken_for_it() {
    let value =
        r#"{"index":1,"date":"2026-05-10","time":"14:30:00","checked":true,"personsAndTeams":[{"id":5}]}"#;
    let view = column("text", &json!("x"), &json!(value));
    let it = view.column("it").unwrap();
    assert_eq!((it.label_index(), it.label(), it.date(), it.time()), (None, None, None, None));
    assert_eq!((it.is_checked(), it.people()), (false, vec![]));
    assert_eq!(column("text", &json!("42"), &json!("\"42\"")).column("it").unwrap().number(), None);
}

#[test]
fn relations_show_what_monday_leaves_out_of_their_text() {
    let view = item(&json!([{"id": "r", "type": "board_relation", "text": null, "value": null,
                             "display_value": "A, B", "linked_item_ids": ["1", 2]}]));
    let relation = view.column("r").unwrap();
    assert_eq!(relation.display_value().as_deref(), Some("A, B"));
    assert_eq!(
        relation.linked_item_ids().iter().map(monday_core::ItemId::as_str).collect::<Vec<_>>(),
        ["1", "2"]
    );
    assert_eq!((relation.text(), relation.value()), (None, None));
}

#[test]
fn json_that_comes_as_an_object_is_read_as_well() {
    let view = column("status", &json!("Done"), &json!({"index": 3}));
    let it = view.column("it").unwrap();
    assert_eq!((it.value().as_deref(), it.label_index()), (Some("{\"index\":3}"), Some(3)));
}

#[test]
fn an_item_outlives_its_page_and_its_siblings() {
    let mut items = first(&json!([
        {"id": "1", "name": "a", "group": null, "column_values": []},
        {"id": "2", "name": "b", "group": null, "column_values": []},
    ]));
    let last = items.pop().unwrap();
    drop(items);
    assert_eq!((last.id(), &*last.name(), last.group_id(), last.columns().len()), ("2", "b", None, 0));
}

#[test]
fn a_board_that_is_not_there_has_no_page_and_a_page_that_does_not_fit_is_refused() {
    let read = |body: &str| ItemViews::decode_shared(&Bytes::from(body.to_owned()));
    let none = read(r#"{"data":{"boards":[]}}"#).unwrap().data.unwrap();
    assert!(ItemViews::of(1).page(none).unwrap().is_none());
    let unfit = r#"{"data":{"boards":[{"items_page":{"cursor":null,"items":[{"id":"1","name":"x"}]}}]}}"#;
    assert_eq!(read(unfit).unwrap_err().kind(), DecodeErrorKind::Data);
    let partial = unfit.replace("}}]}}", r#"}}]},"errors":[{"message":"x"}]}"#);
    let partial = read(&partial).unwrap();
    assert!(partial.data.is_none() && partial.undecoded_data.is_some() && partial.errors.len() == 1);
}
