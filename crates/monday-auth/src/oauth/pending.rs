//! A login under way, and the code it ends with.
//!
//! An [`AuthorizationCode`] can be had from [`PendingAuthorization::finish`] only, so that no code is exchanged whose
//! state was not checked. Must not know: how codes are exchanged.

use std::fmt;
use std::time::{Duration, SystemTime};

use subtle::ConstantTimeEq as _;
use url::Url;

use super::Callback;
use super::RedirectUri;
use crate::{AuthError, CallbackFault, OAuthCode, OAuthFault, ScopeSet, Secret, ServerText};

/// A code lives ten minutes at monday; so does a login here.
const LIFE: Duration = Duration::from_mins(10);

/// Where to send the user's browser. `Debug` leaves the query out.
#[derive(Clone, PartialEq, Eq)]
pub struct AuthorizationUrl(pub(super) Url);

impl AuthorizationUrl {
    /// The whole URL, for the browser. It holds the state of the login: not for logs.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl fmt::Debug for AuthorizationUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AuthorizationUrl({}…)", self.0.path())
    }
}

/// A login that the user has been sent to. It is used up by its callback.
#[derive(Debug)]
pub struct PendingAuthorization {
    pub(super) client_id: String,
    pub(super) state: Secret,
    pub(super) verifier: Secret,
    pub(super) redirect_uri: RedirectUri,
    pub(super) issuers: Vec<String>,
    pub(super) scopes: ScopeSet,
    pub(super) begun_at: SystemTime,
}

/// A code whose callback has been checked, together with what is needed to exchange it.
///
/// ```compile_fail,E0308
/// # async fn example(app: monday_auth::OAuthApp, http: &dyn monday_auth::HttpSend) {
/// app.exchange("a code of whoever sent it".to_owned(), http).await;
/// # }
/// ```
#[derive(Debug)]
pub struct AuthorizationCode {
    pub(super) client_id: String,
    pub(super) code: Secret,
    pub(super) verifier: Secret,
    pub(super) redirect_uri: RedirectUri,
    pub(super) scopes: ScopeSet,
}

impl PendingAuthorization {
    /// Whether a callback has the state of this login, compared in constant time. A listener goes on listening until
    /// one has.
    #[must_use]
    pub fn recognises(&self, callback: &Callback) -> bool {
        let Some(state) = &callback.state else {
            return false;
        };
        state.expose().as_bytes().ct_eq(self.state.expose().as_bytes()).into()
    }

    /// Checks a callback: a URL, the path and query of one, or the query alone.
    pub fn finish(self, callback: &str) -> Result<AuthorizationCode, AuthError> {
        self.finish_with(Callback::parse(callback)?)
    }

    /// Checks a callback that has been read already.
    pub fn finish_with(self, callback: Callback) -> Result<AuthorizationCode, AuthError> {
        self.finish_at(callback, SystemTime::now())
    }

    pub(super) fn finish_at(
        self,
        callback: Callback,
        now: SystemTime,
    ) -> Result<AuthorizationCode, AuthError> {
        let refuse = |fault| Err(AuthError::Callback(fault));
        // An error without a state does no harm: it ends this login and nothing else.
        if !self.recognises(&callback) && (callback.state.is_some() || callback.error.is_none()) {
            return refuse(CallbackFault::State);
        }
        if let Some(code) = &callback.error {
            let description = ServerText::of(callback.error_description.as_deref().unwrap_or_default());
            return Err(AuthError::Denied(OAuthFault { code: OAuthCode::parse(code), description }));
        }
        let age = now.duration_since(self.begun_at).or_else(|_| self.begun_at.duration_since(now));
        if age.unwrap_or_default() > LIFE {
            return refuse(CallbackFault::Expired);
        }
        if callback.issuer.as_ref().is_some_and(|issuer| !self.issuers.contains(issuer)) {
            return refuse(CallbackFault::Issuer);
        }
        let approved = |status: &String| ["approved", "success", "ok"].contains(&status.as_str());
        if callback.status.as_ref().is_some_and(|status| !approved(status)) {
            return refuse(CallbackFault::Status);
        }
        let usable = |code: &Secret| {
            let code = code.expose();
            (1..=2048).contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_graphic())
        };
        let Some(code) = callback.code.filter(usable) else {
            return refuse(CallbackFault::Code);
        };
        let scopes = callback.scope.map_or(self.scopes, |scope| ScopeSet::parse(&scope));
        Ok(AuthorizationCode {
            client_id: self.client_id,
            code,
            verifier: self.verifier,
            redirect_uri: self.redirect_uri,
            scopes,
        })
    }
}

#[cfg(test)]
#[path = "pending/tests.rs"]
mod tests;
