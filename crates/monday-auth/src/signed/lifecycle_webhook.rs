//! A webhook about the app itself: installed, uninstalled, subscription changed.
//!
//! Must not know: the event.

use std::time::SystemTime;

use super::claims::Life;
use super::{ClientSecret, jwt};
use crate::{AuthError, SignedFault};

/// A lifecycle webhook whose token was signed with the app's Client Secret.
///
/// Compared are the signature, `exp` and `nbf`; a token without `exp` must say by `iat` that it is not older than five
/// minutes. Not compared are an audience, a user, an app: monday does not document the token's claims, and its session
/// tokens have the same secret: a user of the app can send their own. So compare [`account_id`](Self::account_id) with
/// the account in the body before acting, and ask the API before destroying anything.
///
/// ```
/// use monday_auth::{AuthError, ClientSecret, LifecycleWebhook, Secret, SignedFault};
/// let secret = ClientSecret::new(Secret::new("not-a-real-secret"))?;
/// let unsigned = LifecycleWebhook::verify(None, &secret);
/// assert_eq!(unsigned.unwrap_err(), AuthError::Signed(SignedFault::Unsigned));
/// # Ok::<(), AuthError>(())
/// ```
///
/// The Signing Secret does not fit:
/// ```compile_fail,E0308
/// # fn example(secret: monday_auth::SigningSecret) {
/// monday_auth::LifecycleWebhook::verify("…", &secret);
/// # }
/// ```
///
/// Source: <https://developer.monday.com/apps/docs/webhooks-1>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct LifecycleWebhook {
    /// The account, if told.
    pub account_id: Option<u64>,
    /// The user, if told.
    pub user_id: Option<u64>,
    /// The app, if told.
    pub app_id: Option<u64>,
    /// When monday signed it, if told.
    pub issued_at: Option<SystemTime>,
    /// When the token ends, if it says so.
    pub expires_at: Option<SystemTime>,
}

impl LifecycleWebhook {
    /// Checks the value of `Authorization`, with or without `Bearer `, and reads it. A token that has neither `exp` nor
    /// a fresh `iat` is refused. Every fault is an [`AuthError::Signed`].
    pub fn verify<'a>(
        authorization: impl Into<Option<&'a str>>,
        secret: &ClientSecret,
    ) -> Result<Self, AuthError> {
        let now = SystemTime::now();
        Self::read(authorization.into(), secret, now).map_err(AuthError::Signed)
    }

    /// As [`verify`](Self::verify), and takes tokens that never end: whoever has seen one can send it for ever, with any
    /// body of its account. Only for an app whose webhooks come so.
    pub fn verify_endless<'a>(
        authorization: impl Into<Option<&'a str>>,
        secret: &ClientSecret,
    ) -> Result<Self, AuthError> {
        let read = Self::read_endless(authorization.into(), secret, SystemTime::now());
        read.map(|(webhook, _)| webhook).map_err(AuthError::Signed)
    }

    pub(super) fn read(
        authorization: Option<&str>,
        secret: &ClientSecret,
        now: SystemTime,
    ) -> Result<Self, SignedFault> {
        let (webhook, life) = Self::read_endless(authorization, secret, now)?;
        life.must_end(now).map(|()| webhook)
    }

    pub(super) fn read_endless(
        authorization: Option<&str>,
        secret: &ClientSecret,
        now: SystemTime,
    ) -> Result<(Self, Life), SignedFault> {
        let mut claims = jwt::verified(authorization, secret.key())?;
        let life = claims.life(now)?;
        let Life { issued_at, expires_at } = life;
        // Both shapes have been seen: that of a session token and that of an integration request.
        let (account_id, user_id, app_id) = if claims.0.contains_key("dat") {
            let data = claims.part("dat")?;
            (data.id_if_there("account_id")?, data.id_if_there("user_id")?, data.id_if_there("app_id")?)
        } else {
            (claims.id_if_there("accountId")?, claims.id_if_there("userId")?, None)
        };
        Ok((Self { account_id, user_id, app_id, issued_at, expires_at }, life))
    }
}
