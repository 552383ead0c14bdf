//! The claims of a JWT, read without verifying it.
//!
//! What they say is a hint, never a proof: the API decides what is valid. Must not know: which token it is.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The claims; `None` if the token is no JWT, or has other claims.
pub(crate) fn claims<T: DeserializeOwned>(token: &str) -> Option<T> {
    let mut parts = token.split('.');
    let (_, payload, _) = (parts.next()?, parts.next()?, parts.next()?);
    if parts.next().is_some() {
        return None;
    }
    let payload = URL_SAFE_NO_PAD.decode(payload.trim_end_matches('=')).ok()?;
    serde_json::from_slice(&payload).ok()
}

/// A whole number of seconds; fractions are cut off.
pub(crate) fn seconds(value: &Value) -> Option<i64> {
    #[expect(
        clippy::cast_possible_truncation,
        reason = "a cast from f64 saturates, and the result is clamped"
    )]
    value.as_i64().or_else(|| value.as_f64().map(|float| float as i64))
}
