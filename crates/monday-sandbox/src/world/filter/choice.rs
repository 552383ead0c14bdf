//! `any_of`: whether one of some values is in a column, in the form that each type wants.
//!
//! Must not know: other operators.

use serde_json::Value;

use super::super::seed::ME;
use super::moments;
use super::subject::{Subject, is_id, number};
use super::{FieldFault, refused};

/// Hours of the parts of a day.
const PARTS: [(&str, u64, u64); 5] = [
    ("Early morning", 4, 7),
    ("Morning", 7, 12),
    ("Afternoon", 12, 20),
    ("Evening", 20, 23),
    ("Night", 23, 28),
];

/// Whether one of them is in the column; `day` is which day of it is meant.
pub(super) fn is_any(subject: &Subject<'_>, wanted: &Value, day: Option<i64>) -> Result<bool, FieldFault> {
    let one = std::slice::from_ref(wanted);
    match wanted.as_array().map_or(one, Vec::as_slice) {
        [exact, wanted] if exact == "EXACT" => {
            let (first, last) = moments::point(wanted, moments::today(subject.world))?;
            Ok(day.is_some_and(|day| (first..=last).contains(&day)))
        }
        wanted => {
            let held = wanted.iter().map(|wanted| is(subject, wanted, day)).collect::<Result<Vec<_>, _>>()?;
            Ok(held.contains(&true))
        }
    }
}

fn is(subject: &Subject<'_>, wanted: &Value, day: Option<i64>) -> Result<bool, FieldFault> {
    let value = subject.value;
    let has = |key: &str| value[key].as_array().is_some_and(|ids| ids.contains(wanted));
    let is_blank = |blank: &str| wanted == blank && subject.is_empty();
    Ok(match subject.kind {
        // By their index only: text is no error, and finds nothing.
        "status" => value["index"] == *wanted && wanted.is_u64() || *wanted == 5 && subject.is_empty(),
        "dropdown" => has("ids") || is_blank(""),
        "tags" => has("tag_ids") || *wanted == -1 && subject.is_empty(),
        "people" => is_assigned(subject, wanted),
        "numbers" => {
            let numbers = number(value).zip(number(wanted));
            numbers.is_some_and(|(a, b)| a.total_cmp(&b).is_eq()) || is_blank("$$$blank$$$")
        }
        "rating" => value["rating"] == *wanted || *wanted == 0 && subject.is_empty(),
        "board_relation" | "dependency" => subject.linked().iter().any(|id| is_id(wanted, *id)),
        "item_id" => is_id(wanted, subject.item.id),
        "country" => value["countryCode"] == *wanted && wanted.is_string() || is_blank(""),
        "phone" => value["countryShortName"] == *wanted && wanted.is_string(),
        // Nobody votes in a sandbox, and no time is tracked.
        "vote" => false,
        "time_tracking" => *wanted == 1,
        "hour" => is_in_part(value, wanted)?,
        "week" => is_in_week(subject, wanted)?,
        "timeline" => is_in_timeline(subject, wanted)? || is_blank("$$$blank$$$"),
        "date" if *wanted == "$$$blank$$$" => subject.is_empty(),
        "date" => {
            let (first, last) = moments::point(wanted, moments::today(subject.world))?;
            day.is_some_and(|day| (first..=last).contains(&day))
        }
        // Words that a log does not know find nothing.
        "creation_log" | "last_updated" => match moments::point(wanted, moments::today(subject.world)) {
            Ok((first, last)) => day.is_some_and(|day| (first..=last).contains(&day)),
            Err(_) => is_id(wanted, subject.item.creator_id),
        },
        "world_clock" => {
            let zone = subject.text();
            let shown = zone.rsplit('/').next().unwrap_or_default().replace('_', " ");
            !zone.is_empty() && wanted.as_str().is_some_and(|wanted| wanted == zone || wanted == shown)
        }
        _ => wanted.as_str() == Some(&subject.text()),
    })
}

/// `person-501`, `team-7`, the user who asks, or the id alone.
fn is_assigned(subject: &Subject<'_>, wanted: &Value) -> bool {
    let mut people = subject.value["personsAndTeams"].as_array().into_iter().flatten();
    if wanted == "person-0" {
        return people.next().is_none();
    }
    let me = format!("person-{ME}");
    let text = if wanted == "assigned_to_me" { Some(me.as_str()) } else { wanted.as_str() };
    people.any(|person| {
        let (id, kind) =
            (person["id"].as_u64().unwrap_or_default(), person["kind"].as_str().unwrap_or_default());
        is_id(wanted, id) || text.is_some_and(|text| text == format!("{kind}-{id}"))
    })
}

fn is_in_part(value: &Value, wanted: &Value) -> Result<bool, FieldFault> {
    let part = PARTS.iter().find(|(name, ..)| wanted == name);
    let (_, from, to) = part.ok_or_else(|| refused("the sandbox does not know this part of the day"))?;
    Ok(value["hour"]
        .as_u64()
        .is_some_and(|hour| (*from..*to).contains(&hour) || (*from..*to).contains(&(hour + 24))))
}

fn is_in_week(subject: &Subject<'_>, wanted: &Value) -> Result<bool, FieldFault> {
    let today = moments::today(subject.world);
    let (monday, sunday) = moments::word("THIS_WEEK", today).unwrap_or((today, today));
    let text = subject.text();
    let Some(start) = text.get(..10).and_then(crate::columns::calendar::day) else { return Ok(false) };
    // monday's own example has it in small letters.
    match wanted.as_str().map(str::to_uppercase).as_deref() {
        Some("THIS_WEEK") => Ok(start <= today && today < start + 7),
        Some("NEXT_WEEKS") => Ok(start > sunday),
        Some("PAST_WEEKS") => Ok(start + 6 < monday),
        _ => Err(refused("the sandbox does not know this week")),
    }
}

fn is_in_timeline(subject: &Subject<'_>, wanted: &Value) -> Result<bool, FieldFault> {
    let today = moments::today(subject.world);
    let day = |key: &str| subject.value[key].as_str().and_then(crate::columns::calendar::day);
    let days = day("from").zip(day("to"));
    let is = |held: fn(i64, i64, i64) -> bool| Ok(days.is_some_and(|(from, to)| held(from, to, today)));
    match wanted.as_str() {
        Some("CURRENT") => is(|from, to, today| from <= today && today <= to),
        Some("DUE_TODAY") => is(|_, to, today| to == today),
        Some("FUTURE_TIMELINE") => is(|from, _, today| from > today),
        Some("PAST_TIMELINE") => is(|_, to, today| to < today),
        Some("$$$blank$$$") => Ok(false),
        _ => Err(refused("the sandbox does not know this kind of timeline")),
    }
}
