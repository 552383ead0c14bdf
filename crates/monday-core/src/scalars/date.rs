//! The scalars `Date` and `ISO8601DateTime`.
//!
//! monday sends three forms under both names (`2026-03-21`, `2023-08-29T15:38:11Z`, `2026-03-21T12:00:00+00:00`), so the
//! text is kept as it came and read when asked. Must not know: time zones by name.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::Nullable;

/// A day of the Gregorian calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// The year, 0 to 9999.
    pub year: u16,
    /// The month, 1 to 12.
    pub month: u8,
    /// The day of the month, 1 to 31.
    pub day: u8,
}

macro_rules! textual_date {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        ///
        /// All three forms of monday's are read: a day, and a point in time with `Z` or an offset.
        #[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl $name {
            /// The text as it stands on the wire.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The day, as the text names it; `None` when it names none.
            #[must_use]
            pub fn day(&self) -> Option<Day> {
                day(&self.0).map(|(day, _)| day)
            }

            /// Seconds since 1970-01-01T00:00:00Z. A day alone counts as its midnight in UTC. `None` when the text is no
            /// date.
            #[must_use]
            pub fn timestamp(&self) -> Option<i64> {
                timestamp(&self.0)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }

        impl From<&str> for Nullable<$name> {
            fn from(text: &str) -> Self {
                Self::Value(text.into())
            }
        }
    };
}

textual_date! {
    /// The scalar `Date`: a day, or a point in time with a zone.
    Date
}

textual_date! {
    /// The scalar `ISO8601DateTime`: a point in time with a zone, sometimes a day alone.
    Iso8601DateTime
}

/// `YYYY-MM-DD`, and what follows it.
fn day(text: &str) -> Option<(Day, &str)> {
    let (date, rest) = text.split_at_checked(10)?;
    let [year, month, day] = numbers(date, [4, 2, 2], '-')?;
    let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let longest = match month {
        4 | 6 | 9 | 11 => 30,
        2 => 28 + u8::from(leap),
        1..=12 => 31,
        _ => return None,
    };
    (1..=longest).contains(&day).then_some((Day { year, month, day }, rest))
}

/// Three numbers of so many digits with a separator between them.
fn numbers<const N: usize>(text: &str, digits: [usize; N], separator: char) -> Option<[u16; N]> {
    let mut parts = text.split(separator);
    let mut found = [0; N];
    for (number, digits) in found.iter_mut().zip(digits) {
        let part =
            parts.next().filter(|part| part.len() == digits && part.bytes().all(|b| b.is_ascii_digit()))?;
        *number = part.parse().ok()?;
    }
    parts.next().is_none().then_some(found)
}

fn timestamp(text: &str) -> Option<i64> {
    let (day, rest) = day(text)?;
    let midnight = days_since_1970(day) * 86_400;
    if rest.is_empty() {
        return Some(midnight);
    }
    let rest = rest.strip_prefix(['T', ' '])?;
    let (time, zone) = rest.split_at_checked(8)?;
    let [hour, minute, second] = numbers(time, [2, 2, 2], ':')?;
    // A leap second is the second after it.
    if hour > 23 || minute > 59 || second > 60 {
        return None;
    }
    let zone = match zone.strip_prefix('.') {
        Some(fraction) => fraction.trim_start_matches(|c: char| c.is_ascii_digit()),
        None => zone,
    };
    let offset = match zone {
        "Z" | "z" | " UTC" => 0,
        zone => {
            let sign = if zone.starts_with('-') { -1 } else { 1 };
            let [hours, minutes] = numbers(zone.strip_prefix(['+', '-'])?, [2, 2], ':')?;
            if hours > 23 || minutes > 59 {
                return None;
            }
            sign * (i64::from(hours) * 3600 + i64::from(minutes) * 60)
        }
    };
    Some(midnight + i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second) - offset)
}

/// Days from 1970-01-01, counted in years that start in March.
fn days_since_1970(Day { year, month, day }: Day) -> i64 {
    let (year, month) = (i64::from(year), i64::from(month));
    let year = if month <= 2 { year - 1 } else { year };
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day) - 1;
    year * 365 + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_forms_that_monday_sends_are_read() {
        let forms = [
            ("1970-01-01", 0),
            ("2026-03-21", 1_774_051_200),
            ("2023-08-29T15:38:11Z", 1_693_323_491),
            ("2026-03-21T12:00:00+00:00", 1_774_094_400),
            ("2026-03-21T12:00:00.250-05:30", 1_774_114_200),
            ("2024-02-29", 1_709_164_800),
            ("0000-01-01", -62_167_219_200),
        ];
        for (text, seconds) in forms {
            assert_eq!(Date::from(text).timestamp(), Some(seconds), "{text}");
            assert_eq!(Iso8601DateTime::from(text).timestamp(), Some(seconds), "{text}");
        }
        assert_eq!(Date::from("2023-08-29T15:38:11Z").day(), Some(Day { year: 2023, month: 8, day: 29 }));
    }

    #[test]
    fn what_is_no_date_is_none_and_stays_as_text() {
        for text in [
            "",
            "2026-02-29",
            "2026-13-01",
            "2026-3-1",
            "21.03.2026",
            "2026-03-21T25:00:00Z",
            "2026-03-21T12:00:00",
        ] {
            let date = Date::from(text);
            assert_eq!((date.timestamp(), date.as_str()), (None, text));
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused_and_never_panics(text in "\\PC{0,40}") {
            let _ = (Date::from(text.as_str()).day(), Date::from(text.as_str()).timestamp());
        }

        #[test]
        fn the_next_day_is_a_day_later(days in 0u16..9_000, month in 1u8..13, day in 1u8..28) {
            let first = Day { year: days, month, day };
            let next = Day { day: day + 1, ..first };
            proptest::prop_assert_eq!(days_since_1970(next) - days_since_1970(first), 1);
        }
    }
}
