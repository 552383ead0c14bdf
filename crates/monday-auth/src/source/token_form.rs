//! What the text of a source becomes: which kind of token, for which server.
//!
//! Must not know: where the text comes from.

use crate::{Audience, AuthError, Credential, CredentialKind, Secret};

/// Text that starts with `Bearer ` is an OAuth token, other text a personal token, unless a kind is set.
#[derive(Debug, Clone)]
pub(super) struct TokenForm {
    pub(super) kind: Option<CredentialKind>,
    pub(super) audience: Audience,
}

impl Default for TokenForm {
    fn default() -> Self {
        Self { kind: None, audience: Audience::monday() }
    }
}

impl TokenForm {
    pub(super) fn credential(
        &self,
        token: &Secret,
        source_name: &'static str,
    ) -> Result<Credential, AuthError> {
        let is_bearer = token.expose().starts_with("Bearer ");
        let kind = self.kind.unwrap_or(if is_bearer {
            CredentialKind::OAuth
        } else {
            CredentialKind::PersonalToken
        });
        Credential::named(kind, token, source_name)
            .map(|credential| credential.for_audience(self.audience.clone()))
    }
}
