//! What authorization servers and callbacks say no with.
//!
//! Must not know: tokens, who asked.

use std::fmt;

/// An error code of RFC 6749 (4.1.2.1 and 5.2), or of monday's.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum OAuthCode {
    /// The app's id or secret is wrong.
    InvalidClient,
    /// The code or refresh token is burnt, revoked or too old.
    InvalidGrant,
    /// The request is malformed.
    InvalidRequest,
    /// A scope is unknown or beyond the app's list.
    InvalidScope,
    /// The app may not use this grant.
    UnauthorizedClient,
    /// The server does not know this grant.
    UnsupportedGrantType,
    /// The user said no.
    AccessDenied,
    /// The server failed.
    ServerError,
    /// The server is overloaded. monday writes `temporary_unavailable`, the RFC `temporarily_unavailable`.
    TemporarilyUnavailable,
    /// Too many requests; monday asks for five minutes.
    TooManyRequests,
    /// Another code: lower-case letters and underscores, at most 40.
    Other(String),
    /// Not a code at all.
    Unreadable,
}

impl OAuthCode {
    /// The code as it is written on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::InvalidClient => "invalid_client",
            Self::InvalidGrant => "invalid_grant",
            Self::InvalidRequest => "invalid_request",
            Self::InvalidScope => "invalid_scope",
            Self::UnauthorizedClient => "unauthorized_client",
            Self::UnsupportedGrantType => "unsupported_grant_type",
            Self::AccessDenied => "access_denied",
            Self::ServerError => "server_error",
            Self::TemporarilyUnavailable => "temporarily_unavailable",
            Self::TooManyRequests => "too_many_requests",
            Self::Other(code) => code,
            Self::Unreadable => "an unreadable code",
        }
    }

    pub(crate) fn is_temporary(&self) -> bool {
        matches!(self, Self::ServerError | Self::TemporarilyUnavailable | Self::TooManyRequests)
    }

    pub(super) fn advice(&self) -> &'static str {
        match self {
            Self::InvalidClient | Self::UnauthorizedClient => {
                "compare client id and secret with monday's Developer Center, and the app version's OAuth flow"
            }
            Self::InvalidScope => "ask only for scopes that the app version lists",
            Self::InvalidGrant => {
                "send the user through the login again: a code lives 10 minutes and works once"
            }
            code if code.is_temporary() => "call again later",
            _ => "see the code; if it names the request, report it",
        }
    }
}

/// What a server says about its refusal, up to 200 printable characters. It may repeat what was sent to it, so neither
/// `Display` nor `Debug` shows it.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct ServerText(pub(crate) String);

impl ServerText {
    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ServerText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ServerText({} characters)", self.0.chars().count())
    }
}

/// A refusal: its code, and what the server says about it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct OAuthFault {
    /// The code.
    pub code: OAuthCode,
    /// `error_description`.
    pub description: ServerText,
}

impl fmt::Display for OAuthFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code.as_str())
    }
}

/// Why an app is not usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum AppFault {
    /// Client id or secret is empty or holds characters that are not visible ASCII.
    #[error("client id and secret are visible ASCII")]
    Client,
    /// There is no redirect URI.
    #[error("it has no redirect URI")]
    NoRedirectUri,
    /// A redirect URI is not one that codes may be sent to.
    #[error(
        "a redirect URI is https, or http on 127.0.0.1 or [::1], without fragment, user name or wildcard"
    )]
    RedirectUri,
    /// The redirect URI is not one of the app's.
    #[error("the redirect URI is not one of the app's")]
    UnknownRedirectUri,
    /// A parameter has characters it cannot have.
    #[error("an account slug or app version id has letters, digits and hyphens only")]
    Parameter,
    /// The code belongs to another app.
    #[error("the authorization code belongs to another app")]
    OtherApp,
    /// The flow has no such endpoint.
    #[error("the legacy flow has no endpoint for this")]
    LegacyFlow,
    /// The key of tokens is for another app.
    #[error("the token key belongs to another app")]
    OtherKey,
    /// The operating system gave no random numbers.
    #[error("the operating system gives no random numbers")]
    NoRandom,
    /// The request could not be formed.
    #[error("the request could not be formed")]
    Request,
}

/// Why a callback is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum CallbackFault {
    /// Longer than 8 KiB.
    #[error("it is longer than 8 KiB")]
    TooLong,
    /// A parameter comes twice.
    #[error("a parameter comes twice")]
    Duplicate,
    /// The state is missing or is not the one of this login.
    #[error("the state is not the one of this login")]
    State,
    /// Another authorization server answered.
    #[error("the issuer is not the one of this login")]
    Issuer,
    /// `status` does not say that the user approved.
    #[error("the status is not an approval")]
    Status,
    /// There is no code, or one that cannot be one.
    #[error("there is no usable code")]
    Code,
    /// The login was begun more than ten minutes ago.
    #[error("the login was begun more than ten minutes ago")]
    Expired,
    /// The sealed login cannot be opened.
    #[error("the sealed login was changed, or sealed with another key")]
    Seal,
}

/// Why no browser came back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ReceiverFault {
    /// None of the app's redirect URIs is on this machine.
    #[error("the app has no redirect URI on 127.0.0.1 or [::1]")]
    NoLoopbackUri,
    /// The ports of all of the app's loopback redirect URIs are taken.
    #[error("the ports of the app's loopback redirect URIs are taken")]
    PortsTaken,
    /// The operating system gives no listener.
    #[error("no port can be listened on: {0}")]
    Io(std::io::ErrorKind),
    /// The user did not finish in time.
    #[error("nobody came back in time")]
    NoCallback,
}

impl ReceiverFault {
    pub(super) fn advice(self) -> &'static str {
        match self {
            Self::NoLoopbackUri | Self::Io(_) => {
                "give the app a redirect URI such as http://127.0.0.1:8737/callback, in the Developer Center too"
            }
            Self::PortsTaken => "end the other login, or register another port with the app",
            Self::NoCallback => "start the login again and allow the app within five minutes",
        }
    }
}

/// Why the user must consent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ConsentLost {
    /// There is no token for this key.
    #[error("there is no token")]
    NoToken,
    /// The server refused a refresh token that nobody here has used before. Someone else may have used it.
    #[error("the refresh token was refused; it was revoked, is too old, or someone else has used it")]
    Refused,
    /// Another process found so before.
    #[error("the refresh token was refused before")]
    RefusedBefore,
    /// The answer to an earlier refresh was lost on the way, and the server has burnt the refresh token.
    #[error("the answer to a refresh was lost and the refresh token is burnt")]
    AnswerLost,
    /// The token has ended and there is no refresh token.
    #[error("the token has ended and cannot be refreshed")]
    NoRefreshToken,
}

/// What is wrong with a field of a token response.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenResponseFault {
    /// The body is not a JSON object.
    #[error("is not a JSON object")]
    NotJson,
    /// It is missing.
    #[error("is missing")]
    Missing,
    /// It has a value it cannot have.
    #[error("has an unusable value")]
    Invalid,
}
