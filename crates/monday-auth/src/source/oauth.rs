//! A key's OAuth session as a source: absent when there is no record for the key.
//!
//! Must not know: how tokens are refreshed.

use super::CredentialSource;
use crate::{AuthError, BoxFuture, ConsentLost, Credential, OAuthProvider};

impl CredentialSource for OAuthProvider {
    fn name(&self) -> &'static str {
        "the token store"
    }

    fn find(&self) -> BoxFuture<'_, Result<Option<Credential>, AuthError>> {
        Box::pin(async {
            if !self.has_record().await? {
                return Ok(None);
            }
            match self.current().await {
                // Logged out in between.
                Err(AuthError::ReauthorizationRequired(ConsentLost::NoToken)) => Ok(None),
                found => found.map(Some),
            }
        })
    }
}
