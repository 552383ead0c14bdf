//! What is kept of written values.

use std::sync::Arc;

use serde_json::{Value, json};

use super::*;

fn column(kind: &str) -> Arc<Column> {
    let labels = BTreeMap::from([(0, "To do".to_owned()), (1, "Done".to_owned()), (5, "2026".to_owned())]);
    let (id, title, kind) = ("c".to_owned(), "C".to_owned(), kind.to_owned());
    Arc::new(Column { id, title, kind, labels, ..Column::default() })
}

#[test]
fn what_is_kept_is_what_was_written_without_what_is_not_known() {
    let cases = [
        ("status", json!({"label": "Done", "post_id": 7}), json!({"index": 1})),
        ("status", json!("2026"), json!({"index": 5})),
        ("status", json!("0"), json!({"index": 0})),
        ("dropdown", json!({"ids": ["5", 0]}), json!({"ids": [5, 0]})),
        ("date", json!({"date": "2026-05-10", "time": null}), json!({"date": "2026-05-10"})),
        (
            "people",
            json!({"personsAndTeams": [{"id": "7", "kind": "team"}]}),
            json!({"personsAndTeams": [{"id": 7, "kind": "team"}]}),
        ),
        ("email", json!("a@b.example"), json!({"email": "a@b.example", "text": "a@b.example"})),
        ("phone", json!("+49 30 123"), json!({"phone": "+49 30 123"})),
        ("phone", json!("+49 30 123 DE"), json!({"phone": "+49 30 123", "countryShortName": "DE"})),
        ("checkbox", json!({"checked": false}), json!({"checked": "false"})),
        ("file", json!({"clear_all": true}), Value::Null),
    ];
    for (kind, written, kept) in cases {
        assert_eq!(write(&mut column(kind), &written, false, Way::Many).unwrap(), kept, "{kind} {written}");
    }
}

#[test]
fn a_new_label_comes_after_the_last() {
    let mut status = column("status");
    let written = json!({"label": "New"});
    assert_eq!(write(&mut status, &written, true, Way::Many).unwrap(), json!({"index": 6}));
    assert_eq!(status.labels[&6], "New");
}

#[test]
fn where_no_index_is_left_no_label_is_made() {
    let mut status = column("status");
    Arc::make_mut(&mut status).labels.insert(u64::MAX, "The last".to_owned());
    let fault = write(&mut status, &json!({"label": "New"}), true, Way::Many).unwrap_err();
    assert_eq!(fault.extensions["code"], "ColumnValueException");
    assert_eq!(status.labels.len(), 4);
}
