//! Reads what a server says no with: a code that can hide nothing, and a description that nobody shows.
//!
//! Must not know: what was asked.

use oauth2::basic::BasicErrorResponseType as Known;

use crate::{OAuthCode, ServerText};

impl OAuthCode {
    /// The code of an error response's `error`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let known = serde_json::from_value(serde_json::Value::String(text.to_owned()));
        match known.unwrap_or(Known::Extension(String::new())) {
            Known::InvalidClient => Self::InvalidClient,
            Known::InvalidGrant => Self::InvalidGrant,
            Known::InvalidRequest => Self::InvalidRequest,
            Known::InvalidScope => Self::InvalidScope,
            Known::UnauthorizedClient => Self::UnauthorizedClient,
            Known::UnsupportedGrantType => Self::UnsupportedGrantType,
            Known::Extension(code) => match code.as_str() {
                "access_denied" => Self::AccessDenied,
                "server_error" => Self::ServerError,
                "temporary_unavailable" | "temporarily_unavailable" => Self::TemporarilyUnavailable,
                "too_many_requests" => Self::TooManyRequests,
                other if is_code(other) => Self::Other(code),
                _ => Self::Unreadable,
            },
        }
    }
}

/// Text that could hide a token is no code.
fn is_code(text: &str) -> bool {
    (1..=40).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_')
}

impl ServerText {
    pub(crate) fn of(text: &str) -> Self {
        let printable = text.chars().map(|c| if c.is_control() { ' ' } else { c });
        Self(printable.take(200).collect())
    }
}
