//! The token with which an app's front end tells its backend who the user is.
//!
//! Must not know: other kinds.

use std::time::SystemTime;

use super::{ClientSecret, jwt};
use crate::{AuthError, SignedFault};

/// Who the user in the browser is. It is no API token.
///
/// ```
/// use monday_auth::{AuthError, ClientSecret, Secret, SessionToken, SignedFault};
/// let secret = ClientSecret::new(Secret::new("not-a-real-secret"))?;
/// let forged = SessionToken::verify("Bearer eyJhbGciOiJub25lIn0.e30.", &secret);
/// assert_eq!(forged.unwrap_err(), AuthError::Signed(SignedFault::Algorithm));
/// # Ok::<(), AuthError>(())
/// ```
///
/// The Signing Secret does not fit:
/// ```compile_fail,E0308
/// # fn example(secret: monday_auth::SigningSecret) {
/// monday_auth::SessionToken::verify("…", &secret);
/// # }
/// ```
///
/// Source: <https://developer.monday.com/apps/docs/choosing-auth>.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SessionToken {
    /// The account.
    pub account_id: u64,
    /// The user.
    pub user_id: u64,
    /// The account's subdomain.
    pub slug: String,
    /// The app.
    pub app_id: u64,
    /// The version of the app the user sees.
    pub app_version_id: u64,
    /// The user may look and change nothing.
    pub is_view_only: bool,
    /// When the token ends.
    pub expires_at: SystemTime,
}

impl SessionToken {
    /// Checks a session token, with or without `Bearer `, and reads it. Every fault is an [`AuthError::Signed`].
    pub fn verify<'a>(
        authorization: impl Into<Option<&'a str>>,
        secret: &ClientSecret,
    ) -> Result<Self, AuthError> {
        Self::read(authorization.into(), secret, SystemTime::now()).map_err(AuthError::Signed)
    }

    pub(super) fn read(
        authorization: Option<&str>,
        secret: &ClientSecret,
        now: SystemTime,
    ) -> Result<Self, SignedFault> {
        let mut claims = jwt::verified(authorization, secret.key())?;
        let expires_at = claims.life(now)?.end()?;
        let data = claims.part("dat")?;
        Ok(Self {
            account_id: data.id("account_id")?,
            user_id: data.id("user_id")?,
            slug: data.text("slug")?.to_owned(),
            app_id: data.id("app_id")?,
            app_version_id: data.id("app_version_id")?,
            is_view_only: data.flag("is_view_only")?,
            expires_at,
        })
    }
}
