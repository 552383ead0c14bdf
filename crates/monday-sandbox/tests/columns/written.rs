//! Every writable type: its documented JSON is taken, and comes back through its own typed fields, `text` and
//! `value`; so does the simple string, where there is one.

use serde_json::{Value, json};

use crate::cases::{Case, cases};
use crate::desk::{Desk, code};

impl Case {
    /// What the column answers now is what was written.
    pub(crate) async fn check(&self, desk: &Desk, column: &str, how: &str) {
        let dated = if self.is_dated { "updated_at" } else { "" };
        let fields = format!("{} {dated}", self.fields);
        let mut read = desk.read(column, self.implementor, fields.trim()).await;
        let which = format!("{} {} by {how}: {read}", self.kind, self.written);
        assert_eq!(
            (&read["__typename"], &read["type"]),
            (&json!(self.implementor), &json!(self.kind)),
            "{which}"
        );
        assert_eq!(read["text"], self.text, "{which}");
        let value = read["value"].as_str().map(|text| serde_json::from_str::<Value>(text).unwrap());
        assert_eq!(value.unwrap_or_default(), self.value, "{which}");
        assert_eq!(read["updated_at"].is_string(), self.is_dated, "{which}");
        let fields = read.as_object_mut().unwrap();
        fields.retain(|name, _| {
            !["__typename", "id", "type", "text", "value", "updated_at"].contains(&name.as_str())
        });
        assert_eq!(Value::Object(fields.clone()), self.typed, "{}", self.kind);
    }
}

#[tokio::test]
async fn what_is_written_is_read_through_the_typed_fields() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        let answer = desk.write(&column, &case.written).await;
        assert_eq!(code(&answer), "none", "{} {answer}", case.kind);
        case.check(&desk, &column, "many").await;

        let column = desk.column(case.kind).await;
        let answer = desk.write_one(&column, &case.written).await;
        if case.kind == "board_relation" {
            // Documented for change_multiple_column_values only.
            assert_eq!(code(&answer), "ColumnValueException");
        } else {
            case.check(&desk, &column, "change_column_value").await;
        }
    }
}

#[tokio::test]
async fn a_simple_string_is_as_good_where_it_is_documented_and_refused_where_it_is_not() {
    let desk = Desk::new().await;
    let other = desk.create("Other").await;
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        let Some(simple) = case.simple else {
            let answer = desk.write_simple(&column, "some text").await;
            assert_eq!(code(&answer), "CorrectedValueException", "{}", case.kind);
            let answer = desk.write(&column, &json!("some text")).await;
            assert_eq!(code(&answer), "ColumnValueException", "{}", case.kind);
            continue;
        };
        desk.write_simple(&column, simple).await;
        case.check(&desk, &column, "a simple string").await;
        let column = desk.column(case.kind).await;
        desk.write(&column, &json!(simple)).await;
        case.check(&desk, &column, "a string among many").await;
    }
}

#[tokio::test]
async fn an_item_is_created_with_values_of_every_type() {
    let mut desk = Desk::new().await;
    let other = desk.create("Other").await;
    let (mut values, mut columns) = (json!({}), Vec::new());
    for case in cases(&other) {
        let column = desk.column(case.kind).await;
        values[&column] = case.written.clone();
        columns.push((column, case));
    }
    let query = "mutation($b: ID!, $v: JSON) { create_item(board_id: $b, item_name: \"All\", column_values: $v) { id } }";
    let data = desk.data(query, json!({"b": desk.board, "v": values.to_string()})).await;
    desk.item = data["create_item"]["id"].as_str().unwrap().to_owned();
    for (column, case) in &columns {
        case.check(&desk, column, "create_item").await;
    }
}

#[tokio::test]
async fn lists_are_replaced_and_not_appended_to() {
    let desk = Desk::new().await;
    let (one, two) = (desk.create("One").await, desk.create("Two").await);
    let area = json!({"labels": ["Web", "Print", "Web"]});
    for (kind, implementor, fields, first, second, expected) in [
        (
            "dependency",
            "DependencyValue",
            "linked_item_ids",
            json!({"item_ids": [one]}),
            json!({"item_ids": [two]}),
            json!([two]),
        ),
        (
            "board_relation",
            "BoardRelationValue",
            "linked_item_ids",
            json!({"item_ids": [one]}),
            json!({"item_ids": [two]}),
            json!([two]),
        ),
        ("tags", "TagsValue", "tag_ids", json!({"tag_ids": [1, 2]}), json!({"tag_ids": [3]}), json!([3])),
        (
            "dropdown",
            "DropdownValue",
            "values { label }",
            json!({"ids": [1]}),
            area.clone(),
            json!([{"label": "Web"}, {"label": "Print"}]),
        ),
    ] {
        // The seeded dropdown has labels.
        let column = if kind == "dropdown" { kind.to_owned() } else { desk.column(kind).await };
        for value in [&first, &second] {
            let answer = desk.write(&column, value).await;
            assert_eq!(code(&answer), "none", "{kind}: {answer}");
        }
        let read = desk.read(&column, implementor, fields).await;
        assert_eq!(read[fields.split(' ').next().unwrap()], expected, "{kind}");
    }
    let read = desk.read("dropdown", "DropdownValue", "values { id }").await;
    assert_eq!((&read["text"], &read["value"]), (&json!("Web, Print"), &json!("{\"ids\":[0,2]}")));
    assert_eq!(code(&desk.write_simple("dropdown", "Mobile, Print").await), "none");
    assert_eq!(desk.read("dropdown", "", "").await["text"], "Mobile, Print");
}
