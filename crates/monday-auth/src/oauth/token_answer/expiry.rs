//! How long an access token lives: `expires_in`, else its JWT's `exp` against the server's clock.
//!
//! The JWT is not verified: its claims decide when to refresh, and the API decides what is valid. Must not know:
//! anything else of the answer.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Deserialize;
use serde_json::Value;

/// Assumed where nothing says anything: monday's access tokens live about an hour.
pub(super) const USUAL: Duration = Duration::from_hours(1);

/// A token that claims to have ended on arrival is tried for so long.
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_hours(24);

/// A clock further off than this is corrected by `iat`.
const SKEW: i64 = 300;

#[derive(Deserialize)]
struct Claims {
    exp: Option<Value>,
    iat: Option<Value>,
}

/// The life of a token that has just come; `None` if nothing tells. At most 24 hours, and never nothing.
pub(super) fn life(
    token: &str,
    expires_in: Option<&Value>,
    date: Option<SystemTime>,
    now: SystemTime,
) -> Option<Duration> {
    let told = expires_in.and_then(|value| seconds(value).or_else(|| value.as_str()?.parse().ok()));
    let left = match told {
        Some(left) => left,
        None => {
            let claims = claims(token)?;
            let exp = seconds(&claims.exp?)?;
            let here = unix(now);
            let iat = claims.iat.as_ref().and_then(seconds);
            let there = match (date, iat) {
                (Some(date), _) => unix(date),
                (None, Some(iat)) if here.abs_diff(iat) > SKEW.unsigned_abs() => iat,
                (None, _) => here,
            };
            exp.saturating_sub(there)
        }
    };
    Some(match u64::try_from(left) {
        Ok(left @ 1..) => Duration::from_secs(left).min(LONGEST),
        _ => SHORTEST,
    })
}

fn claims(token: &str) -> Option<Claims> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// A whole number of seconds; fractions are cut off.
fn seconds(value: &Value) -> Option<i64> {
    #[expect(clippy::cast_possible_truncation, reason = "a cast from f64 saturates, and the result is clamped")]
    value.as_i64().or_else(|| value.as_f64().map(|float| float as i64))
}

fn unix(time: SystemTime) -> i64 {
    let since = time.duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_secs()).unwrap_or(i64::MAX)
}
