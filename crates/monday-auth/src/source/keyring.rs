//! A token in the operating system's keyring, under a service and a user.
//!
//! Must not know: how the keyring is reached, other sources.

use super::kept::{Found, Kept, KeptSource, QUIET};
use super::token_form::TokenForm;
use crate::keyring::text;
use crate::{Audience, BoxFuture, CredentialKind, Keyring};

const NAME: &str = "the keyring";

/// Reads the token of a service and user from a keyring: when first needed, and again when the API rejects
/// it.
///
/// No such entry means absent. A keyring that is locked, not there, or silent for 5 seconds is an error.
#[derive(Debug)]
pub struct KeyringSource {
    keyring: Keyring,
    service: String,
    user: String,
    form: TokenForm,
    kept: Kept,
}

impl KeyringSource {
    /// The token that the keyring has for this service and user. It is for monday's API.
    pub fn new(keyring: impl Into<Keyring>, service: impl Into<String>, user: impl Into<String>) -> Self {
        let (form, kept) = (TokenForm::default(), Kept::new(QUIET));
        Self { keyring: keyring.into(), service: service.into(), user: user.into(), form, kept }
    }

    /// The kind of token it is. Default: OAuth if it starts with `Bearer `, else a personal token.
    #[must_use]
    pub fn kind(mut self, kind: CredentialKind) -> Self {
        self.form.kind = Some(kind);
        self
    }

    /// The server the token is for.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.form.audience = audience;
        self
    }
}

impl KeptSource for KeyringSource {
    fn label(&self) -> &'static str {
        NAME
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }

    fn read_anew(&self) -> BoxFuture<'static, Found> {
        let got = self.keyring.get(self.service.clone(), self.user.clone());
        let form = self.form.clone();
        Box::pin(async move {
            let Some(bytes) = got.await? else {
                return Ok(None);
            };
            form.credential(&text(&bytes)?, NAME).map(Some)
        })
    }
}
