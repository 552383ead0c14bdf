//! `Retry-After`: seconds or a date (RFC 9110, section 10.2.3).

use std::time::{Duration, SystemTime};

/// The wait; a date in the past is none. `None` for what is neither.
pub(super) fn parse(text: &str) -> Option<Duration> {
    let text = text.trim();
    if let Ok(seconds) = text.parse::<u64>() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(text).ok()?;
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_and_dates_are_read_and_nothing_else_is() {
        assert_eq!(parse("7"), Some(Duration::from_secs(7)));
        assert_eq!(parse("Wed, 21 Oct 2015 07:28:00 GMT"), Some(Duration::ZERO));
        let soon = httpdate::fmt_http_date(SystemTime::now() + Duration::from_secs(90));
        assert!((88..=90).contains(&parse(&soon).unwrap().as_secs()));
        for text in ["-1", "1e9", "", "soon", "7.5"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
