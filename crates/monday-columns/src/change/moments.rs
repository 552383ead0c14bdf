//! Changes of dates, times and time zones.
//!
//! Must not know: an account's first day of the week.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};

use super::change;
use crate::InvalidValue;

/// `YYYY-MM-DD`, which has no room for other years.
fn day(date: Date) -> Result<String, InvalidValue> {
    if date.year() >= 1 { Ok(date.to_string()) } else { Err(InvalidValue::Date) }
}

change! {
    /// A date, alone or with a time. monday keeps both in UTC, and shows them in its users' time zones.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use monday_columns::{Change, DateChange};
    /// assert_eq!(DateChange::day(date(2026, 5, 10)).value()?, serde_json::json!({"date": "2026-05-10"}));
    ///
    /// let noon = date(2026, 5, 10).at(12, 0, 0, 0).in_tz("America/New_York")?.timestamp();
    /// let change = DateChange::at(noon).value()?;
    /// assert_eq!(change, serde_json::json!({"date": "2026-05-10", "time": "16:00:00"}));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    DateChange, "date", Value::Null
}

impl DateChange {
    /// A day without a time.
    pub fn day(date: Date) -> Self {
        Self(day(date).map(|date| json!({ "date": date })))
    }

    /// A point in time. monday keeps whole seconds: what is beyond them is cut off, as a clock does.
    ///
    /// ```
    /// use monday_columns::{Change, DateChange, jiff::Timestamp};
    /// let time: Timestamp = "2026-05-10T14:30:00.999Z".parse()?;
    /// let change = DateChange::at(time).value()?;
    /// assert_eq!(change, serde_json::json!({"date": "2026-05-10", "time": "14:30:00"}));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn at(time: Timestamp) -> Self {
        let time = Offset::UTC.to_datetime(time);
        let clock = format!("{:02}:{:02}:{:02}", time.hour(), time.minute(), time.second());
        Self(day(time.date()).map(|date| json!({ "date": date, "time": clock })))
    }
}

change! {
    /// An hour and a minute, in no time zone.
    ///
    /// ```
    /// use monday_columns::{Change, HourChange};
    /// assert_eq!(HourChange::new(16, 42).value()?, serde_json::json!({"hour": 16, "minute": 42}));
    /// assert!(HourChange::new(24, 0).value().is_err());
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    HourChange, "hour", Value::Null
}

impl HourChange {
    /// From 0 to 23, and from 0 to 59.
    pub fn new(hour: u8, minute: u8) -> Self {
        let is_fit = hour < 24 && minute < 60;
        Self(if is_fit { Ok(json!({ "hour": hour, "minute": minute })) } else { Err(InvalidValue::Hour) })
    }

    /// A time in whole minutes.
    pub fn at(time: Time) -> Self {
        if time.second() != 0 || time.subsec_nanosecond() != 0 {
            return Self(Err(InvalidValue::WholeMinutes));
        }
        Self(Ok(json!({ "hour": time.hour(), "minute": time.minute() })))
    }
}

change! {
    /// A timeline, whose last day belongs to it.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use monday_columns::{Change, InvalidValue, TimelineChange};
    /// let (from, to) = (date(2026, 1, 1), date(2026, 3, 31));
    /// let change = TimelineChange::new(from, to).value()?;
    /// assert_eq!(change, serde_json::json!({"from": "2026-01-01", "to": "2026-03-31"}));
    /// assert_eq!(TimelineChange::new(to, from).value(), Err(InvalidValue::Timeline));
    /// # Ok::<(), InvalidValue>(())
    /// ```
    TimelineChange, "timeline", Value::Null
}

impl TimelineChange {
    /// From the first day to the last.
    pub fn new(from: Date, to: Date) -> Self {
        if from > to {
            return Self(Err(InvalidValue::Timeline));
        }
        Self(day(from).and_then(|from| Ok(json!({ "from": from, "to": day(to)? }))))
    }
}

change! {
    /// A week. Its first day must be the one that the account's weeks start on, which only monday knows.
    ///
    /// ```
    /// use jiff::civil::date;
    /// use monday_columns::{Change, WeekChange};
    /// let week = WeekChange::starting(date(2026, 1, 5));
    /// assert_eq!(week, WeekChange::new(date(2026, 1, 5), date(2026, 1, 11)));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    WeekChange, "week", Value::Null
}

impl WeekChange {
    /// The seven days that start with this one.
    pub fn starting(start: Date) -> Self {
        match start.checked_add(6.days()) {
            Ok(end) => Self::new(start, end),
            Err(_) => Self(Err(InvalidValue::Date)),
        }
    }

    /// From the first day to the seventh.
    pub fn new(start: Date, end: Date) -> Self {
        if start.checked_add(6.days()).ok() != Some(end) {
            return Self(Err(InvalidValue::Week));
        }
        Self(day(start).and_then(|start| Ok(json!({ "week": { "startDate": start, "endDate": day(end)? } }))))
    }
}

change! {
    /// A time zone, whose clock the column shows.
    ///
    /// ```
    /// use monday_columns::{Change, InvalidValue, WorldClockChange};
    /// let change = WorldClockChange::named("Europe/London").value()?;
    /// assert_eq!(change, serde_json::json!({"timezone": "Europe/London"}));
    /// assert_eq!(WorldClockChange::named("Europe/Lodnon").value(), Err(InvalidValue::TimeZone));
    /// # Ok::<(), InvalidValue>(())
    /// ```
    WorldClockChange, "world_clock", Value::Null
}

impl WorldClockChange {
    /// By its name in the time zone database.
    pub fn named(name: &str) -> Self {
        match TimeZone::get(name) {
            Ok(zone) => Self::zone(&zone),
            Err(_) => Self(Err(InvalidValue::TimeZone)),
        }
    }

    /// A time zone that has such a name; an offset alone has none.
    pub fn zone(zone: &TimeZone) -> Self {
        Self(zone.iana_name().map(|name| json!({ "timezone": name })).ok_or(InvalidValue::TimeZone))
    }
}
