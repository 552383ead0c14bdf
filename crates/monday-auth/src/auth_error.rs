//! What can go wrong with a credential, and what to do about it.
//!
//! Must not know: the secret. No variant can hold a token, a URL, a body or a parser's message.

mod http_fault;
mod oauth_fault;
mod signed_fault;
mod source_fault;
mod store_error;

use std::io;
use std::time::Duration;

use crate::{Audience, Fingerprint, ScopeSet};

pub use http_fault::HttpFault;
pub use oauth_fault::{
    AppFault, CallbackFault, ConsentLost, OAuthCode, OAuthFault, ReceiverFault, ServerText,
    TokenResponseFault,
};
pub use signed_fault::SignedFault;
pub use source_fault::{EndpointFault, ProcessFault, ProfileFault, SecretFault, TokenFault};
pub use store_error::StoreError;

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
    /// The app is not set up as it must be.
    #[error("the OAuth app is not usable: {0}")]
    App(AppFault),
    /// The user, or monday in their name, said no.
    #[error("the authorization was not given: {0}")]
    Denied(OAuthFault),
    /// The browser came back with something that must not be used.
    #[error("the callback is refused: {0}")]
    Callback(CallbackFault),
    /// The browser's return could not be waited for, or did not come.
    #[error("the login did not come back: {0}")]
    Receiver(ReceiverFault),
    /// The authorization server refused the request.
    #[error("the authorization server refused: {0}")]
    OAuth(OAuthFault),
    /// The authorization server sent tokens that cannot be used.
    #[error("the token response is not usable: {field} {fault}")]
    TokenResponse {
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        fault: TokenResponseFault,
    },
    /// The authorization server sent neither tokens nor an OAuth error.
    #[error("the authorization server's answer of status {status} is none")]
    UnexpectedAnswer {
        /// The HTTP status.
        status: u16,
    },
    /// The authorization server is overloaded or failing.
    #[error("the authorization server does not answer for now (status {status})")]
    ServerUnavailable {
        /// The HTTP status.
        status: u16,
        /// When it may be asked again.
        retry_after: Option<Duration>,
    },
    /// The authorization server's metadata do not match the endpoints this SDK knows.
    #[error("the authorization server's metadata differ in {field}")]
    Metadata {
        /// The first field that differs.
        field: &'static str,
    },
    /// The authorization server could not be reached.
    #[error("the authorization server could not be reached: {0}")]
    Transport(HttpFault),
    /// The user must consent again.
    #[error("the user must authorize the app again: {0}")]
    ReauthorizationRequired(ConsentLost),
    /// The token store failed.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// Another process held the lease on this token for too long.
    #[error("another process has been refreshing this token for too long")]
    LeaseTimeout,
    /// The runtime ended before the refresh did.
    #[error("the runtime ended before the token was refreshed")]
    Aborted,
    /// The token lacks scopes.
    #[error("the token lacks the scopes {missing}")]
    ScopeMissing {
        /// Which.
        missing: ScopeSet,
    },
    /// A profile file cannot be used.
    #[error("the profile file is not usable: {0}")]
    Profile(ProfileFault),
    /// A program that should print a token did not.
    #[error("the program that prints the token failed: {0}")]
    Process(ProcessFault),
    /// A secret manager gave no secret.
    #[error("{source_name} gave no secret: {fault}")]
    SecretManager {
        /// The source.
        source_name: &'static str,
        /// Why.
        fault: SecretFault,
    },
    /// A request is not signed as monday signs it.
    #[error("the request is not taken for monday's: {0}")]
    Signed(SignedFault),
}

impl AuthError {
    /// Whether the same call may succeed later without anyone's doing.
    #[must_use]
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::UnreadableFile { kind, .. } => *kind == io::ErrorKind::Interrupted,
            Self::ServerUnavailable { .. } | Self::LeaseTimeout | Self::Aborted => true,
            Self::Transport(fault) => *fault != HttpFault::Unreadable,
            Self::OAuth(fault) => fault.code.is_temporary(),
            Self::Store(error) => error.is_retryable(),
            Self::Process(fault) => *fault == ProcessFault::TimedOut,
            Self::SecretManager { fault, .. } => fault.is_retryable(),
            _ => false,
        }
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
            Self::App(_) => "compare client id, secret and redirect URIs with monday's Developer Center",
            Self::Denied(_) => "let the user, or an admin of the account, allow the app",
            Self::Receiver(fault) => fault.advice(),
            Self::Callback(_) => "start the login again; if it keeps happening, someone may be interfering",
            Self::OAuth(fault) => fault.code.advice(),
            Self::TokenResponse { .. } | Self::UnexpectedAnswer { .. } => {
                "report it: monday's authorization server should not answer so"
            }
            Self::ServerUnavailable { .. } | Self::Transport(_) => {
                "call again later; tokens in use go on working"
            }
            Self::Metadata { .. } => "update the SDK; until then do not log in through this server",
            Self::ReauthorizationRequired(_) => "send the user through the login again",
            Self::Store(error) => error.advice(),
            Self::LeaseTimeout => "look for a stopped process that uses the same token store",
            Self::Aborted => "keep the runtime alive while calls are under way",
            Self::ScopeMissing { .. } => "add the scopes to the app and let the user consent again",
            Self::Profile(_) => {
                "give the file one table for each profile with `token = \"…\"`, and mode 0600"
            }
            Self::Signed(_) => {
                "answer 401; if monday's own requests are refused, compare secret and endpoint with the Developer Center"
            }
            Self::SecretManager { fault, .. } => fault.advice(),
            Self::Process(_) => "run the program by hand: it must print the token as one line and end with 0",
        }
    }
}
