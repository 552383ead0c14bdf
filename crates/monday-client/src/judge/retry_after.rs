//! `Retry-After`: seconds or a date (RFC 9110, section 10.2.3).
//!
//! Must not know: what is done about it.

use std::time::{Duration, SystemTime};

/// The wait; a date in the past is none. `None` for what is neither. `now` is by the clock that wrote the date.
pub(super) fn parse(text: &str, now: SystemTime) -> Option<Duration> {
    let text = text.trim();
    if !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Duration::from_secs(text.parse().unwrap_or(u64::MAX)));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else_is() {
        let now = SystemTime::now();
        assert_eq!(parse("7", now), Some(Duration::from_secs(7)));
        assert_eq!(parse("1000000000", now), Some(Duration::from_secs(1_000_000_000)));
        assert_eq!(parse(&"9".repeat(40), now), Some(Duration::from_secs(u64::MAX)));
        assert_eq!(parse("Wed, 21 Oct 2015 07:28:00 GMT", now), Some(Duration::ZERO));
        let soon = httpdate::fmt_http_date(now + Duration::from_secs(90));
        assert!((88..=90).contains(&parse(&soon, now).unwrap().as_secs()));
        for text in ["-1", "1e9", "", "soon", "7.5"] {
            assert_eq!(parse(text, now), None, "{text}");
        }
    }
}
