//! What the token host answers when it refuses.
//!
//! Source: RFC 6749, section 5.2; the codes of `/migrate` are monday's.

use axum::http::StatusCode;

/// A refused request: status and OAuth error code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) error: &'static str,
}

impl Refusal {
    /// Code or refresh token burnt, revoked, over-age or another app's.
    pub(crate) const INVALID_GRANT: Self = Self::bad("invalid_grant");
    pub(crate) const INVALID_REQUEST: Self = Self::bad("invalid_request");
    pub(crate) const INVALID_CLIENT: Self =
        Self { status: StatusCode::UNAUTHORIZED, error: "invalid_client" };
    pub(crate) const TOO_MANY: Self =
        Self { status: StatusCode::TOO_MANY_REQUESTS, error: "too_many_requests" };

    /// 400 with this code.
    pub(crate) const fn bad(error: &'static str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, error }
    }
}
