//! Fields that are days and times.
//!
//! Must not know: the caller's time zone.

use std::ops::RangeInclusive;

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, default, optional, parsed};
use crate::{
    CreationLogValue, DateChange, DateValue, HourChange, HourValue, LastUpdatedValue, Moment, Parsed,
    TimelineChange, TimelineValue, WeekChange, WeekValue, WorldClockChange, WorldClockValue,
};

default! {
    Date: DateValue;
    Timestamp: DateValue;
    Time: HourValue;
    RangeInclusive<Date>: TimelineValue;
    TimeZone: WorldClockValue;
}

// A day that is changed would lose its time.
optional!(Date: DateValue, |value| match (parsed(value.date)?, value.time) {
    (Some(_), Some(_)) => Err(UnfitField::HasTime),
    (day, _) => Ok(day),
}, |day| Some(DateChange::day(*day)));
optional!(Timestamp: DateValue, |value| {
    let instant = value.instant();
    match (parsed(value.date)?, parsed(value.time)?) {
        (None, _) => Ok(None),
        (Some(_), None) => Err(UnfitField::NoTime),
        (Some(_), Some(_)) => instant.map(Some).ok_or(UnfitField::Unparsed("not a point in time")),
    }
}, |time| Some(DateChange::at(*time)));
optional!(Time: HourValue, |value| parsed(value.time), |time| Some(HourChange::at(*time)));
optional!(RangeInclusive<Date>: TimelineValue, |value| {
    match (parsed(value.from)?, parsed(value.to)?) {
        (None, None) => Ok(None),
        (Some(from), Some(to)) => Ok(Some(from..=to)),
        _ => Err(UnfitField::HalfOpen),
    }
}, |days| Some(TimelineChange::new(*days.start(), *days.end())));
optional!(Date: WeekValue, |value| parsed(value.start_date), |start| Some(WeekChange::starting(*start)));
optional!(TimeZone: WorldClockValue, |value| parsed(value.timezone), |zone| Some(WorldClockChange::zone(zone)));
optional!(Timestamp: CreationLogValue, |value| instant(Some(value.created_at)), |_| None);
optional!(Timestamp: LastUpdatedValue, |value| instant(value.updated_at), |_| None);

fn instant(moment: Option<Parsed<Moment>>) -> Result<Option<Timestamp>, UnfitField> {
    match parsed(moment)? {
        Some(moment) => moment.timestamp().map(Some).ok_or(UnfitField::Unparsed("not a point in time")),
        None => Ok(None),
    }
}
