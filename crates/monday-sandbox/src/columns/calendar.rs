//! Days and times as monday writes them, and the time zone of the sandbox's users.
//!
//! Must not know: columns.

/// The day of `YYYY-MM-DD`, counted from 1970-01-01; `None` for what is in no calendar.
pub(crate) fn day(text: &str) -> Option<i64> {
    let [year, month, day] = numbers(text, '-', [4, 2, 2])?;
    let days = days(year, month, day);
    // What does not come back as it was written is no day, or not written so.
    (day_text(days) == text).then_some(days)
}

/// The seconds of `HH:MM:SS`.
pub(crate) fn seconds(text: &str) -> Option<i64> {
    let [hour, minute, second] = numbers(text, ':', [2, 2, 2])?;
    (hour < 24 && minute < 60 && second < 60).then_some(hour * 3_600 + minute * 60 + second)
}

/// Three numbers of so many digits each, which are too few to overflow anything.
fn numbers(text: &str, separator: char, digits: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.splitn(3, separator);
    let mut numbers = [0; 3];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let is_fit = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = if is_fit { part.parse().ok()? } else { return None };
    }
    Some(numbers)
}

/// A date and a time of UTC as `YYYY-MM-DD HH:MM` in Europe/Berlin, where all users of the sandbox are.
pub(crate) fn local(date: &str, time: &str) -> Option<String> {
    let (day, seconds) = (day(date)?, seconds(time)?);
    let utc = day * 86_400 + seconds;
    let year = date.get(..4)?.parse().ok()?;
    // Summer time begins and ends at 01:00 UTC on the last Sundays of March and October.
    let turn = |month| {
        let last = days(year, month, 31);
        (last - (last + 4).rem_euclid(7)) * 86_400 + 3_600
    };
    let offset = if (turn(3)..turn(10)).contains(&utc) { 7_200 } else { 3_600 };
    let local = utc + offset;
    let minutes = local.rem_euclid(86_400) / 60;
    Some(format!("{} {:02}:{:02}", day_text(local.div_euclid(86_400)), minutes / 60, minutes % 60))
}

/// Days from 1970-01-01, by counting years from March.
pub(crate) fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
}

/// A point in time in UTC.
pub(crate) fn timestamp(milliseconds: i64) -> String {
    let seconds = milliseconds.div_euclid(1_000);
    let (day, second) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    format!("{}T{:02}:{:02}:{:02}Z", day_text(day), second / 3_600, second / 60 % 60, second % 60)
}

pub(crate) fn day_text(days: i64) -> String {
    let days = days + 719_468;
    let era = days.div_euclid(146_097);
    let of_era = days.rem_euclid(146_097);
    let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * of_year + 2) / 153;
    let day = of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = (month_from_march + 2) % 12 + 1;
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_that_is_in_no_calendar_is_none() {
        assert_eq!(
            (day("1970-01-01"), day("2024-02-29"), day("2026-03-01")),
            (Some(0), Some(19_782), Some(20_513))
        );
        for none in [
            "2026-02-29",
            "2026-13-01",
            "2026-00-10",
            "2026-1-01",
            "2026-01-32",
            "01-01-2026",
            "",
            "+026-01-01",
            "9223372036854775807-01-01",
            "2026-9223372036854775807-01",
            "2026-01-9223372036854775807",
            "2026-01-01-01",
        ] {
            assert_eq!(day(none), None, "{none}");
        }
        for none in
            ["9223372036854775807:00:00", "00:9223372036854775807:00", "00:00:60", "-1:00:00", "00:00:00Z"]
        {
            assert_eq!(seconds(none), None, "{none}");
        }
        assert_eq!(
            (seconds("14:30:00"), seconds("24:00:00"), seconds("9:30:00"), seconds("14:30")),
            (Some(52_200), None, None, None)
        );
    }

    #[test]
    fn a_point_in_time_has_its_day_and_second() {
        assert_eq!(timestamp(1_793_610_002_000), "2026-11-02T09:00:02Z");
        assert_eq!(timestamp(-1), "1969-12-31T23:59:59Z");
    }

    #[test]
    fn berlin_has_summer_time() {
        let local = |date, time| local(date, time).unwrap();
        assert_eq!(local("2026-05-10", "14:30:00"), "2026-05-10 16:30");
        assert_eq!(local("2026-12-31", "23:30:00"), "2027-01-01 00:30");
        // 2026-03-29 and 2026-10-25 are the last Sundays.
        assert_eq!(
            (local("2026-03-29", "00:59:59"), local("2026-03-29", "01:00:00")),
            ("2026-03-29 01:59".into(), "2026-03-29 03:00".into())
        );
        assert_eq!(
            (local("2026-10-25", "00:59:59"), local("2026-10-25", "01:00:00")),
            ("2026-10-25 02:59".into(), "2026-10-25 02:00".into())
        );
    }
}
