//! Texts of monday's as real types: what cannot be read is kept, with the reason.
//!
//! Must not know: which columns hold them.

use jiff::Timestamp;
use jiff::civil::{Date, Time};
use jiff::tz::{Offset, TimeZone};

use crate::Color;

/// What was read of a text, or the text and why it could not be read. There is no third.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Parsed<T> {
    /// It was read.
    Value(T),
    /// It could not be read.
    #[non_exhaustive]
    Unparsed {
        /// The text as it came.
        raw: String,
        /// Why.
        reason: &'static str,
    },
}

impl<T> Parsed<T> {
    /// What was read.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unparsed { .. } => None,
        }
    }

    /// What was read.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Value(value) => Some(value),
            Self::Unparsed { .. } => None,
        }
    }

    pub(crate) fn new(raw: &str, value: Option<T>, reason: &'static str) -> Self {
        match value {
            Some(value) => Self::Value(value),
            None => Self::Unparsed { raw: raw.to_owned(), reason },
        }
    }
}

/// A value of monday's scalar `Date`: usually a point in time, sometimes a day alone. There is no third: what is neither
/// is [`Parsed::Unparsed`].
///
/// ```
/// use jiff::civil::date;
/// use monday_columns::Moment;
///
/// let day = Moment::Day(date(2026, 3, 21));
/// assert_eq!(day.timestamp().unwrap().to_string(), "2026-03-21T00:00:00Z");
/// assert_eq!(Moment::Instant(day.timestamp().unwrap()).day_in_utc(), date(2026, 3, 21));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Moment {
    /// A point in time.
    Instant(Timestamp),
    /// A day, without a time and without a time zone.
    Day(Date),
}

impl Moment {
    /// The point in time; of a day, its midnight in UTC. `None` for days that reach beyond what can be told.
    #[must_use]
    pub fn timestamp(self) -> Option<Timestamp> {
        match self {
            Self::Instant(time) => Some(time),
            Self::Day(day) => Offset::UTC.to_timestamp(day.to_datetime(Time::midnight())).ok(),
        }
    }

    /// The day, which is UTC's for a point in time.
    #[must_use]
    pub fn day_in_utc(self) -> Date {
        match self {
            Self::Instant(time) => Offset::UTC.to_datetime(time).date(),
            Self::Day(day) => day,
        }
    }
}

pub(crate) fn moment(text: &str) -> Parsed<Moment> {
    let value = match text.parse() {
        Ok(time) => Some(Moment::Instant(time)),
        Err(_) => plain_day(text).map(Moment::Day),
    };
    Parsed::new(text, value, "neither a point in time with a zone nor a day")
}

/// The day that a text names, whatever follows it.
pub(crate) fn day(text: &str) -> Parsed<Date> {
    let value = match plain_day(text) {
        Some(day) => Some(day),
        None => match text.parse::<Timestamp>() {
            Ok(_) => text.get(..10).and_then(plain_day),
            Err(_) => None,
        },
    };
    Parsed::new(text, value, "not a day of the form YYYY-MM-DD")
}

/// A day and nothing after it.
fn plain_day(text: &str) -> Option<Date> {
    if text.len() == 10 { text.parse().ok() } else { None }
}

pub(crate) fn time(text: &str) -> Parsed<Time> {
    Parsed::new(text, plain_time(text), "not a time of the form HH:MM:SS")
}

/// `HH:MM` or `HH:MM:SS` and nothing else: what reads times takes more, cuts off the offset of `14:30:00+02:00`, and
/// makes a leap second the one before.
fn plain_time(text: &str) -> Option<Time> {
    let mut numbers = [0; 3];
    let mut parts = text.split(':');
    for (place, number) in numbers.iter_mut().enumerate() {
        match parts.next() {
            Some(part) => *number = two_digits(part)?,
            None if place == 2 => {}
            None => return None,
        }
    }
    let [hour, minute, second] = numbers;
    if parts.next().is_none() { Time::new(hour, minute, second, 0).ok() } else { None }
}

fn two_digits(text: &str) -> Option<i8> {
    let is_fit = text.len() == 2 && text.bytes().all(|byte| byte.is_ascii_digit());
    if is_fit { text.parse().ok() } else { None }
}

pub(crate) fn time_zone(text: &str) -> Parsed<TimeZone> {
    Parsed::new(text, TimeZone::get(text).ok(), "not in the time zone database")
}

pub(crate) fn color(text: &str) -> Parsed<Color> {
    Parsed::new(text, Color::from_hex(text), "not `#` and six hexadecimal digits")
}
