//! The JSON that each type of column is written with, and what is kept of it.
//!
//! Must not know: labels, simple strings, how a value is read.

use serde_json::{Value, json};

use super::calendar;

type Stored = Result<Value, &'static str>;

/// Types that the API writes.
const WRITABLE: [&str; 24] = [
    "board_relation",
    "checkbox",
    "color_picker",
    "country",
    "date",
    "dependency",
    "dropdown",
    "email",
    "file",
    "hour",
    "link",
    "location",
    "long_text",
    "numbers",
    "people",
    "phone",
    "rating",
    "status",
    "tags",
    "team",
    "text",
    "timeline",
    "week",
    "world_clock",
];

pub(crate) fn is_writable(kind: &str) -> bool {
    WRITABLE.contains(&kind)
}

/// Whether this JSON clears a column of this type. Only what is documented does: most take null and `{}`, some null
/// alone, three have a word of their own.
pub(super) fn clears(kind: &str, value: &Value) -> bool {
    let is_null_or = |other: Value| value.is_null() || *value == other;
    match kind {
        "file" => *value == json!({"clear_all": true}),
        "text" => is_null_or(json!("")),
        "tags" => is_null_or(json!({"tag_ids": []})),
        "checkbox" | "date" | "dropdown" | "numbers" | "status" | "team" => value.is_null(),
        _ => is_null_or(json!({})),
    }
}

/// What is stored for JSON that clears nothing.
pub(super) fn stored(kind: &str, value: &Value) -> Stored {
    match kind {
        "text" => value.as_str().map(|text| json!(text)).ok_or("text wants a string"),
        "numbers" => number(value).ok_or("numbers want a number in a JSON string"),
        "long_text" => kept(value, &["text"], &[]).ok_or("long text wants {\"text\": \"…\"}"),
        "checkbox" => checkbox(value).ok_or("a checkbox wants {\"checked\": \"true\"}"),
        "date" => date(value).ok_or("a date wants {\"date\": \"YYYY-MM-DD\", \"time\": \"HH:MM:SS\"}"),
        "timeline" => range(value).ok_or("a timeline wants {\"from\": \"YYYY-MM-DD\", \"to\": \"YYYY-MM-DD\"}"),
        "week" => week(value).ok_or("a week wants {\"week\": {\"startDate\": …, \"endDate\": …}}, seven days"),
        "hour" => hour(value).ok_or("an hour wants {\"hour\": 0 to 23, \"minute\": 0 to 59}"),
        "people" => people(value).ok_or("people want {\"personsAndTeams\": [{\"id\": …, \"kind\": …}]}"),
        "team" => {
            int(&value["team_id"]).map(|id| json!({ "team_id": id })).ok_or("a team wants {\"team_id\": …}")
        }
        "tags" => list(&value["tag_ids"], int)
            .map(|ids| json!({ "tag_ids": ids }))
            .ok_or("tags want {\"tag_ids\": […]}"),
        "board_relation" | "dependency" => list(&value["item_ids"], id)
            .map(|ids| json!({ "item_ids": ids }))
            .ok_or("linked items want {\"item_ids\": […]}"),
        "email" => kept(value, &["email"], &["text"]).ok_or("an e-mail wants {\"email\": …, \"text\": …}"),
        "link" => kept(value, &["url"], &["text"]).ok_or("a link wants {\"url\": …, \"text\": …}"),
        "phone" => kept(value, &["phone"], &["countryShortName"])
            .filter(|phone| phone["countryShortName"].as_str().is_none_or(is_country))
            .ok_or("a phone wants {\"phone\": …, \"countryShortName\": \"US\"}"),
        "country" => kept(value, &["countryCode", "countryName"], &[])
            .filter(|country| country["countryCode"].as_str().is_some_and(is_country))
            .ok_or("a country wants {\"countryCode\": \"US\", \"countryName\": …}"),
        "location" => location(value).ok_or("a location wants {\"lat\": …, \"lng\": …, \"address\": …}"),
        "color_picker" => color(&value["color"])
            .ok_or("a color wants {\"color\": {\"hex\": \"#RRGGBB\"}} or {\"color\": {\"r\": …, \"g\": …, \"b\": …}}"),
        "rating" => int(&value["rating"])
            .map(|rating| json!({ "rating": rating }))
            .ok_or("a rating wants {\"rating\": 4}"),
        "world_clock" => kept(value, &["timezone"], &[])
            .filter(|clock| is_zone(clock["timezone"].as_str().unwrap_or_default()))
            .ok_or("a world clock wants {\"timezone\": \"Europe/London\"}"),
        _ => Err("this column cannot be written"),
    }
}

/// Filled strings under these keys; what is optional may be null or absent.
fn kept(value: &Value, required: &[&str], optional: &[&str]) -> Option<Value> {
    let mut found = serde_json::Map::new();
    for key in required {
        let text = value[*key].as_str().filter(|text| !text.is_empty())?;
        found.insert((*key).to_owned(), json!(text));
    }
    for key in optional {
        match &value[*key] {
            Value::Null => {}
            Value::String(text) => {
                found.insert((*key).to_owned(), json!(text));
            }
            _ => return None,
        }
    }
    Some(Value::Object(found))
}

fn number(value: &Value) -> Option<Value> {
    let written = value.as_str()?;
    written.parse::<f64>().ok().filter(|number| number.is_finite()).map(|_| json!(written))
}

/// Official sources disagree on the form of `true`, so both are taken.
fn checkbox(value: &Value) -> Option<Value> {
    match &value["checked"] {
        Value::Bool(checked) => Some(json!({"checked": checked.to_string()})),
        Value::String(checked) if checked == "true" || checked == "false" => {
            Some(json!({"checked": checked}))
        }
        _ => None,
    }
}

fn date(value: &Value) -> Option<Value> {
    let date = value["date"].as_str().filter(|date| calendar::day(date).is_some())?;
    match &value["time"] {
        Value::Null => Some(json!({ "date": date })),
        Value::String(time) => calendar::seconds(time).map(|_| json!({"date": date, "time": time})),
        _ => None,
    }
}

fn range(value: &Value) -> Option<Value> {
    let (from, to) = (value["from"].as_str()?, value["to"].as_str()?);
    (calendar::day(from)? <= calendar::day(to)?).then(|| json!({"from": from, "to": to}))
}

/// Seven days. On which weekday they begin is the account's, and is not looked at: the reference's own
/// example begins on a Tuesday.
fn week(value: &Value) -> Option<Value> {
    let (start, end) = (value["week"]["startDate"].as_str()?, value["week"]["endDate"].as_str()?);
    let is_week = calendar::day(end)? - calendar::day(start)? == 6;
    is_week.then(|| json!({"week": {"startDate": start, "endDate": end}}))
}

fn hour(value: &Value) -> Option<Value> {
    let hour = value["hour"].as_u64().filter(|hour| *hour < 24)?;
    let minute = value["minute"].as_u64().filter(|minute| *minute < 60)?;
    Some(json!({"hour": hour, "minute": minute}))
}

fn people(value: &Value) -> Option<Value> {
    let person = |entry: &Value| {
        let kind = entry["kind"].as_str().filter(|kind| matches!(*kind, "person" | "team"))?;
        Some(json!({"id": id(&entry["id"])?, "kind": kind}))
    };
    list(&value["personsAndTeams"], person).map(|people| json!({ "personsAndTeams": people }))
}

fn location(value: &Value) -> Option<Value> {
    let degrees = |part: &Value, most: f64| {
        let number = part.as_f64().or_else(|| part.as_str()?.parse().ok())?;
        (-most..=most)
            .contains(&number)
            .then(|| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
    };
    let (lat, lng) = (degrees(&value["lat"], 90.0)?, degrees(&value["lng"], 180.0)?);
    let address = match &value["address"] {
        Value::Null => "",
        address => address.as_str()?,
    };
    Some(json!({"lat": lat, "lng": lng, "address": address}))
}

fn color(color: &Value) -> Option<Value> {
    if let Some(hex) = color["hex"].as_str() {
        let digits = hex.strip_prefix('#')?;
        let fits = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
        return fits.then(|| json!({"color": {"hex": hex}}));
    }
    let part = |key: &str| color[key].as_u64().filter(|part| *part < 256);
    Some(json!({"color": {"r": part("r")?, "g": part("g")?, "b": part("b")?}}))
}

/// Two capitals.
pub(super) fn is_country(code: &str) -> bool {
    code.len() == 2 && code.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// A name of the form that the tz database has; its list is not here.
fn is_zone(name: &str) -> bool {
    let fits = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_alphabetic())
            && part.chars().all(|c| c.is_ascii_alphanumeric() || "_-+".contains(c))
    };
    name.split('/').all(fits)
}

/// A list that is not empty: clearing has its own forms.
fn list(value: &Value, part: impl Fn(&Value) -> Option<Value>) -> Option<Vec<Value>> {
    value.as_array().filter(|list| !list.is_empty())?.iter().map(part).collect()
}

/// An id, written as a number or as text.
fn id(value: &Value) -> Option<Value> {
    value.as_u64().or_else(|| value.as_str()?.parse().ok()).map(|id| json!(id))
}

/// The schema's `Int` has 32 bits in the executor.
fn int(value: &Value) -> Option<Value> {
    let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
    i32::try_from(number).ok().map(|number| json!(number))
}
