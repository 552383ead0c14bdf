//! Whose credential a request brought: its kind, never its text.
//!
//! Must not know: whether it is let in.

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;

use super::request::Envelope;
use crate::authorization::Authorization;
use crate::server::{OAUTH_TOKEN, PERSONAL_TOKEN};

/// A credential without its text.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum UsedCredential {
    /// No `Authorization` at all.
    #[default]
    Missing,
    /// [`Sandbox::personal_token`](crate::Sandbox::personal_token).
    PersonalToken,
    /// [`Sandbox::oauth_token`](crate::Sandbox::oauth_token).
    OAuthToken,
    /// An access token that the authorization server gave to this app, alive or not.
    App {
        /// The app's client id.
        client_id: String,
    },
    /// One that the sandbox does not know.
    Unknown,
}

impl UsedCredential {
    /// In a few words.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::Missing => "none".to_owned(),
            Self::PersonalToken => "personal token".to_owned(),
            Self::OAuthToken => "OAuth token".to_owned(),
            Self::App { client_id } => format!("app {client_id}"),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

impl Envelope {
    /// Without `Authorization`, and without any header that holds what stands there.
    pub(crate) fn of(authorization: &Authorization, headers: &HeaderMap) -> Self {
        let given = headers.get(AUTHORIZATION).map(|value| String::from_utf8_lossy(value.as_bytes()));
        let token = given.as_deref().map(|given| given.strip_prefix("Bearer ").unwrap_or(given).trim());
        let credential = match token {
            None | Some("") => UsedCredential::Missing,
            Some(PERSONAL_TOKEN) => UsedCredential::PersonalToken,
            Some(OAUTH_TOKEN) => UsedCredential::OAuthToken,
            Some(token) => match authorization.client_of(token) {
                Some(client_id) => UsedCredential::App { client_id },
                None => UsedCredential::Unknown,
            },
        };
        let secrets = ["authorization", "cookie", "proxy-authorization"];
        let kept = headers.iter().filter_map(|(name, value)| {
            let value = String::from_utf8_lossy(value.as_bytes());
            let is_secret = secrets.contains(&name.as_str())
                || token.is_some_and(|token| !token.is_empty() && value.contains(token));
            (!is_secret).then(|| (name.as_str().to_owned(), value.into_owned()))
        });
        Self { credential, headers: kept.collect() }
    }
}
