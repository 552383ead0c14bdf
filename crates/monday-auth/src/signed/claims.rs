//! The claims of a token whose signature is right, and the times it is good for.
//!
//! Must not know: signatures, which kind of token it is.

use std::time::{Duration, SystemTime};

use serde_json::{Map, Value};

use crate::{Secret, SignedFault};

/// Two clocks may be so far apart.
const LEEWAY: Duration = Duration::from_mins(1);

/// How long a token without an end is good: as long as the tokens that monday signs with one.
const FRESH: Duration = Duration::from_mins(5);

/// What the token says. No `Debug`: it may hold a token of its own.
pub(super) struct Claims(pub(super) Map<String, Value>);

/// The times of a token that is good now.
#[derive(Clone, Copy)]
pub(super) struct Life {
    pub(super) issued_at: Option<SystemTime>,
    pub(super) expires_at: Option<SystemTime>,
}

impl Claims {
    /// Checks `exp` and `nbf`, and reads `iat` (RFC 7519, sections 4.1.4 to 4.1.6). A time that cannot be read is a
    /// fault, never an absent one.
    pub(super) fn life(&self, now: SystemTime) -> Result<Life, SignedFault> {
        let at = |name| self.0.get(name).map(|value| time(value).ok_or(SignedFault::Claim(name))).transpose();
        let (issued_at, begins_at, expires_at) = (at("iat")?, at("nbf")?, at("exp")?);
        let later = |time: SystemTime| time.checked_add(LEEWAY).unwrap_or(time);
        if expires_at.is_some_and(|end| now >= later(end)) {
            return Err(SignedFault::Expired);
        }
        if begins_at.is_some_and(|begin| later(now) < begin) {
            return Err(SignedFault::NotYetValid);
        }
        Ok(Life { issued_at, expires_at })
    }

    /// Claims within a claim.
    pub(super) fn part(&mut self, name: &'static str) -> Result<Self, SignedFault> {
        match self.0.remove(name) {
            Some(Value::Object(claims)) => Ok(Self(claims)),
            _ => Err(SignedFault::Claim(name)),
        }
    }

    /// An id: a JSON number or its digits as text, since monday mixes them.
    pub(super) fn id(&self, name: &'static str) -> Result<u64, SignedFault> {
        let id = match self.0.get(name) {
            Some(Value::String(text)) if text.bytes().all(|byte| byte.is_ascii_digit()) => text.parse().ok(),
            Some(other) => other.as_u64(),
            None => None,
        };
        id.ok_or(SignedFault::Claim(name))
    }

    /// An id that may be absent or null.
    pub(super) fn id_if_there(&self, name: &'static str) -> Result<Option<u64>, SignedFault> {
        let there = self.0.get(name).is_some_and(|value| !value.is_null());
        there.then(|| self.id(name)).transpose()
    }

    pub(super) fn text(&self, name: &'static str) -> Result<&str, SignedFault> {
        self.0.get(name).and_then(Value::as_str).ok_or(SignedFault::Claim(name))
    }

    pub(super) fn flag(&self, name: &'static str) -> Result<bool, SignedFault> {
        self.0.get(name).and_then(Value::as_bool).ok_or(SignedFault::Claim(name))
    }

    /// A token within the token, which may be absent or null.
    pub(super) fn secret(&mut self, name: &'static str) -> Result<Option<Secret>, SignedFault> {
        match self.0.remove(name) {
            None | Some(Value::Null) => Ok(None),
            Some(Value::String(text)) => Ok(Some(Secret::new(text))),
            Some(_) => Err(SignedFault::Claim(name)),
        }
    }
}

impl Life {
    /// The end, of a token that must have one.
    pub(super) fn end(&self) -> Result<SystemTime, SignedFault> {
        self.expires_at.ok_or(SignedFault::Claim("exp"))
    }

    /// Whether it ends at all: by `exp`, or since it was signed some minutes ago at most.
    pub(super) fn must_end(&self, now: SystemTime) -> Result<(), SignedFault> {
        if self.expires_at.is_some() {
            return Ok(());
        }
        let issued_at = self.issued_at.ok_or(SignedFault::Claim("exp"))?;
        let later = |time: SystemTime, by| time.checked_add(by).unwrap_or(time);
        if later(now, LEEWAY) < issued_at {
            return Err(SignedFault::NotYetValid);
        }
        let is_over = now >= later(later(issued_at, FRESH), LEEWAY);
        if is_over { Err(SignedFault::Expired) } else { Ok(()) }
    }
}

/// Seconds since 1970, cut off at the point. Beyond the year 9999 there is no time.
fn time(value: &Value) -> Option<SystemTime> {
    const LAST: u64 = 253_402_300_799;
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a cast from f64 saturates")]
    let float = |float: f64| (float >= 0.0).then_some(float as u64);
    let seconds = value.as_u64().or_else(|| float(value.as_f64()?))?;
    (seconds <= LAST).then(|| SystemTime::UNIX_EPOCH.checked_add(Duration::from_secs(seconds))).flatten()
}
