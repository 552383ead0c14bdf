//! The credentials of one key, for a client.
//!
//! Must not know: how they are kept fresh.

use std::sync::Arc;

use super::session::Session;
use crate::{AuthError, BoxFuture, Credential, CredentialProvider, Rejection, RequestContext, TokenKey};

/// Hands out the access token of one key, refreshed in time. Clones and others of the same key share everything.
#[derive(Debug, Clone)]
pub struct OAuthProvider(pub(super) Arc<Session>);

impl OAuthProvider {
    /// Whose tokens they are.
    #[must_use]
    pub fn key(&self) -> &TokenKey {
        &self.0.key
    }

    /// The credential to send now: refreshed in the background when it is due soon, waited for when it is due now.
    pub async fn current(&self) -> Result<Credential, AuthError> {
        self.0.credential().await
    }

    /// Waits for a refresh that is under way, less than a minute, and saves tokens that the store has not taken yet.
    ///
    /// A refresh token works once: a program that ends amid a refresh loses the session. Call it before `main` ends. The
    /// error says that the store still does not have the newest tokens; that a refresh failed is no error here.
    pub async fn settle(&self) -> Result<(), AuthError> {
        self.0.settle().await
    }

    /// Whether there are tokens, in use or in the store. Looking leaves nothing behind.
    pub(crate) async fn has_record(&self) -> Result<bool, AuthError> {
        let is_held = self.0.state().live.is_some();
        Ok(is_held || self.0.load().await?.is_some())
    }
}

impl CredentialProvider for OAuthProvider {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(self.current())
    }

    fn rejected<'a>(
        &'a self,
        credential: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(self.0.after_refusal(credential.fingerprint()))
    }
}
