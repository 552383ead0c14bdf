//! What Redis refuses, in the words of a token store.
//!
//! Codes are logged, messages never: they may hold a command's arguments. Must not know: which command it was.

use monday_auth::StoreError;
use monday_redis::Silence;
use redis::ErrorKind;

/// Codes that mean "not for you": login refused, or no right to a command or key.
const DENIED: [&str; 4] = ["NOAUTH", "WRONGPASS", "NOPERM", "NO_PERM"];

/// What a silence of Redis means for the store.
pub(crate) fn store_error(silence: &Silence) -> StoreError {
    let (Silence::Lost(error) | Silence::Refused(error)) = silence else {
        tracing::warn!("Redis does not answer the token store in time");
        return StoreError::Unavailable;
    };
    if matches!(error.kind(), ErrorKind::UnexpectedReturnType | ErrorKind::Parse) {
        return StoreError::Corrupt("Redis answers something else than a record");
    }
    if error.kind() == ErrorKind::AuthenticationFailed {
        tracing::warn!(code = "WRONGPASS", "Redis refuses the token store");
        return StoreError::Denied;
    }
    let Some(code) = silence.code() else {
        tracing::warn!("Redis cannot be reached for the token store");
        return StoreError::Unavailable;
    };
    if code == "WRONGTYPE" {
        return StoreError::Corrupt("something else is under its key in Redis");
    }
    tracing::warn!(code, "Redis refuses the token store");
    if DENIED.contains(&code) { StoreError::Denied } else { StoreError::Unavailable }
}
