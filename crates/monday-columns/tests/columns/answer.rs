//! Answers as monday would give them, read the way that answers are read.
//!
//! Must not know: what is expected of them.

use monday_columns::{Cell, ColumnValue};
use monday_core::json::from_str;
use monday_queries::fragments::TypedColumnValueFields;
use serde_json::{Value, json};

/// A column of an item: the type's name, and the fields beyond those of all columns.
pub(crate) fn cell(type_name: &str, fields: Value) -> Cell {
    let mut answer = json!({
        "__typename": type_name, "id": "column", "type": "text", "text": null, "value": null, "is_leaf": true,
    });
    let Value::Object(fields) = fields else { panic!("fields are an object") };
    answer.as_object_mut().unwrap().extend(fields);
    Cell::from(from_str::<TypedColumnValueFields>(&answer.to_string()).unwrap())
}

pub(crate) fn value(type_name: &str, fields: Value) -> ColumnValue {
    cell(type_name, fields).value
}
