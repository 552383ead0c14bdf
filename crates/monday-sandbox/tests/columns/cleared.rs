//! What clears a column, and what it answers then.

use serde_json::{Value, json};

use crate::cases::cases;
use crate::desk::{Desk, code};

/// Every form in which somebody may try to clear a column.
fn forms() -> [Value; 8] {
    [
        Value::Null,
        json!({}),
        json!(""),
        json!({"tag_ids": []}),
        json!({"item_ids": []}),
        json!({"personsAndTeams": []}),
        json!({"labels": []}),
        json!({"text": ""}),
    ]
}

/// Those that are documented for a type.
fn documented(kind: &str) -> Vec<Value> {
    let other = match kind {
        "text" => json!(""),
        "tags" => json!({"tag_ids": []}),
        "checkbox" | "date" | "dropdown" | "numbers" | "status" | "team" => return vec![Value::Null],
        _ => json!({}),
    };
    vec![Value::Null, other]
}

#[tokio::test]
async fn what_is_documented_clears_a_type_and_nothing_else_does() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        let dated = if case.is_dated { "updated_at" } else { "" };
        let fields = format!("{} {dated}", case.fields);
        let read = || desk.read(&column, case.implementor, fields.trim());
        let never = read().await;
        assert!(never["value"].is_null() && never["updated_at"].is_null(), "{never}");
        assert_eq!(never["text"].as_str().unwrap_or_default(), "", "{never}");
        let clearing = documented(case.kind);
        for form in forms() {
            desk.write(&column, &case.written).await;
            let written = read().await;
            assert_ne!(written, never, "{}", case.kind);
            let answer = desk.write(&column, &form).await;
            let (expected, then) =
                if clearing.contains(&form) { ("none", &never) } else { ("ColumnValueException", &written) };
            assert_eq!(code(&answer), expected, "{} {form} {answer}", case.kind);
            assert_eq!(read().await, *then, "{} {form}", case.kind);
        }
    }
}

#[tokio::test]
async fn an_empty_column_answers_null_or_an_empty_list_in_its_own_fields() {
    let desk = Desk::new().await;
    let style = "index label is_done label_style { color }";
    for (kind, implementor, fields, expected) in [
        (
            "status",
            "StatusValue",
            style,
            json!({"index": null, "label": null, "is_done": null, "label_style": null}),
        ),
        ("dropdown", "DropdownValue", "values { label }", json!({"values": []})),
        ("people", "PeopleValue", "persons_and_teams { kind }", json!({"persons_and_teams": []})),
        ("tags", "TagsValue", "tag_ids tags { name }", json!({"tag_ids": [], "tags": []})),
        ("dependency", "DependencyValue", "linked_item_ids", json!({"linked_item_ids": []})),
        ("country", "CountryValue", "country { code }", json!({"country": null})),
        ("date", "DateValue", "date time", json!({"date": null, "time": null})),
        ("file", "FileValue", "files { __typename }", json!({"files": []})),
    ] {
        let mut read = desk.read(&desk.column(kind).await, implementor, fields).await;
        let common = ["__typename", "id", "type", "text", "value"];
        read.as_object_mut().unwrap().retain(|name, _| !common.contains(&name.as_str()));
        assert_eq!(read, expected, "{kind}");
    }
}

#[tokio::test]
async fn files_are_cleared_by_their_own_word_alone() {
    let desk = Desk::new().await;
    let column = desk.column("file").await;
    for refused in [
        Value::Null,
        json!({}),
        json!(""),
        json!({"files": []}),
        json!({"clear_all": false}),
        json!({"clear_all": true, "more": 1}),
    ] {
        let answer = desk.write(&column, &refused).await;
        assert_eq!(code(&answer), "ColumnValueException", "{refused}");
    }
    assert_eq!(code(&desk.write(&column, &json!({"clear_all": true})).await), "none");
}

#[tokio::test]
async fn a_name_is_changed_and_never_cleared() {
    let desk = Desk::new().await;
    for refused in [Value::Null, json!({}), json!({"text": "x"})] {
        assert_eq!(code(&desk.write("name", &refused).await), "ColumnValueException", "{refused}");
    }
    assert_eq!(code(&desk.write_simple("name", "").await), "ItemNameTooLongException");
    assert_eq!(code(&desk.write_simple("name", &"n".repeat(256)).await), "ItemNameTooLongException");
    assert_eq!(code(&desk.write_simple("name", "Another").await), "none");
    assert!(desk.sandbox.item_names(&desk.board).contains(&"Another".to_owned()));
}
