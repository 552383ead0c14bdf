//! An app as it is registered with the sandbox.
//!
//! Must not know: what was granted to it.

/// What is signed with unless told.
pub(super) const SIGNING_SECRET: &str = "not-a-real-signing-secret";

/// An app that may ask the sandbox's user for consent. Its values are for tests, so `Debug` shows them.
#[derive(Debug, Clone)]
#[must_use]
pub struct SandboxApp {
    pub(crate) client_id: String,
    pub(crate) client_secret: String,
    pub(crate) signing_secret: String,
    pub(crate) redirect_uris: Vec<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) legacy: bool,
}

impl SandboxApp {
    /// An app of OAuth 2.1, with the scopes `me:read` and `boards:read` and no redirect URI.
    pub fn new(client_id: impl Into<String>, client_secret: impl Into<String>) -> Self {
        Self {
            client_id: client_id.into(),
            client_secret: client_secret.into(),
            signing_secret: SIGNING_SECRET.to_owned(),
            redirect_uris: Vec::new(),
            scopes: vec!["me:read".to_owned(), "boards:read".to_owned()],
            legacy: false,
        }
    }

    /// One more redirect URI. A request must name one of them, character for character.
    pub fn redirect_uri(mut self, uri: impl Into<String>) -> Self {
        self.redirect_uris.push(uri.into());
        self
    }

    /// What its tokens are signed with (HS256), instead of `not-a-real-signing-secret`.
    pub fn signing_secret(mut self, secret: impl Into<String>) -> Self {
        self.signing_secret = secret.into();
        self
    }

    /// The scopes it may ask for, instead of the first two.
    pub fn scopes<S: Into<String>>(mut self, scopes: impl IntoIterator<Item = S>) -> Self {
        self.scopes = scopes.into_iter().map(Into::into).collect();
        self
    }

    /// An app of the legacy flow: no PKCE, tokens without end, no refresh token.
    pub fn legacy(mut self) -> Self {
        self.legacy = true;
        self
    }
}
