//! monday's side of a write, by its documentation: what was written under one set of names is read under another.
//!
//! Must not know: the types of the crate.

use monday_columns::{Change, ColumnValue};
use serde_json::{Value, json};

use crate::answer::value;

/// Writes a change and reads the column.
pub(crate) fn write_and_read<C: Change>(change: &C) -> ColumnValue {
    let written = change.value().unwrap();
    let (type_name, fields) = stored(C::COLUMN_TYPE, &written);
    value(type_name, fields)
}

fn number(text: &Value) -> Value {
    text.as_str().map_or(Value::Null, |text| text.parse::<f64>().unwrap().into())
}

/// Ids as text, from a list of numbers or texts.
fn ids(list: &Value) -> Vec<Value> {
    let list = list.as_array().cloned().unwrap_or_default();
    list.iter().map(|id| id.as_str().map_or(id.to_string(), str::to_owned).into()).collect()
}

/// The type that the column is read as, and its fields.
fn stored(column_type: &str, written: &Value) -> (&'static str, Value) {
    match column_type {
        "board_relation" => {
            let ids = ids(&written["item_ids"]);
            ("BoardRelationValue", json!({ "linked_item_ids": ids, "linked_items": [], "display_value": "" }))
        }
        "checkbox" => ("CheckboxValue", json!({ "checked": written["checked"] == "true" })),
        "color_picker" => ("ColorPickerValue", json!({ "color": written["color"]["hex"] })),
        "country" => {
            let country = json!({ "code": written["countryCode"], "name": written["countryName"] });
            ("CountryValue", json!({ "country": if written.is_null() { Value::Null } else { country } }))
        }
        "date" => {
            let or_empty = |part: &Value| if part.is_null() { json!("") } else { part.clone() };
            ("DateValue", json!({ "date": or_empty(&written["date"]), "time": or_empty(&written["time"]) }))
        }
        "dependency" => {
            let ids = ids(&written["item_ids"]);
            let links: Vec<_> =
                ids.iter().map(|id| json!({"linked_item_id": id, "dependency_type": 0, "lag": 0})).collect();
            let fields = json!({
                "linked_item_ids": ids, "linked_items": [], "display_value": "", "dependency_links": links,
            });
            ("DependencyValue", fields)
        }
        "dropdown" => {
            let labels = written["labels"].as_array().cloned().unwrap_or_default();
            let by_label =
                labels.iter().enumerate().map(|(id, label)| json!({"id": id.to_string(), "label": label}));
            let by_id = ids(&written["ids"]).into_iter().map(|id| json!({"id": id, "label": "known"}));
            ("DropdownValue", json!({ "values": by_label.chain(by_id).collect::<Vec<_>>() }))
        }
        "email" => ("EmailValue", json!({ "email": written["email"], "label": written["text"] })),
        "file" => {
            assert_eq!(*written, json!({ "clear_all": true }));
            ("FileValue", json!({ "files": [] }))
        }
        "hour" => ("HourValue", json!({ "hour": written["hour"], "minute": written["minute"] })),
        "link" => ("LinkValue", json!({ "url": written["url"], "url_text": written["text"] })),
        "location" => {
            let (lat, lng) = (number(&written["lat"]), number(&written["lng"]));
            ("LocationValue", json!({ "lat": lat, "lng": lng, "address": written["address"] }))
        }
        "long_text" => ("LongTextValue", json!({ "text": written["text"].as_str().unwrap_or_default() })),
        "numbers" => ("NumbersValue", json!({ "number": number(written) })),
        "people" => {
            let people = written["personsAndTeams"].as_array().cloned().unwrap_or_default();
            let person =
                |it: &Value| json!({"id": it["id"].as_u64().unwrap().to_string(), "kind": it["kind"]});
            let people: Vec<_> = people.iter().map(person).collect();
            (
                "PeopleValue",
                json!({ "persons_and_teams": if people.is_empty() { Value::Null } else { people.into() } }),
            )
        }
        "phone" => {
            let fields =
                json!({ "phone": written["phone"], "country_short_name": written["countryShortName"] });
            ("PhoneValue", fields)
        }
        "rating" => ("RatingValue", json!({ "rating": written["rating"] })),
        "status" => ("StatusValue", json!({ "label": written["label"], "index": written["index"] })),
        "tags" => ("TagsValue", json!({ "tag_ids": written["tag_ids"], "tags": [] })),
        "team" => ("TeamValue", json!({ "team_id": written["team_id"] })),
        "text" => ("TextValue", json!({ "text": written.as_str().unwrap_or_default() })),
        "timeline" => {
            let midnight = |day: &Value| day.as_str().map(|day| format!("{day}T00:00:00+00:00"));
            ("TimelineValue", json!({ "from": midnight(&written["from"]), "to": midnight(&written["to"]) }))
        }
        "week" => {
            let week = &written["week"];
            ("WeekValue", json!({ "start_date": week["startDate"], "end_date": week["endDate"] }))
        }
        "world_clock" => ("WorldClockValue", json!({ "timezone": written["timezone"] })),
        other => panic!("{other} cannot be written"),
    }
}
