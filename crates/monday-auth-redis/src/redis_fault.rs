//! What Redis refuses, in the words of a token store.
//!
//! Codes are logged, messages never: they may hold a command's arguments. Must not know: which command it was.

use monday_auth::StoreError;
use redis::{ErrorKind, RedisError};

/// A [`RedisStore`](crate::RedisStore) cannot be made of this.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum RedisUrlError {
    /// Not a Redis URL.
    #[error("the Redis URL cannot be read: it is `rediss://user:password@host:port/db`")]
    Invalid,
    /// The tokens would cross the network in the open.
    #[error("Redis on another machine needs TLS: use `rediss://`, or allow plain text by name")]
    PlainText,
    /// The URL turns the check of certificates off.
    #[error("the Redis URL has `#insecure`: name a private authority instead")]
    Unverified,
    /// The PEM file holds no certificate of an authority.
    #[error("the private authority's PEM holds no certificate")]
    Certificate,
    /// The prefix would part the keys of one token on a cluster.
    #[error("the prefix of the Redis keys has braces")]
    Prefix,
}

/// Codes that mean "not for you": login refused, or no right to a command or key.
const DENIED: [&str; 4] = ["NOAUTH", "WRONGPASS", "NOPERM", "NO_PERM"];

/// Codes that older servers hide in the text of a failed script.
const HIDDEN: [&str; 7] = ["WRONGTYPE", "READONLY", "OOM", "MISCONF", "NOREPLICAS", "NOPERM", "MASTERDOWN"];

/// How servers say in a script that the user has no right to a command or key.
const NO_RIGHT: &str = "The user executing the script can't";

/// What an error of Redis means for the store.
pub(crate) fn store_error(error: &RedisError) -> StoreError {
    if matches!(error.kind(), ErrorKind::UnexpectedReturnType | ErrorKind::Parse) {
        return StoreError::Corrupt("Redis answers something else than a record");
    }
    if error.kind() == ErrorKind::AuthenticationFailed {
        tracing::warn!(code = "WRONGPASS", "Redis refuses the token store");
        return StoreError::Denied;
    }
    let Some(code) = error.code().map(|code| hidden(code, error.detail())) else {
        tracing::warn!("Redis cannot be reached for the token store");
        return StoreError::Unavailable;
    };
    if code == "WRONGTYPE" {
        return StoreError::Corrupt("something else is under its key in Redis");
    }
    // Codes are words of Redis's own; what a stranger's server says instead is not repeated.
    let is_code = code.len() <= 20 && code.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    tracing::warn!(code = if is_code { code } else { "unknown" }, "Redis refuses the token store");
    if DENIED.contains(&code) { StoreError::Denied } else { StoreError::Unavailable }
}

/// The code that a failed script's `ERR` stands for.
fn hidden<'a>(code: &'a str, detail: Option<&'a str>) -> &'a str {
    if detail.is_some_and(|detail| code == "ERR" && detail.starts_with(NO_RIGHT)) {
        return "NOPERM";
    }
    let words = detail.filter(|_| code == "ERR").unwrap_or_default().split([' ', ':', '-']);
    words.into_iter().find(|word| HIDDEN.contains(word)).unwrap_or(code)
}
