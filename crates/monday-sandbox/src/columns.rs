//! How columns are written: which JSON each type takes, which it refuses, and what is kept of it.
//!
//! Follows monday's column reference. Its rooms: `written` (the JSON of each type), `simple` (one string in
//! place of it), `labels`, `calendar`, `read` (text, `value` and typed fields). Must not know: GraphQL.

pub(crate) mod calendar;
mod labels;
mod read;
mod simple;
mod written;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::field_fault::FieldFault;
use crate::world::{Board, Column};

pub(crate) use calendar::timestamp;
pub(crate) use labels::{default_labels, labels_of};
pub(crate) use read::{linked_ids, linked_names, text, typed, value};
pub(crate) use written::is_writable;

/// How much the values of one item hold together, as JSON.
const LARGEST: usize = 64 * 1024;

/// By which mutation values are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Way {
    /// Many at once: JSON, and strings for the types that have a simple form.
    Many,
    /// `change_column_value`: as above, without connected boards.
    One,
    /// `change_simple_column_value`: strings only.
    Simple,
}

/// Merges written values into stored ones. Labels may be added to the board's columns on the way; where one
/// value is refused, nothing is changed.
pub(crate) fn write_all(
    board: &mut Board,
    mut stored: BTreeMap<String, Value>,
    written: &Map<String, Value>,
    create_labels: bool,
    way: Way,
) -> Result<BTreeMap<String, Value>, FieldFault> {
    let mut columns = board.columns.clone();
    for (id, value) in written {
        let column = columns.iter_mut().find(|column| column.id == *id).ok_or_else(|| unknown(id))?;
        match write(column, value, create_labels, way)? {
            Value::Null => stored.remove(id),
            value => stored.insert(id.clone(), value),
        };
    }
    if stored.values().map(|value| value.to_string().len()).sum::<usize>() > LARGEST {
        let message = "The column values of an item have at most 64 KB together";
        return Err(FieldFault::new("ColumnValueException", message));
    }
    board.columns = columns;
    Ok(stored)
}

/// What is stored for a written value; null clears.
fn write(
    column: &mut Arc<Column>,
    value: &Value,
    create_labels: bool,
    way: Way,
) -> Result<Value, FieldFault> {
    let kind = column.kind.clone();
    if !is_writable(&kind) {
        return Err(refused(column, value, "this column cannot be written"));
    }
    if kind == "board_relation" && way == Way::One {
        return Err(refused(column, value, "connected boards want change_multiple_column_values"));
    }
    if written::clears(&kind, value) {
        return Ok(Value::Null);
    }
    if kind == "file" {
        let why = "a file is added at /v2/file, and cleared with {\"clear_all\": true}";
        return Err(refused(column, value, why));
    }
    let json = match value.as_str() {
        Some("") => return Err(refused(column, value, "an empty string does not clear this column")),
        Some(text) => simple::json_of(column, text).ok_or_else(|| {
            let mut fault = refused(column, value, "this column wants JSON, and has no simple form");
            if way == Way::Simple {
                fault.extensions.insert("code".to_owned(), json!("CorrectedValueException"));
            }
            fault
        })?,
        None => value.clone(),
    };
    match kind.as_str() {
        "status" => labels::status(column, &json, create_labels),
        "dropdown" => labels::dropdown(column, &json, create_labels),
        _ => written::stored(&kind, &json).map_err(|why| refused(column, value, why)),
    }
}

/// Whether a board has such a column, and files go into it.
pub(crate) fn takes_files(board: &Board, id: &str) -> Result<(), FieldFault> {
    match board.columns.iter().find(|column| column.id == id) {
        Some(column) if column.kind == "file" => Ok(()),
        Some(column) => Err(refused(column, &Value::Null, "this column takes no files")),
        None => Err(unknown(id)),
    }
}

pub(crate) fn unknown(id: &str) -> FieldFault {
    FieldFault::new("InvalidColumnIdException", "Column not found").with_data(json!({"column_id": id}))
}

fn refused(column: &Column, value: &Value, why: &str) -> FieldFault {
    let data = json!({"column_id": column.id, "column_type": column.kind, "column_value": value.to_string()});
    FieldFault::new("ColumnValueException", format!("invalid value, {why}")).with_data(data)
}

#[cfg(test)]
mod tests;
