//! The labels of status and dropdown columns: found by name or index, and made where that is asked for.
//!
//! Must not know: other types.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::refused;
use crate::field_fault::FieldFault;
use crate::world::Column;

/// What a new status column has.
const STATES: [&str; 3] = ["Working on it", "Done", "Stuck"];

/// The labels that a new column of this type has unless told.
pub(crate) fn default_labels(kind: &str) -> BTreeMap<u64, String> {
    let states = STATES.iter().zip(0..).map(|(label, index)| (index, (*label).to_owned()));
    if kind == "status" { states.collect() } else { BTreeMap::new() }
}

/// The labels in the `defaults` of a new column: by index, or a list of labels with or without an index.
pub(crate) fn labels_of(defaults: &Map<String, Value>) -> Option<BTreeMap<u64, String>> {
    let settings = defaults.get("settings").and_then(Value::as_object).unwrap_or(defaults);
    match settings.get("labels")? {
        Value::Object(labels) => labels
            .iter()
            .map(|(index, label)| Some((index.parse().ok()?, label.as_str()?.to_owned())))
            .collect(),
        Value::Array(labels) => {
            let entry = |(place, entry): (u64, &Value)| {
                let text =
                    entry.as_str().or_else(|| entry["label"].as_str()).or_else(|| entry["name"].as_str())?;
                let index = entry["index"].as_u64().or_else(|| entry["id"].as_u64()).unwrap_or(place);
                Some((index, text.to_owned()))
            };
            (0..).zip(labels).map(entry).collect()
        }
        _ => None,
    }
}

pub(super) fn status(column: &mut Arc<Column>, value: &Value, create: bool) -> Result<Value, FieldFault> {
    match (value["index"].as_u64(), value["label"].as_str()) {
        (Some(index), _) if column.labels.contains_key(&index) => Ok(json!({ "index": index })),
        (None, Some(label)) => index_of(column, label, create).map(|index| json!({ "index": index })),
        _ => {
            let why = "status wants {\"label\": …} or {\"index\": …} of a label that exists";
            Err(refused(column, value, why))
        }
    }
}

/// The whole set anew, by labels or by ids and never by both.
pub(super) fn dropdown(column: &mut Arc<Column>, value: &Value, create: bool) -> Result<Value, FieldFault> {
    let refuse = |column: &Column, why| refused(column, value, why);
    let mut ids: Vec<u64> = Vec::new();
    let mut add = |id: u64| {
        if !ids.contains(&id) {
            ids.push(id);
        }
    };
    match (value["labels"].as_array(), value["ids"].as_array()) {
        (Some(labels), None) => {
            for label in labels {
                let label = label.as_str().ok_or_else(|| refuse(column, "labels are strings"))?;
                add(index_of(column, label, create)?);
            }
        }
        (None, Some(written)) => {
            for id in written {
                let id = id.as_u64().or_else(|| id.as_str()?.parse().ok());
                let id = id.filter(|id| column.labels.contains_key(id));
                add(id.ok_or_else(|| refuse(column, "there is no label of this id"))?);
            }
        }
        (Some(_), Some(_)) => return Err(refuse(column, "labels and ids are not to be mixed")),
        (None, None) => return Err(refuse(column, "a dropdown wants {\"labels\": […]} or {\"ids\": […]}")),
    }
    if ids.is_empty() {
        return Err(refuse(column, "a dropdown is cleared with null"));
    }
    Ok(json!({ "ids": ids }))
}

fn index_of(column: &mut Arc<Column>, label: &str, create: bool) -> Result<u64, FieldFault> {
    if let Some((index, _)) = column.labels.iter().find(|(_, known)| *known == label) {
        return Ok(*index);
    }
    if !create {
        let known: Vec<&str> = column.labels.values().map(String::as_str).collect();
        let data = json!({"column_id": column.id, "column_type": column.kind, "label": label});
        let noun = if column.kind == "status" { "status" } else { "dropdown" };
        let message = format!("This {noun} label doesn't exist, possible labels are: {}", known.join(", "));
        return Err(FieldFault::new("ColumnValueException", message).with_data(data));
    }
    let next = column.labels.last_key_value().map_or(Some(0), |(last, _)| last.checked_add(1));
    let index = next.ok_or_else(|| refused(column, &json!(label), "the column has no index left"))?;
    let column = Arc::make_mut(column);
    column.labels.insert(index, label.to_owned());
    Ok(index)
}
