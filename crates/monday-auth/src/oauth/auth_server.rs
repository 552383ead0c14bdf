//! The authorization server: its pinned endpoints.
//!
//! Source: <https://developer.monday.com/apps/docs/oauth>. Must not know: apps, tokens.

use crate::{AuthError, Endpoint};

/// Which of monday's two OAuth flows the app version uses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Flow {
    /// OAuth 2.1: access tokens of about an hour, and refresh tokens that work once.
    #[default]
    OAuth21,
    /// The older flow: tokens that do not end, and nothing to refresh or revoke.
    Legacy,
}

/// The endpoints of an authorization server. They are fixed; nothing the server says can move them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthServer {
    pub(crate) issuers: Vec<String>,
    pub(crate) authorize: Endpoint,
    pub(crate) token: Endpoint,
    pub(crate) legacy_token: Endpoint,
    pub(crate) revoke: Endpoint,
    pub(crate) migrate: Endpoint,
    pub(crate) metadata: Endpoint,
}

impl AuthServer {
    /// monday's: `https://auth.monday.com`.
    pub fn monday() -> Result<Self, AuthError> {
        Self::at("https://auth.monday.com", Endpoint::https)
    }

    /// A server on this machine with monday's paths, for sandboxes and tests: `http://127.0.0.1:PORT`.
    pub fn loopback(origin: &str) -> Result<Self, AuthError> {
        Self::at(origin.trim_end_matches('/'), Endpoint::loopback)
    }

    fn at(origin: &str, endpoint: impl Fn(&str) -> Result<Endpoint, AuthError>) -> Result<Self, AuthError> {
        let at = |path: &str| endpoint(&format!("{origin}{path}"));
        Ok(Self {
            issuers: vec![origin.to_owned(), format!("{origin}/oauth_ms")],
            authorize: at("/oauth2/authorize")?,
            token: at("/oauth_ms/oauth/token")?,
            legacy_token: at("/oauth2/token")?,
            revoke: at("/oauth_ms/oauth/revoke")?,
            migrate: at("/oauth_ms/oauth/migrate")?,
            metadata: at("/oauth_ms/.well-known/oauth-authorization-server")?,
        })
    }

    pub(crate) fn token(&self, flow: Flow) -> &Endpoint {
        match flow {
            Flow::OAuth21 => &self.token,
            Flow::Legacy => &self.legacy_token,
        }
    }

    /// Where tokens are revoked.
    #[must_use]
    pub fn revoke(&self) -> &Endpoint {
        &self.revoke
    }

    pub(crate) fn issuer(&self) -> &str {
        self.issuers.first().map_or("", String::as_str)
    }
}
