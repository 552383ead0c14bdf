//! The values of columns: only what is named here goes into a seed, and of that only what tells of nobody goes as it is.
//!
//! From monday's JSON for reading to its JSON for writing. Must not know: boards.

use serde_json::{Value, json};

use super::numbers::Numbers;
use super::replacement::Replacement;

/// What stands in place of ids.
pub(super) struct Ids {
    pub(super) users: Numbers,
    pub(super) teams: Numbers,
    pub(super) folders: Numbers,
    pub(super) workspaces: Numbers,
    pub(super) tags: Numbers,
    pub(super) boards: Numbers,
    pub(super) items: Numbers,
}

/// One value on its way.
pub(super) struct Cell<'a> {
    pub(super) kind: &'a str,
    /// As it was read.
    pub(super) value: &'a Value,
    /// Where the column leads to other items.
    pub(super) linked: &'a Value,
    /// Whether the column has a label of this number.
    pub(super) has_label: &'a dyn Fn(u64) -> bool,
    pub(super) keeps_numbers: bool,
}

impl Cell<'_> {
    /// The value in a seed; `None` where there is none, or none that is known.
    pub(super) fn told(&self, replaced: &Replacement, ids: &mut Ids) -> Option<Value> {
        let value = self.value;
        let text = |key: &str| value[key].as_str().filter(|text| !text.is_empty());
        match self.kind {
            "text" => filled(replaced.text(value.as_str()?)).map(|text| json!(text)),
            "long_text" => filled(replaced.text(text("text")?)).map(|text| json!({ "text": text })),
            "numbers" => self.number(replaced).map(|number| json!(number)),
            "status" => value["index"]
                .as_u64()
                .filter(|index| (self.has_label)(*index))
                .map(|index| json!({ "index": index })),
            "dropdown" => {
                let chosen: Vec<u64> = numbers(&value["ids"]).filter(|id| (self.has_label)(*id)).collect();
                (!chosen.is_empty()).then(|| json!({ "ids": chosen }))
            }
            "checkbox" => {
                let checked = value["checked"].as_bool().or_else(|| text("checked")?.parse().ok())?;
                Some(json!({"checked": checked.to_string()}))
            }
            "date" => {
                let date = text("date").filter(|date| is_date(date))?;
                match text("time").filter(|time| is_time(time)) {
                    Some(time) => Some(json!({"date": date, "time": time})),
                    None => Some(json!({ "date": date })),
                }
            }
            "timeline" => {
                days(&value["from"], &value["to"]).map(|(from, to)| json!({"from": from, "to": to}))
            }
            "week" => {
                let (start, end) = days(&value["week"]["startDate"], &value["week"]["endDate"])?;
                Some(json!({"week": {"startDate": start, "endDate": end}}))
            }
            "hour" => {
                let (hour, minute) = (value["hour"].as_u64()?, value["minute"].as_u64()?);
                (hour < 24 && minute < 60).then(|| json!({"hour": hour, "minute": minute}))
            }
            "rating" => value["rating"]
                .as_u64()
                .filter(|rating| *rating < 100)
                .map(|rating| json!({ "rating": rating })),
            "color_picker" => color(&value["color"]["hex"]).map(|hex| json!({"color": {"hex": hex}})),
            "people" => people(value, ids),
            "team" => value["team_id"].as_u64().map(|id| json!({"team_id": ids.teams.of(&id.to_string())})),
            "tags" => {
                let tags: Vec<u64> =
                    numbers(&value["tag_ids"]).map(|id| ids.tags.of(&id.to_string())).collect();
                (!tags.is_empty()).then(|| json!({ "tag_ids": tags }))
            }
            "board_relation" | "dependency" => {
                let linked: Vec<u64> = numbers(self.linked).map(|id| ids.items.of(&id.to_string())).collect();
                (!linked.is_empty()).then(|| json!({ "item_ids": linked }))
            }
            "email" => {
                let email = replaced.email(text("email")?);
                let label = match text("text") {
                    Some(label) if Some(label) != text("email") => replaced.text(label),
                    _ => email.clone(),
                };
                Some(json!({"email": email, "text": label}))
            }
            "phone" => {
                text("phone").map(|phone| json!({"phone": replaced.phone(phone), "countryShortName": "US"}))
            }
            "link" => {
                let url = text("url")?;
                let label = text("text").map_or_else(String::new, |label| replaced.text(label));
                Some(json!({"url": replaced.url(url), "text": label}))
            }
            "country" => text("countryCode").map(|code| {
                let (code, name) = replaced.country(code);
                json!({"countryCode": code, "countryName": name})
            }),
            "location" => {
                let address = text("address").unwrap_or_default();
                if value["lat"].is_null() || value["lng"].is_null() {
                    return None;
                }
                let (lat, lng) = replaced.place(&format!("{} {} {address}", value["lat"], value["lng"]));
                Some(json!({"lat": lat, "lng": lng, "address": replaced.text(address)}))
            }
            "world_clock" => text("timezone").map(|zone| json!({"timezone": replaced.zone(zone)})),
            _ => None,
        }
    }

    /// monday has it as text, and as a number in some answers.
    fn number(&self, replaced: &Replacement) -> Option<String> {
        let text = self.value.as_str().map_or_else(|| self.value.to_string(), str::to_owned);
        text.parse::<f64>().ok().filter(|number| number.is_finite())?;
        Some(if self.keeps_numbers { text } else { replaced.number(&text) })
    }
}

fn people(value: &Value, ids: &mut Ids) -> Option<Value> {
    let listed = value["personsAndTeams"].as_array()?.iter();
    let person = |person: &Value| {
        let id = person["id"]
            .as_u64()
            .map(|id| id.to_string())
            .or_else(|| person["id"].as_str().map(str::to_owned))?;
        let (id, kind) = match person["kind"].as_str()? {
            "person" => (ids.users.of(&id), "person"),
            "team" => (ids.teams.of(&id), "team"),
            _ => return None,
        };
        Some(json!({"id": id, "kind": kind}))
    };
    let people: Vec<Value> = listed.filter_map(person).collect();
    (!people.is_empty()).then(|| json!({ "personsAndTeams": people }))
}

fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}

/// Numbers, as numbers or as text.
fn numbers(list: &Value) -> impl Iterator<Item = u64> {
    let number = |value: &Value| value.as_u64().or_else(|| value.as_str()?.parse().ok());
    list.as_array().into_iter().flatten().filter_map(number)
}

fn days<'v>(from: &'v Value, to: &'v Value) -> Option<(&'v str, &'v str)> {
    let (from, to) = (from.as_str()?, to.as_str()?);
    (is_date(from) && is_date(to) && from <= to).then_some((from, to))
}

/// `0` stands for a digit in a pattern.
fn has_form(text: &str, pattern: &str) -> bool {
    let fits = |(c, of): (u8, u8)| if of == b'0' { c.is_ascii_digit() } else { c == of };
    text.len() == pattern.len() && text.bytes().zip(pattern.bytes()).all(fits)
}

pub(super) fn is_date(text: &str) -> bool {
    has_form(text, "0000-00-00")
}

fn is_time(text: &str) -> bool {
    has_form(text, "00:00:00")
}

/// A time that monday gives something; of any other text nothing is kept.
pub(super) fn moment(value: &Value) -> Option<String> {
    let forms = ["0000-00-00T00:00:00Z", "0000-00-00T00:00:00.000Z", "0000-00-00T00:00:00+00:00"];
    value.as_str().filter(|text| forms.iter().any(|form| has_form(text, form))).map(str::to_owned)
}

/// `#RRGGBB`.
pub(super) fn color(value: &Value) -> Option<String> {
    let is_color = |text: &&str| {
        text.strip_prefix('#')
            .is_some_and(|digits| digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()))
    };
    value.as_str().filter(is_color).map(str::to_owned)
}
