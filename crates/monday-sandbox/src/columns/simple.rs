//! One string in place of JSON, for the types that have such a form.
//!
//! Must not know: which JSON is good.

use serde_json::{Value, json};

use super::written::is_country;
use crate::world::Column;

/// The JSON that a string stands for; `None` where the type has no simple form.
pub(super) fn json_of(column: &Column, text: &str) -> Option<Value> {
    let (first, rest) = text.split_once(' ').map_or((text, None), |(first, rest)| (first, Some(rest)));
    Some(match column.kind.as_str() {
        "text" | "numbers" => json!(text),
        "long_text" => json!({ "text": text }),
        "status" => {
            // A label, or the index of one.
            let index = text.parse::<u64>().ok().filter(|index| column.labels.contains_key(index));
            let index = index.filter(|_| column.labels.values().all(|label| label != text));
            index.map_or_else(|| json!({ "label": text }), |index| json!({ "index": index }))
        }
        "dropdown" => json!({"labels": text.split(',').map(str::trim).collect::<Vec<_>>()}),
        "date" => json!({"date": first, "time": rest}),
        "people" => {
            let people = text.split(',').map(|id| json!({"id": id.trim(), "kind": "person"}));
            json!({"personsAndTeams": people.collect::<Vec<_>>()})
        }
        "email" => json!({"email": first, "text": rest.unwrap_or(first)}),
        "link" => json!({"url": first, "text": rest.unwrap_or(first)}),
        "phone" => {
            // A number may have spaces of its own.
            let parts = text.rsplit_once(' ').filter(|(_, country)| is_country(country));
            let (phone, country) = parts.map_or((text, None), |(phone, country)| (phone, Some(country)));
            json!({"phone": phone, "countryShortName": country})
        }
        "location" => {
            let (lng, address) =
                rest?.split_once(' ').map_or((rest, None), |(lng, address)| (Some(lng), Some(address)));
            json!({"lat": first, "lng": lng, "address": address})
        }
        "rating" => json!({ "rating": text }),
        "world_clock" => json!({ "timezone": text }),
        _ => return None,
    })
}
