//! Values that are dates and times.
//!
//! Must not know: the caller's time zone.

use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};
use monday_core::{Id, UserId};
use monday_queries::fragments::TypedColumnValueFieldsOnHourValue as WireHour;

use crate::parsed::{Moment, Parsed};
use crate::typed::{Typed, value};

value! {
    /// A date, perhaps with a time, both in UTC. `Cell::text` has them in the caller's time zone.
    DateValue from TypedColumnValueFieldsOnDateValue {
        /// The day.
        date: Option<Parsed<Date>>,
        /// The time of the day.
        time: Option<Parsed<Time>>,
        /// The icon beside it, as monday writes it.
        icon: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

impl DateValue {
    /// The point in time, if there is a time.
    #[must_use]
    pub fn instant(&self) -> Option<Timestamp> {
        let date = self.date.as_ref()?.value()?;
        let time = self.time.as_ref()?.value()?;
        Offset::UTC.to_timestamp(date.to_datetime(*time)).ok()
    }
}

/// An hour and a minute, in no time zone.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct HourValue {
    /// The time. What is none is kept as `hour:minute`.
    pub time: Option<Parsed<Time>>,
    /// When it was changed.
    pub updated_at: Option<Parsed<Moment>>,
}

impl Typed<HourValue> for WireHour {
    fn typed(self) -> HourValue {
        let number = |number: Option<i64>| number.and_then(|number| i8::try_from(number).ok());
        let time = match (self.hour, self.minute) {
            (None, None) => None,
            (hour, minute) => {
                let text = |number: Option<i64>| number.map(|number| number.to_string()).unwrap_or_default();
                let raw = format!("{}:{}", text(hour), text(minute));
                let parts = number(hour).zip(number(minute));
                let time = parts.and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
                Some(Parsed::new(&raw, time, "not an hour from 0 to 23 with a minute from 0 to 59"))
            }
        };
        HourValue { time, updated_at: self.updated_at.typed() }
    }
}

value! {
    /// A span of days. Its last day belongs to it.
    TimelineValue from TypedColumnValueFieldsOnTimelineValue {
        /// The first day.
        from: Option<Parsed<Date>>,
        /// The last day.
        to: Option<Parsed<Date>>,
        /// How monday shows it.
        visualization_type: Option<String>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// A week.
    WeekValue from TypedColumnValueFieldsOnWeekValue {
        /// The first day.
        start_date: Option<Parsed<Date>>,
        /// The seventh day.
        end_date: Option<Parsed<Date>>,
    }
}

value! {
    /// A time zone.
    WorldClockValue from TypedColumnValueFieldsOnWorldClockValue {
        /// The time zone.
        timezone: Option<Parsed<TimeZone>>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// Time that was tracked.
    TimeTrackingValue from TypedColumnValueFieldsOnTimeTrackingValue {
        /// How much, to the second.
        duration: Option<SignedDuration>,
        /// The sessions.
        history: Vec<TimeTrackingSession>,
        /// Whether it is running.
        running: Option<bool>,
        /// Since when it is running.
        started_at: Option<Parsed<Moment>>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// One session of tracked time.
    TimeTrackingSession from TypedColumnValueFieldsOnTimeTrackingValueHistory {
        /// Its id.
        id: Id,
        /// In which state it is, in monday's words.
        status: String,
        /// When it started.
        started_at: Option<Parsed<Moment>>,
        /// Who started it.
        started_user_id: Option<UserId>,
        /// When it ended.
        ended_at: Option<Parsed<Moment>>,
        /// Who ended it.
        ended_user_id: Option<UserId>,
        /// Whether the day of its start was typed in.
        manually_entered_start_date: bool,
        /// Whether the time of its start was typed in.
        manually_entered_start_time: bool,
        /// Whether the day of its end was typed in.
        manually_entered_end_date: bool,
        /// Whether the time of its end was typed in.
        manually_entered_end_time: bool,
        /// When it was made.
        created_at: Parsed<Moment>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}
