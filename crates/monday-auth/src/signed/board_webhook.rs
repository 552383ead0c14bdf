//! A webhook of a board, signed as an integration request is.
//!
//! Must not know: the event.

use std::time::SystemTime;

use super::{IntegrationRequest, SigningSecret};
use crate::{AuthError, SignedFault};

/// A board's webhook that monday sent to this endpoint.
///
/// monday signs the webhooks that an app's token created. One that a personal token created has no signature at all:
/// [`SignedFault::Unsigned`]. It cannot be told from a forged one, and is refused like it. The token does not sign the
/// body: whoever has seen one can send it again, with another body, until it ends.
///
/// The Client Secret does not fit:
/// ```compile_fail,E0308
/// # fn example(secret: monday_auth::ClientSecret) {
/// monday_auth::BoardWebhook::verify("…", "https://app.example.com/webhook", &secret);
/// # }
/// ```
///
/// Source: <https://developer.monday.com/api-reference/reference/webhooks>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct BoardWebhook {
    /// The account.
    pub account_id: u64,
    /// The user.
    pub user_id: u64,
    /// When monday signed it, if told.
    pub issued_at: Option<SystemTime>,
    /// When the token ends.
    pub expires_at: SystemTime,
}

impl BoardWebhook {
    /// Checks the value of `Authorization`, with or without `Bearer `, and reads it. `endpoint` is the `url` that was
    /// given to `create_webhook`, character for character. Every fault is an [`AuthError::Signed`].
    ///
    /// ```
    /// use monday_auth::{AuthError, BoardWebhook, Secret, SignedFault, SigningSecret};
    /// let secret = SigningSecret::new(Secret::new("not-a-real-secret"))?;
    /// let unsigned = BoardWebhook::verify(None, "https://app.example.com/webhook", &secret);
    /// assert_eq!(unsigned.unwrap_err(), AuthError::Signed(SignedFault::Unsigned));
    /// # Ok::<(), AuthError>(())
    /// ```
    pub fn verify<'a>(
        authorization: impl Into<Option<&'a str>>,
        endpoint: &str,
        secret: &SigningSecret,
    ) -> Result<Self, AuthError> {
        Self::read(authorization.into(), endpoint, secret, SystemTime::now()).map_err(AuthError::Signed)
    }

    pub(super) fn read(
        authorization: Option<&str>,
        endpoint: &str,
        secret: &SigningSecret,
        now: SystemTime,
    ) -> Result<Self, SignedFault> {
        let IntegrationRequest { account_id, user_id, issued_at, expires_at, .. } =
            IntegrationRequest::read(authorization, endpoint, secret, now)?;
        Ok(Self { account_id, user_id, issued_at, expires_at })
    }
}
