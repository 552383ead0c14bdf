//! How columns are read and written: one JSON in, another JSON, a text and typed fields out.
//!
//! Follows monday's column reference for the types that seeded boards have; values of other types are kept as
//! written. Must not know: GraphQL.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::field_fault::FieldFault;
use crate::world::{Board, Column};

/// Merges written values into stored ones. Labels may be added to the board's columns on the way.
pub(crate) fn write_all(
    board: &mut Board,
    mut stored: BTreeMap<String, Value>,
    written: &Map<String, Value>,
    create_labels: bool,
) -> Result<BTreeMap<String, Value>, FieldFault> {
    for (id, value) in written {
        let column = board.columns.iter_mut().find(|column| column.id == *id);
        let column = column.ok_or_else(|| unknown(id))?;
        match write(column, value, create_labels)? {
            Value::Null => stored.remove(id),
            value => stored.insert(id.clone(), value),
        };
    }
    Ok(stored)
}

/// What is stored for a written value; null clears.
fn write(column: &mut Arc<Column>, value: &Value, create_labels: bool) -> Result<Value, FieldFault> {
    let cleared = match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Object(object) => object.is_empty(),
        _ => false,
    };
    if cleared {
        return Ok(Value::Null);
    }
    let stored = match column.kind.as_str() {
        "text" => value.as_str().map(|text| json!(text)).ok_or("text wants a string"),
        "long_text" => value
            .as_str()
            .or_else(|| value["text"].as_str())
            .map(|text| json!({ "text": text }))
            .ok_or("long text wants {\"text\": …}"),
        "numbers" => number(value).ok_or("not a number"),
        "status" => return status(column, value, create_labels),
        "dropdown" => return dropdown(column, value, create_labels),
        "date" => date(value).ok_or("date wants YYYY-MM-DD"),
        "checkbox" => {
            let checked = *value == json!("true") || value["checked"] == "true" || value["checked"] == true;
            Ok(json!({"checked": if checked { "true" } else { "false" }}))
        }
        "people" => people(value).ok_or("people wants personsAndTeams"),
        "email" => address("email", value).ok_or("the address is missing"),
        "link" => address("url", value).ok_or("the url is missing"),
        "file" if value["clear_all"] == true => Ok(Value::Null),
        "file" => Err("a file is added at /v2/file, and cleared with {\"clear_all\": true}"),
        "name" | "auto_number" | "formula" | "mirror" | "creation_log" | "last_updated" | "button" => {
            Err("this column cannot be written")
        }
        _ => Ok(value.clone()),
    };
    stored.map_err(|why| refused(column, value, why))
}

/// Whether a board has such a column, and files go into it.
pub(crate) fn takes_files(board: &Board, id: &str) -> Result<(), FieldFault> {
    match board.columns.iter().find(|column| column.id == id) {
        Some(column) if column.kind == "file" => Ok(()),
        Some(column) => Err(refused(column, &Value::Null, "this column takes no files")),
        None => Err(unknown(id)),
    }
}

fn unknown(id: &str) -> FieldFault {
    FieldFault::new("InvalidColumnIdException", "Column not found").with_data(json!({"column_id": id}))
}

fn refused(column: &Column, value: &Value, why: &str) -> FieldFault {
    let data = json!({"column_id": column.id, "column_type": column.kind, "column_value": value.to_string()});
    FieldFault::new("ColumnValueException", format!("invalid value, {why}")).with_data(data)
}

fn number(value: &Value) -> Option<Value> {
    let written = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    written.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| json!(written))
}

fn status(column: &mut Arc<Column>, value: &Value, create_labels: bool) -> Result<Value, FieldFault> {
    let by_index = value["index"].as_u64().and_then(|index| usize::try_from(index).ok());
    match (by_index, value.as_str().or_else(|| value["label"].as_str())) {
        (Some(index), _) if index < column.labels.len() => Ok(json!({ "index": index })),
        (None, Some(label)) => {
            label_index(column, label, create_labels).map(|index| json!({ "index": index }))
        }
        _ => {
            Err(refused(column, value, "status wants {\"label\": …} or {\"index\": …} of an existing label"))
        }
    }
}

fn dropdown(column: &mut Arc<Column>, value: &Value, create_labels: bool) -> Result<Value, FieldFault> {
    if value["ids"].is_array() {
        return Ok(value.clone());
    }
    let labels: Vec<&str> = match (value.as_str(), value["labels"].as_array()) {
        (Some(text), _) => text.split(',').map(str::trim).collect(),
        (None, Some(labels)) => labels.iter().filter_map(Value::as_str).collect(),
        (None, None) => return Err(refused(column, value, "dropdown wants labels or ids")),
    };
    let ids = labels.into_iter().map(|label| label_index(column, label, create_labels));
    Ok(json!({"ids": ids.collect::<Result<Vec<_>, _>>()?}))
}

fn date(value: &Value) -> Option<Value> {
    let (date, time) = match value.as_str() {
        Some(text) => text.split_once(' ').map_or((text, None), |(date, time)| (date, Some(time))),
        None => (value["date"].as_str()?, value["time"].as_str()),
    };
    let fits =
        date.split('-').map(str::len).eq([4, 2, 2]) && date.bytes().all(|b| b == b'-' || b.is_ascii_digit());
    let stored = time.map_or_else(|| json!({ "date": date }), |time| json!({"date": date, "time": time}));
    fits.then_some(stored)
}

fn people(value: &Value) -> Option<Value> {
    let Some(ids) = value.as_str() else {
        return value["personsAndTeams"].is_array().then(|| value.clone());
    };
    let people =
        ids.split(',').map(|id| Some(json!({"id": id.trim().parse::<u64>().ok()?, "kind": "person"})));
    people.collect::<Option<Vec<_>>>().map(|people| json!({ "personsAndTeams": people }))
}

/// An address with the text it is shown as; both in one string, or under their keys.
fn address(key: &str, value: &Value) -> Option<Value> {
    let Some(text) = value.as_str() else {
        return value[key].is_string().then(|| value.clone());
    };
    let (first, rest) = text.split_once(' ').unwrap_or((text, text));
    Some(json!({key: first, "text": rest}))
}

fn label_index(column: &mut Arc<Column>, label: &str, create: bool) -> Result<usize, FieldFault> {
    if let Some(index) = column.labels.iter().position(|known| known == label) {
        return Ok(index);
    }
    if !create {
        let data = json!({"column_id": column.id, "column_type": column.kind, "label": label});
        let message =
            format!("This status label doesn't exist, possible statuses are: {}", column.labels.join(", "));
        return Err(FieldFault::new("ColumnValueException", message).with_data(data));
    }
    let column = Arc::make_mut(column);
    column.labels.push(label.to_owned());
    Ok(column.labels.len() - 1)
}

/// The value as people read it.
pub(crate) fn text(column: &Column, value: Option<&Value>) -> String {
    let Some(value) = value else { return String::new() };
    let part = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    match column.kind.as_str() {
        "text" | "numbers" => value.as_str().unwrap_or_default().to_owned(),
        "long_text" => part("text"),
        "status" => label(column, &value["index"]),
        "dropdown" => {
            let labels: Vec<_> =
                value["ids"].as_array().into_iter().flatten().map(|id| label(column, id)).collect();
            labels.join(", ")
        }
        "date" => [part("date"), part("time")].join(" ").trim().to_owned(),
        "checkbox" => {
            if value["checked"] == "true" {
                "v".to_owned()
            } else {
                String::new()
            }
        }
        "people" => {
            let people = value["personsAndTeams"].as_array();
            let ids: Vec<_> = people.into_iter().flatten().map(|person| person["id"].to_string()).collect();
            ids.join(", ")
        }
        "email" => part("email"),
        "link" => [part("text"), part("url")].join(" - "),
        "timeline" => [part("from"), part("to")].join(" - "),
        "file" => {
            let names =
                value["files"].as_array().into_iter().flatten().filter_map(|file| file["name"].as_str());
            names.collect::<Vec<_>>().join(", ")
        }
        _ => value.to_string(),
    }
}

/// The typed fields beside `id`, `type`, `text` and `value`.
pub(crate) fn typed(column: &Column, value: Option<&Value>) -> Map<String, Value> {
    let empty = Value::Null;
    let value = value.unwrap_or(&empty);
    let fields = match column.kind.as_str() {
        "status" => {
            let label = label(column, &value["index"]);
            let is_done = label == "Done";
            let label = if value.is_null() { Value::Null } else { json!(label) };
            json!({"index": value["index"], "label": label, "is_done": is_done, "updated_at": null, "update_id": null,
                   "label_style": {"color": "#00c875", "border": "#00b461"}})
        }
        "date" => json!({"date": value["date"], "time": value["time"], "icon": null, "updated_at": null}),
        "numbers" => {
            let number = value.as_str().and_then(|text| text.parse::<f64>().ok());
            json!({"number": number, "symbol": null, "direction": "right"})
        }
        "checkbox" => json!({"checked": value["checked"] == "true", "updated_at": null}),
        "people" => {
            let people = value["personsAndTeams"].as_array().into_iter().flatten();
            let people: Vec<_> = people
                .map(|person| json!({"id": person["id"].to_string(), "kind": person["kind"]}))
                .collect();
            json!({"persons_and_teams": people, "updated_at": null})
        }
        "dropdown" => {
            let ids = value["ids"].as_array().into_iter().flatten();
            let values: Vec<_> =
                ids.map(|id| json!({"id": id.to_string(), "label": label(column, id)})).collect();
            json!({"values": values})
        }
        "email" => json!({"email": value["email"], "label": value["text"], "updated_at": null}),
        "link" => json!({"url": value["url"], "url_text": value["text"], "updated_at": null}),
        "timeline" => {
            json!({"from": value["from"], "to": value["to"], "visualization_type": null, "updated_at": null})
        }
        "long_text" => json!({"updated_at": null}),
        _ => json!({}),
    };
    match fields {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn label(column: &Column, index: &Value) -> String {
    let index = index.as_u64().and_then(|index| usize::try_from(index).ok());
    index.and_then(|index| column.labels.get(index)).cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(kind: &str) -> Arc<Column> {
        let labels = vec!["To do".to_owned(), "Done".to_owned()];
        Arc::new(Column { id: "c".to_owned(), title: "C".to_owned(), kind: kind.to_owned(), labels })
    }

    fn read_back(kind: &str, written: &Value) -> String {
        let mut column = column(kind);
        let stored = write(&mut column, written, false).unwrap();
        text(&column, Some(&stored).filter(|stored| !stored.is_null()))
    }

    #[test]
    fn what_is_written_reads_back() {
        let cases = [
            ("text", json!("Grüße 🚀"), "Grüße 🚀"),
            ("numbers", json!("42.5"), "42.5"),
            ("status", json!({"label": "Done"}), "Done"),
            ("status", json!({"index": 0}), "To do"),
            ("dropdown", json!({"labels": ["Done", "To do"]}), "Done, To do"),
            ("date", json!({"date": "2026-05-10", "time": "14:30:00"}), "2026-05-10 14:30:00"),
            ("checkbox", json!({"checked": "true"}), "v"),
            ("people", json!({"personsAndTeams": [{"id": 7, "kind": "person"}]}), "7"),
            ("email", json!({"email": "a@b.example", "text": "A"}), "a@b.example"),
            ("text", json!(""), ""),
            ("status", Value::Null, ""),
        ];
        for (kind, written, expected) in cases {
            assert_eq!(read_back(kind, &written), expected, "{kind} {written}");
        }
    }

    #[test]
    fn what_does_not_fit_is_refused_and_names_the_column() {
        let cases = [
            ("numbers", json!("many")),
            ("status", json!({"label": "Nope"})),
            ("status", json!({"index": 9})),
            ("date", json!("tomorrow")),
            ("formula", json!("1")),
        ];
        for (kind, written) in cases {
            let fault = write(&mut column(kind), &written, false).unwrap_err();
            assert_eq!(fault.extensions["code"], "ColumnValueException", "{kind}");
            assert_eq!(fault.extensions["error_data"]["column_id"], "c");
        }
        assert_eq!(
            write(&mut column("status"), &json!({"label": "New"}), true).unwrap(),
            json!({"index": 2})
        );
    }
}
