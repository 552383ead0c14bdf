//! Columns and their values as payloads say them: other names and another JSON than those of the API.
//!
//! Must not know: what happened.

use serde_json::{Value, json};

use crate::world::Column;

/// The inner name of a column's type.
pub(super) fn column_type(kind: &str) -> &str {
    match kind {
        "auto_number" => "autonum",
        "board_relation" => "board-relation",
        "checkbox" => "boolean",
        "color_picker" => "color-picker",
        "creation_log" => "pulse-log",
        "item_id" => "pulse-id",
        "last_updated" => "pulse-updated",
        "long_text" => "long-text",
        "mirror" => "lookup",
        "numbers" => "numeric",
        "people" => "multiple-person",
        "progress" => "columns-battery",
        "status" => "color",
        "tags" => "tag",
        "time_tracking" => "duration",
        "timeline" => "timerange",
        "vote" => "votes",
        "world_clock" => "timezone",
        other => other,
    }
}

/// A value, written at this time.
pub(super) fn value(column: &Column, value: &Value, at: &str) -> Value {
    let label = |id: &Value| id.as_u64().and_then(|id| column.labels.get(&id));
    let at = at.replace('Z', ".125Z");
    match column.kind.as_str() {
        // Of people that were none before.
        "people" if value.is_null() => json!({}),
        _ if value.is_null() => Value::Null,
        "text" => json!({ "value": value }),
        "numbers" => {
            let number = value.as_str().and_then(|text| text.parse::<f64>().ok());
            json!({"value": number, "unit": null})
        }
        "status" => {
            let style = json!({"color": "#00c875", "border": "#00b461", "var_name": "green-shadow"});
            let text = label(&value["index"]);
            let is_done = text.is_some_and(|text| text == "Done");
            json!({
                "label": {"index": value["index"], "text": text, "style": style, "is_done": is_done},
                "post_id": null,
            })
        }
        "dropdown" => {
            let ids = value["ids"].as_array().into_iter().flatten();
            json!({"chosenValues": ids.map(|id| json!({"id": id, "name": label(id)})).collect::<Vec<_>>()})
        }
        "checkbox" => json!({"checked": value["checked"] == "true"}),
        "date" => {
            json!({"date": value["date"], "icon": null, "time": value["time"], "changed_at": at})
        }
        "people" => json!({"personsAndTeams": value["personsAndTeams"], "changed_at": at}),
        _ => value.clone(),
    }
}
