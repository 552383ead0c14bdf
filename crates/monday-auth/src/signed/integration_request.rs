//! A request of monday's integration server: an action to run, a trigger to subscribe, options to list.
//!
//! Must not know: the body.

use std::time::SystemTime;

use super::{SigningSecret, jwt};
use crate::{AuthError, Credential, CredentialKind, Secret, SignedFault};

/// A request that monday made for this endpoint, and in whose name.
///
/// The token does not sign the body: whoever has seen one can send it again, with another body, until it ends.
///
/// ```
/// use monday_auth::{AuthError, IntegrationRequest, Secret, SignedFault, SigningSecret};
/// let secret = SigningSecret::new(Secret::new("not-a-real-secret"))?;
/// // As the HTTP server gives it: `headers.get("authorization")`.
/// let authorization: Option<&str> = None;
/// let request = IntegrationRequest::verify(authorization, "https://app.example.com/run", &secret);
/// assert_eq!(request.unwrap_err(), AuthError::Signed(SignedFault::Unsigned));
/// # Ok::<(), AuthError>(())
/// ```
///
/// The Client Secret does not fit:
/// ```compile_fail,E0308
/// # fn example(secret: monday_auth::ClientSecret) {
/// monday_auth::IntegrationRequest::verify("…", "https://app.example.com/run", &secret);
/// # }
/// ```
///
/// Source: <https://developer.monday.com/apps/docs/authorization-header>.
#[derive(Debug)]
#[non_exhaustive]
pub struct IntegrationRequest {
    /// The account.
    pub account_id: u64,
    /// The user whose doing it is.
    pub user_id: u64,
    /// When monday signed it, if told.
    pub issued_at: Option<SystemTime>,
    /// When the token ends, and the short-lived token in it: five minutes after it was signed.
    pub expires_at: SystemTime,
    short_lived: Option<Secret>,
}

impl IntegrationRequest {
    /// Checks the value of `Authorization`, with or without `Bearer `, and reads it. `endpoint` is the URL that the
    /// request was sent to as the Developer Center has it, character for character: never take it from the request's own
    /// `Host`. Every fault is an [`AuthError::Signed`].
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
        let mut claims = jwt::verified(authorization, secret.key())?;
        let life = claims.life(now)?;
        let expires_at = life.end()?;
        if endpoint.is_empty() || claims.text("aud")? != endpoint {
            return Err(SignedFault::Audience);
        }
        Ok(Self {
            account_id: claims.id("accountId")?,
            user_id: claims.id("userId")?,
            issued_at: life.issued_at,
            expires_at,
            short_lived: claims.secret("shortLivedToken")?,
        })
    }

    /// The short-lived token as a credential for monday's API, with the app's scopes and until
    /// [`expires_at`](Self::expires_at). Without one, which is so where the endpoint is not https,
    /// `SignedFault::Claim("shortLivedToken")`.
    pub fn credential(&self) -> Result<Credential, AuthError> {
        let missing = AuthError::Signed(SignedFault::Claim("shortLivedToken"));
        let token = self.short_lived.as_ref().ok_or(missing)?;
        let credential = Credential::named(CredentialKind::ShortLived, token, "shortLivedToken")?;
        Ok(credential.with_expiry(self.expires_at))
    }
}
