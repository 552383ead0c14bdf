//! Times as text: `50ms`, `1.5s`, `2m`, and two of them as bounds, `50..200ms`.
//!
//! Must not know: what takes so long.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

/// Two times, between which one is drawn.
///
/// ```
/// use std::time::Duration;
/// use monday_sandbox::Durations;
///
/// let bounds: Durations = "50..200ms".parse().unwrap();
/// assert_eq!((bounds.least, bounds.most), (Duration::from_millis(50), Duration::from_millis(200)));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Durations {
    /// The shortest.
    pub least: Duration,
    /// The longest.
    pub most: Duration,
}

/// Text that is no time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationsError(String);

impl fmt::Display for DurationsError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "`{}` is no time: write 50ms, 1.5s, 2m, or bounds like 50..200ms", self.0)
    }
}

impl std::error::Error for DurationsError {}

/// A day: nothing waits longer.
const LONGEST: f64 = 86_400.0;

impl FromStr for Durations {
    type Err = DurationsError;

    /// Milliseconds where no unit is written; the unit of the second bound is the first one's too.
    fn from_str(text: &str) -> Result<Self, DurationsError> {
        let found = match text.split_once("..") {
            None => {
                split(text).and_then(|(number, unit)| time(number, unit.unwrap_or("ms"))).map(|at| (at, at))
            }
            Some((least, most)) => {
                split(least).zip(split(most)).and_then(|((least, first), (most, second))| {
                    let second = second.unwrap_or("ms");
                    Some((time(least, first.unwrap_or(second))?, time(most, second)?))
                })
            }
        };
        let bounds = found.filter(|(least, most)| least <= most);
        bounds.map(|(least, most)| Self { least, most }).ok_or_else(|| DurationsError(text.to_owned()))
    }
}

/// The number, and the unit if there is one.
fn split(text: &str) -> Option<(f64, Option<&str>)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(text.len());
    let unit = text[end..].trim_start();
    Some((text[..end].parse().ok()?, Some(unit).filter(|unit| !unit.is_empty())))
}

fn time(number: f64, unit: &str) -> Option<Duration> {
    let seconds = number
        * match unit {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            _ => return None,
        };
    (seconds <= LONGEST).then(|| Duration::try_from_secs_f64(seconds).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_bounds_may_share_one() {
        let parsed =
            |text: &str| text.parse::<Durations>().map(|at| (at.least.as_millis(), at.most.as_millis()));
        assert_eq!(parsed("50"), Ok((50, 50)));
        assert_eq!(parsed("1.5s"), Ok((1_500, 1_500)));
        assert_eq!(parsed("50..200ms"), Ok((50, 200)));
        assert_eq!(parsed("50ms..2m"), Ok((50, 120_000)));
        for none in ["", "ms", "-1s", "200..50ms", "5h", "1e9s", "..", "99999999999s", "1..2..3", "1.2.3s"] {
            assert!(parsed(none).is_err(), "{none}");
        }
    }
}
