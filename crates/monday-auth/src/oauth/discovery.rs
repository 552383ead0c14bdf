//! Compares the server's metadata (RFC 8414) with the pinned endpoints.
//!
//! They are compared and never followed. Must not know: how the endpoints are used.

use serde::Deserialize;

use super::{Flow, OAuthApp};
use crate::{AuthError, BodyKind, HttpSend, Secret};

#[derive(Deserialize)]
struct Metadata {
    issuer: Option<String>,
    authorization_endpoint: Option<String>,
    token_endpoint: Option<String>,
    revocation_endpoint: Option<String>,
    code_challenge_methods_supported: Option<Vec<String>>,
}

impl OAuthApp {
    /// Fetches the server's metadata and compares them with what this SDK has pinned: [`AuthError::Metadata`] names the
    /// first field that differs. Nothing is ever taken from them.
    pub async fn check_metadata(&self, http: &dyn HttpSend) -> Result<(), AuthError> {
        let differs = |field| Err(AuthError::Metadata { field });
        let endpoint = &self.server.metadata;
        let answer = self.post(endpoint, BodyKind::None, Secret::new(""), http).await?;
        if answer.status != 200 {
            return Err(AuthError::UnexpectedAnswer { status: answer.status });
        }
        let Ok(found) = serde_json::from_slice::<Metadata>(&answer.body) else {
            return differs("the document");
        };
        if !found.issuer.is_some_and(|issuer| self.server.issuers.contains(&issuer)) {
            return differs("issuer");
        }
        let pinned = [
            ("authorization_endpoint", found.authorization_endpoint, &self.server.authorize),
            ("token_endpoint", found.token_endpoint, self.server.token(Flow::OAuth21)),
        ];
        for (field, found, pinned) in pinned {
            if found.as_deref() != Some(pinned.url().as_str()) {
                return differs(field);
            }
        }
        if found.revocation_endpoint.is_some_and(|url| url != self.server.revoke.url().as_str()) {
            return differs("revocation_endpoint");
        }
        // RFC 8414: absent means that PKCE is not supported.
        let methods = found.code_challenge_methods_supported.unwrap_or_default();
        if !methods.iter().any(|method| method == "S256") {
            return differs("code_challenge_methods_supported");
        }
        Ok(())
    }
}
