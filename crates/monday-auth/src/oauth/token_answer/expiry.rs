//! How long an access token lives: `expires_in`, else its JWT's `exp` against the server's clock.
//!
//! The JWT is not verified: its claims decide when to refresh, and the API decides what is valid. Must not know:
//! anything else of the answer.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use crate::jwt::{claims, seconds};
use crate::unix_time::from_unix;

/// Assumed where nothing says anything: monday's access tokens live about an hour.
pub(super) const USUAL: Duration = Duration::from_hours(1);

/// A token that claims to have ended on arrival is tried for so long.
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_hours(24);

/// A clock further off than this is corrected by the server's.
const SKEW: Duration = Duration::from_secs(5);

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
    let left = if let Some(left) = told {
        Duration::from_secs(u64::try_from(left).unwrap_or_default())
    } else {
        let claims: Claims = claims(token)?;
        let exp = from_unix(seconds(&claims.exp?)?);
        let issued = || claims.iat.as_ref().and_then(seconds).map(from_unix);
        let there = date.or_else(issued).filter(|there| apart(*there, now) > SKEW).unwrap_or(now);
        exp.duration_since(there).unwrap_or_default()
    };
    Some(if left.is_zero() { SHORTEST } else { left.min(LONGEST) })
}

fn apart(a: SystemTime, b: SystemTime) -> Duration {
    a.duration_since(b).or_else(|_| b.duration_since(a)).unwrap_or_default()
}
