//! How columns are read: `text`, `value`, and the typed fields, which disagree as they do with monday.
//!
//! Must not know: how a value was written.

use serde_json::{Map, Value, json};

use super::calendar;
use crate::world::{Column, Item, World};

/// The value as people read it; `None` is null.
pub(crate) fn text(world: &World, column: &Column, item: &Item) -> Option<String> {
    let empty = Value::Null;
    let value = item.values.get(&column.id).unwrap_or(&empty);
    let part = |key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let joined = |names: Vec<String>| names.join(", ");
    Some(match column.kind.as_str() {
        "dependency" => return None,
        "color_picker" => return value["color"]["hex"].as_str().map(str::to_owned),
        "text" | "numbers" => value.as_str().unwrap_or_default().to_owned(),
        "long_text" => part("text"),
        "status" => label(column, &value["index"]),
        "dropdown" => joined(list(value, "ids").map(|id| label(column, id)).collect()),
        "date" => {
            let (date, time) = (part("date"), part("time"));
            calendar::local(&date, &time).unwrap_or(date)
        }
        "checkbox" if value["checked"] == "true" => "v".to_owned(),
        "people" => joined(list(value, "personsAndTeams").map(|person| name_of(world, person)).collect()),
        "person" if !value.is_null() => name_of(world, &json!({"id": value["personId"], "kind": "person"})),
        "team" | "rating" => {
            let number = &value[if column.kind == "team" { "team_id" } else { "rating" }];
            number.as_u64().map(|number| number.to_string()).unwrap_or_default()
        }
        "tags" => joined(
            tags(world, value).map(|tag| tag["name"].as_str().unwrap_or_default().to_owned()).collect(),
        ),
        "email" => part("email"),
        "link" if part("text").is_empty() => part("url"),
        "link" => [part("text"), part("url")].join(" - "),
        "phone" => part("phone"),
        "country" => part("countryName"),
        "location" => part("address"),
        "world_clock" => part("timezone"),
        "hour" => hour(value).unwrap_or_default(),
        "timeline" => range(&value["from"], &value["to"]),
        "week" => range(&value["week"]["startDate"], &value["week"]["endDate"]),
        "file" => {
            joined(list(value, "files").filter_map(|file| file["name"].as_str()).map(str::to_owned).collect())
        }
        "creation_log" => item.created_at.clone(),
        "last_updated" => item.updated_at.clone(),
        "item_id" => item.id.to_string(),
        "group" => item.group_id.clone(),
        "subtasks" => linked_names(world, column, item),
        // Empty for mirrors, formulas and connected boards too: they have `display_value`.
        _ => String::new(),
    })
}

/// The raw JSON; null for the types whose typed fields are all there is.
pub(crate) fn value<'i>(column: &Column, item: &'i Item) -> Option<&'i Value> {
    let hidden = matches!(column.kind.as_str(), "board_relation" | "dependency" | "subtasks");
    item.values.get(&column.id).filter(|_| !hidden)
}

/// The ids of the items that a value leads to.
pub(crate) fn linked_ids(world: &World, column: &Column, item: &Item) -> Vec<u64> {
    if column.kind == "subtasks" {
        let subitems = world.items.values().filter(|other| other.parent == Some(item.id));
        return subitems.filter(|other| other.state == "active").map(|other| other.id).collect();
    }
    let stored = item.values.get(&column.id).and_then(|value| value["item_ids"].as_array());
    stored.into_iter().flatten().filter_map(Value::as_u64).collect()
}

/// The names of the items that a value leads to, as far as there are such items.
pub(crate) fn linked_names(world: &World, column: &Column, item: &Item) -> String {
    let ids = linked_ids(world, column, item);
    let names: Vec<&str> =
        ids.iter().filter_map(|id| world.items.get(id)).map(|item| item.name.as_str()).collect();
    names.join(", ")
}

/// The typed fields beside `id`, `type`, `text` and `value`, without those that are other nouns.
pub(crate) fn typed(world: &World, column: &Column, item: &Item) -> Map<String, Value> {
    let empty = Value::Null;
    let value = item.values.get(&column.id).unwrap_or(&empty);
    let ids = || -> Vec<String> { linked_ids(world, column, item).iter().map(u64::to_string).collect() };
    let fields = match column.kind.as_str() {
        "status" => {
            let label = column.labels.get(&value["index"].as_u64().unwrap_or(u64::MAX));
            json!({"index": value["index"], "label": label, "is_done": label.map(|label| label == "Done"),
                   "update_id": null, "label_style": label.map(|_| json!({"color": "#00c875", "border": "#00b461"}))})
        }
        "date" => json!({"date": value["date"], "time": value["time"], "icon": null}),
        "numbers" => {
            let number = value.as_str().and_then(|text| text.parse::<f64>().ok());
            json!({"number": number, "symbol": null, "direction": "right"})
        }
        "checkbox" => json!({"checked": value["checked"] == "true"}),
        "people" => {
            let person = |person: &Value| json!({"id": person["id"].to_string(), "kind": person["kind"]});
            json!({"persons_and_teams": list(value, "personsAndTeams").map(person).collect::<Vec<_>>()})
        }
        "person" => json!({"person_id": value["personId"].as_u64().map(|id| id.to_string())}),
        "team" => json!({"team_id": value["team_id"]}),
        "tags" => {
            let known: Vec<_> = tags(world, value).collect();
            json!({"tag_ids": list(value, "tag_ids").collect::<Vec<_>>(), "tags": known})
        }
        "dropdown" => {
            let option = |id: &Value| json!({"id": id.to_string(), "label": label(column, id)});
            json!({"values": list(value, "ids").map(option).collect::<Vec<_>>()})
        }
        "email" => json!({"email": value["email"], "label": value["text"]}),
        "link" => json!({"url": value["url"], "url_text": value["text"]}),
        "phone" => json!({"phone": value["phone"], "country_short_name": value["countryShortName"]}),
        "country" if value.is_null() => json!({"country": null}),
        "country" => json!({"country": {"code": value["countryCode"], "name": value["countryName"]}}),
        "hour" => json!({"hour": value["hour"], "minute": value["minute"]}),
        "rating" => json!({"rating": value["rating"]}),
        "world_clock" => json!({"timezone": value["timezone"]}),
        "color_picker" => json!({"color": value["color"]["hex"]}),
        "week" => json!({"start_date": value["week"]["startDate"], "end_date": value["week"]["endDate"]}),
        "timeline" => json!({"from": value["from"], "to": value["to"], "visualization_type": null}),
        "location" => {
            let degrees = |key: &str| value[key].as_str().and_then(|text| text.parse::<f64>().ok());
            let address = value["address"].as_str().filter(|address| !address.is_empty());
            json!({"lat": degrees("lat"), "lng": degrees("lng"), "address": address, "place_id": null,
                   "city": null, "city_short": null, "country": null, "country_short": null, "street": null,
                   "street_short": null, "street_number": null, "street_number_short": null})
        }
        "board_relation" => {
            json!({"linked_item_ids": ids(), "display_value": linked_names(world, column, item)})
        }
        "dependency" => {
            // 0 is finish to start.
            let link = |id: &String| json!({"linked_item_id": id, "dependency_type": 0, "lag": 0});
            let links: Vec<_> = ids().iter().map(link).collect();
            json!({"linked_item_ids": ids(), "display_value": linked_names(world, column, item),
                   "dependency_links": links})
        }
        "subtasks" => json!({"subitems_ids": ids(), "display_value": linked_names(world, column, item)}),
        "mirror" => json!({"display_value": "", "mirrored_items": []}),
        "formula" => json!({"display_value": ""}),
        "creation_log" => json!({"created_at": item.created_at, "creator_id": item.creator_id.to_string()}),
        "last_updated" => json!({"updated_at": item.updated_at, "updater_id": item.creator_id.to_string()}),
        "item_id" => json!({"item_id": item.id.to_string()}),
        "group" => json!({"group_id": item.group_id}),
        "vote" => json!({"vote_count": 0, "voter_ids": [], "voters": []}),
        "time_tracking" => json!({"duration": null, "history": [], "running": false, "started_at": null}),
        "button" => json!({"color": null, "label": column.title}),
        "doc" | "direct_doc" => json!({"file": null}),
        "integration" => json!({"entity_id": null, "issue_api_url": null, "issue_id": null}),
        _ => json!({}),
    };
    let Value::Object(mut fields) = fields else { return Map::new() };
    if !fields.contains_key("updated_at") {
        let changed =
            if value.is_null() { None } else { item.changed.get(&column.id).or(Some(&item.updated_at)) };
        fields.insert("updated_at".to_owned(), json!(changed));
    }
    fields
}

fn list<'v>(value: &'v Value, key: &str) -> impl Iterator<Item = &'v Value> {
    value[key].as_array().into_iter().flatten()
}

fn label(column: &Column, index: &Value) -> String {
    index.as_u64().and_then(|index| column.labels.get(&index)).cloned().unwrap_or_default()
}

/// The tags of a value that the account has.
fn tags<'a>(world: &'a World, value: &'a Value) -> impl Iterator<Item = &'a Map<String, Value>> {
    list(value, "tag_ids").filter_map(|id| {
        let id = json!(id.to_string());
        world.tags.iter().find(|tag| tag["id"] == id).map(AsRef::as_ref)
    })
}

/// A user's name; of teams, and of users who are not there, the id.
fn name_of(world: &World, person: &Value) -> String {
    let user = person["id"].as_u64().filter(|_| person["kind"] == "person").and_then(|id| world.user(id));
    user.and_then(|user| user["name"].as_str().map(str::to_owned)).unwrap_or_else(|| person["id"].to_string())
}

fn hour(value: &Value) -> Option<String> {
    let (hour, minute) = (value["hour"].as_u64()?, value["minute"].as_u64()?);
    let half = if hour < 12 { "AM" } else { "PM" };
    Some(format!("{:02}:{minute:02} {half}", (hour + 11) % 12 + 1))
}

fn range(from: &Value, to: &Value) -> String {
    match (from.as_str(), to.as_str()) {
        (Some(from), Some(to)) => format!("{from} - {to}"),
        _ => String::new(),
    }
}
