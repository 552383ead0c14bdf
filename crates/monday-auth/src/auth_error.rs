//! What can go wrong with a credential, and what to do about it.
//!
//! Must not know: the secret. No variant can hold token, URL or file contents.

use std::io;

use crate::{Audience, Fingerprint};

/// A credential could not be had, or must not be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AuthError {
    /// No source had a token.
    #[error("no credential: {} not set", tried.join(" and "))]
    Missing {
        /// The sources that were asked, in order.
        tried: Vec<&'static str>,
    },
    /// A source had a token that cannot be one.
    #[error("the token in {source_name} is not valid: {fault}")]
    InvalidToken {
        /// The source.
        source_name: &'static str,
        /// What is wrong with it.
        fault: TokenFault,
    },
    /// A file that should hold a token could not be read.
    #[error("the file named in {source_name} could not be read: {kind}")]
    UnreadableFile {
        /// The source.
        source_name: &'static str,
        /// Why.
        kind: io::ErrorKind,
    },
    /// The API refused this credential and its source has no newer one.
    #[error("the API rejected the credential {fingerprint}")]
    Rejected {
        /// Which one.
        fingerprint: Fingerprint,
    },
    /// The credential was made for another server.
    #[error("the credential is for {credential} and must not be sent to {endpoint}")]
    WrongAudience {
        /// Whom the credential is for.
        credential: Audience,
        /// Where the request was going.
        endpoint: Audience,
    },
    /// The endpoint is not one that secrets may be sent to.
    #[error("the endpoint is refused: {0}")]
    InsecureEndpoint(EndpointFault),
}

/// What is wrong with a token's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenFault {
    /// Under 8 bytes.
    #[error("shorter than 8 bytes")]
    TooShort,
    /// Over 8192 bytes.
    #[error("longer than 8192 bytes")]
    TooLong,
    /// A space, a control character or a character outside ASCII.
    #[error("it holds a character that is not visible ASCII")]
    Character,
}

/// Why a URL is no endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointFault {
    /// It does not parse, or has no host.
    #[error("it is not an absolute URL with a host")]
    NoUrl,
    /// Not https.
    #[error("only https is allowed")]
    NotHttps,
    /// Not a loopback address in its plain spelling.
    #[error("a loopback endpoint is http(s)://127.0.0.1 or http(s)://[::1], written so")]
    NotLoopback,
    /// It has a user name or password.
    #[error("it holds a user name or password")]
    UserInfo,
    /// It has a query or fragment.
    #[error("it holds a query or fragment")]
    QueryOrFragment,
}

impl AuthError {
    /// Whether the same call may succeed later without anyone's doing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        matches!(self, Self::UnreadableFile { kind, .. } if *kind == io::ErrorKind::Interrupted)
    }

    /// Whether a person has to do something.
    #[must_use]
    pub fn needs_user(&self) -> bool {
        !self.is_retryable()
    }

    /// What to do.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Missing { .. } => {
                "set MONDAY_API_TOKEN, or MONDAY_API_TOKEN_FILE to a file that holds the token"
            }
            Self::InvalidToken { .. } => {
                "copy the token again: monday.com, avatar, Developers, My access tokens"
            }
            Self::UnreadableFile { .. } => "check that the file exists and that this user may read it",
            Self::Rejected { .. } => {
                "the token was regenerated, revoked or its user deactivated: make a new one"
            }
            Self::WrongAudience { .. } => {
                "give the client a credential made for its endpoint (`for_audience`)"
            }
            Self::InsecureEndpoint(_) => {
                "use https; for a server on this machine `Endpoint::loopback(\"http://127.0.0.1:PORT/…\")`"
            }
        }
    }
}
