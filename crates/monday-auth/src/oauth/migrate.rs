//! Exchanges a legacy token for an OAuth 2.1 pair.
//!
//! Source: <https://developer.monday.com/apps/docs/oauth>. Must not know: where either is kept.

use std::collections::HashMap;
use std::time::SystemTime;

use super::{Flow, OAuthApp, TokenGrant, token_answer};
use crate::{AppFault, AuthError, BodyKind, HttpSend, Secret};

impl OAuthApp {
    /// Exchanges a token of the legacy flow for a pair of OAuth 2.1. Doing it again with the same token is harmless.
    ///
    /// # Errors
    ///
    /// [`AuthError::App`] for an app of the legacy flow: nothing is sent then. Else as
    /// [`exchange`](Self::exchange), where [`AuthError::OAuth`] means that the server refuses the token or
    /// the app; the token remains as good as it was.
    pub async fn migrate_legacy(&self, token: &Secret, http: &dyn HttpSend) -> Result<TokenGrant, AuthError> {
        if self.flow == Flow::Legacy {
            return Err(AuthError::App(AppFault::LegacyFlow));
        }
        let body = |secret: &Secret| {
            Self::json(&HashMap::from([
                ("api_token", token.expose()),
                ("client_id", &self.client_id),
                ("client_secret", secret.expose()),
            ]))
        };
        let answer = self.post_as_client(&self.server.migrate, BodyKind::Json, body, http).await?;
        token_answer::read(&answer, Flow::OAuth21, SystemTime::now()).map_err(|unusable| *unusable.error)
    }
}
