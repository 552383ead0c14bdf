//! monday's two ways to write a moment: a float of seconds, and ISO 8601.
//!
//! Must not know: whose moment it is.

use std::time::{Duration, SystemTime};

use monday_core::Iso8601DateTime;

/// Seconds since 1970, with a fraction. A float of this size is exact to less than a microsecond.
pub(crate) fn from_seconds(seconds: f64) -> Option<SystemTime> {
    let since = Duration::try_from_secs_f64(seconds).ok()?;
    SystemTime::UNIX_EPOCH.checked_add(since)
}

/// A date and a time with a zone, or a day.
pub(crate) fn from_iso(text: &str) -> Option<SystemTime> {
    let seconds = Iso8601DateTime::from(text).timestamp()?;
    let distance = Duration::from_secs(seconds.unsigned_abs());
    let second = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(distance)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(distance)
    };
    second?.checked_add(fraction(text))
}

/// What stands behind the point, to the nanosecond.
fn fraction(text: &str) -> Duration {
    let Some((_, behind)) = text.split_once('.') else {
        return Duration::ZERO;
    };
    let digits = behind.chars().map_while(|character| character.to_digit(10));
    let padded = digits.chain(std::iter::repeat(0)).take(9);
    Duration::from_nanos(padded.fold(0, |nanos, digit| nanos * 10 + u64::from(digit)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn since_1970(moment: SystemTime) -> Duration {
        moment.duration_since(SystemTime::UNIX_EPOCH).unwrap()
    }

    #[test]
    fn both_ways_name_the_same_moment_to_the_millisecond() {
        let iso = from_iso("2019-07-31T15:44:58.712Z").unwrap();
        let float = from_seconds(1_564_587_898.712_963).unwrap();
        assert_eq!(since_1970(iso), Duration::from_millis(1_564_587_898_712));
        assert_eq!(since_1970(float).as_micros(), 1_564_587_898_712_963);
        assert_eq!(from_iso("2019-07-31T17:44:58.712+02:00"), Some(iso));
    }

    #[test]
    fn a_fraction_is_read_to_the_nanosecond_and_cut_off_there() {
        let second = from_iso("2026-01-01T00:00:00Z").unwrap();
        for (text, nanos) in [
            ("2026-01-01T00:00:00.5Z", 500_000_000),
            ("2026-01-01T00:00:00.000001Z", 1_000),
            ("2026-01-01T00:00:00.1234567899Z", 123_456_789),
            ("2026-01-01T00:00:00.Z", 0),
        ] {
            assert_eq!(from_iso(text).unwrap().duration_since(second).unwrap().as_nanos(), nanos, "{text}");
        }
        assert!(from_iso("1969-12-31T23:59:59.5Z").unwrap() < SystemTime::UNIX_EPOCH);
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for seconds in [-1.0, f64::NAN, f64::INFINITY, 1e300] {
            assert_eq!(from_seconds(seconds), None, "{seconds}");
        }
        for text in ["", "soon", "2026-02-30T00:00:00Z", "1738776824.39"] {
            assert_eq!(from_iso(text), None, "{text}");
        }
    }
}
