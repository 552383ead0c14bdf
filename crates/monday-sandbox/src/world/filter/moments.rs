//! Days, monday's words for days, and windows around today, all counted from 1970-01-01.
//!
//! Today is the day of the sandbox's clock, in the time zone of its users; weeks begin on Monday, as its
//! account's do. Must not know: columns.

use serde_json::Value;

use super::super::World;
use super::refused;
use crate::columns::calendar::{day, day_text, days, local};
use crate::field_fault::FieldFault;

/// The first and the last day.
pub(super) type Days = (i64, i64);

/// The day of a timestamp of UTC, where the users are.
pub(super) fn day_of(timestamp: &str) -> Option<i64> {
    let local = local(timestamp.get(..10)?, timestamp.get(11..19)?)?;
    day(local.get(..10)?)
}

pub(super) fn today(world: &World) -> i64 {
    day_of(&world.time()).unwrap_or_default()
}

/// The days of a day or of a word; `None` for words that need more than a date.
pub(super) fn word(text: &str, today: i64) -> Option<Days> {
    let monday = today - (today + 3).rem_euclid(7);
    let week = |weeks: i64| (monday + 7 * weeks, monday + 7 * weeks + 6);
    Some(match text {
        "TODAY" => (today, today),
        "TOMORROW" => (today + 1, today + 1),
        "YESTERDAY" => (today - 1, today - 1),
        "THIS_WEEK" => week(0),
        "ONE_WEEK_AGO" => week(-1),
        "ONE_WEEK_FROM_NOW" => week(1),
        "THIS_MONTH" => month(today, 0),
        "ONE_MONTH_AGO" => month(today, -1),
        "ONE_MONTH_FROM_NOW" => month(today, 1),
        "PAST_DATETIME" => (i64::MIN, today - 1),
        "FUTURE_DATETIME" => (today + 1, i64::MAX),
        _ => {
            let day = day(text)?;
            (day, day)
        }
    })
}

/// The days of the month that is so many months from a day's.
fn month(today: i64, months: i64) -> Days {
    let text = day_text(today);
    let part = |range: std::ops::Range<usize>| text.get(range).and_then(|part| part.parse::<i64>().ok());
    let (year, month) = (part(0..4).unwrap_or(1970), part(5..7).unwrap_or(1));
    let first = |months: i64| {
        let month = year * 12 + month - 1 + months;
        days(month.div_euclid(12), month.rem_euclid(12) + 1, 1)
    };
    (first(months), first(months + 1) - 1)
}

/// What is compared with: a word, a day, or `["EXACT", day]`.
pub(super) fn point(value: &Value, today: i64) -> Result<Days, FieldFault> {
    let text = match value.as_array().map(Vec::as_slice) {
        None => value.as_str(),
        Some([exact, day]) if exact == "EXACT" => day.as_str(),
        Some([one]) => one.as_str(),
        Some(_) => None,
    };
    let days = text.and_then(|text| word(text, today));
    days.ok_or_else(|| refused("the sandbox does not know what this date is compared with"))
}

/// Two plain days.
pub(super) fn range(value: &Value) -> Result<Days, FieldFault> {
    let days = match value.as_array().map(Vec::as_slice) {
        Some([from, to]) => from.as_str().and_then(day).zip(to.as_str().and_then(day)),
        _ => None,
    };
    days.ok_or_else(|| refused("between wants two dates"))
}

/// `[UNIT, AMOUNT]` before (-1) or after (1) today, today in both.
pub(super) fn window(value: &Value, today: i64, direction: i64) -> Result<Days, FieldFault> {
    let window = match value.as_array().map(Vec::as_slice) {
        Some([unit, amount]) => {
            unit.as_str().zip(amount.as_i64().filter(|amount| (1..10_000).contains(amount)))
        }
        _ => None,
    };
    let far = window.and_then(|(unit, amount)| match unit {
        "DAYS" => Some(today + direction * amount),
        "WEEKS" => Some(today + direction * 7 * amount),
        "MONTHS" => {
            let (first, last) = month(today, direction * amount);
            let of_month = today - month(today, 0).0;
            Some((first + of_month).min(last))
        }
        "WORKDAYS" => {
            let is_work = |day: i64| (day + 3).rem_euclid(7) < 5;
            let mut passing = (1..).map(|step| today + direction * step).filter(|day| is_work(*day));
            passing.nth(usize::try_from(amount).ok()? - 1)
        }
        _ => None,
    });
    let far = far.ok_or_else(|| refused("a window is a unit and an amount"))?;
    Ok((far.min(today), far.max(today)))
}
