//! Why a request is answered with an error.
//!
//! Must not know: the body, the token.

use monday_auth::{AuthError, SignedFault};

use crate::{MemoryFault, Reply};

/// A request that is not acted on, and the status to answer it with. Holds nothing of the request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// Webhooks come by POST.
    #[error("the method is not POST")]
    Method,
    /// The body is longer than allowed, 1 MiB if nothing else was said.
    #[error("the body is longer than {longest} bytes")]
    TooLong {
        /// The longest that is read.
        longest: usize,
    },
    /// It is not signed as monday signs it.
    #[error("the request is not taken for monday's: {0}")]
    NotSigned(SignedFault),
    /// `Authorization` came more than once.
    #[error("the request has more than one Authorization")]
    SeveralAuthorizations,
    /// The token is for another account or app than the body.
    #[error("the token is for another account or app than the body")]
    OtherSender,
    /// The body is no JSON, or nested too deeply.
    #[error("the body is not JSON")]
    NotJson,
    /// JSON, and not of a webhook.
    #[error("the body is not of a webhook: {0} is missing or unusable")]
    NotAnEvent(&'static str),
    /// Another delivery of this event is being acted on: whether it will be done cannot be said now.
    #[error("another delivery of this event is not done yet; monday sends it again")]
    InFlight,
    /// What was to be done with the event failed.
    #[error("the event could not be acted on; monday sends it again")]
    NotDone,
    /// Whether the event came before cannot be said now, or that it is done not be kept.
    #[error("the memory of events does not answer; monday sends the event again")]
    NoMemory(MemoryFault),
}

impl Refusal {
    /// The HTTP status to answer with. monday sends again whatever is not answered with 200.
    #[must_use]
    pub fn status(&self) -> u16 {
        match self {
            Self::Method => 405,
            Self::TooLong { .. } => 413,
            Self::NotSigned(_) | Self::SeveralAuthorizations | Self::OtherSender => 401,
            Self::NotJson | Self::NotAnEvent(_) => 400,
            Self::InFlight | Self::NotDone | Self::NoMemory(_) => 503,
        }
    }

    /// What to answer: the status, without a word to strangers.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let allow = matches!(self, Self::Method).then_some("POST");
        Reply { status: self.status(), content_type: None, allow, body: String::new() }
    }

    /// What to do about it.
    #[must_use]
    pub fn advice(&self) -> &'static str {
        match self {
            Self::Method => "nothing: monday sends POST",
            Self::TooLong { .. } => "if it is monday's, allow more with `longest_body`",
            Self::NotSigned(SignedFault::Unsigned) => {
                "create the webhook with an app's token, or see `allow_unsigned` if it was created with a personal one"
            }
            Self::NotSigned(SignedFault::Audience) => {
                "give the receiver the `url` that was given to `create_webhook`, character for character"
            }
            Self::NotSigned(SignedFault::Expired | SignedFault::NotYetValid) => {
                "if it is monday's, set this machine's clock; monday signs anew for each try"
            }
            Self::NotSigned(_) => "if it is monday's, compare the secret with the Developer Center",
            Self::SeveralAuthorizations => "see what stands between monday and the server",
            Self::OtherSender => "nothing: a token of one account was sent with the event of another",
            Self::NotJson | Self::NotAnEvent(_) => {
                "if it is monday's, the SDK is older than this kind of body"
            }
            Self::InFlight => "nothing, unless it lasts: whoever had it may be gone, and its claim runs out",
            Self::NotDone => "see why the work failed; its own error is not kept here",
            Self::NoMemory(_) => "see why the shared memory does not answer",
        }
    }
}

impl From<AuthError> for Refusal {
    fn from(error: AuthError) -> Self {
        match error {
            AuthError::Signed(fault) => Self::NotSigned(fault),
            _ => Self::NotSigned(SignedFault::Malformed),
        }
    }
}

impl From<MemoryFault> for Refusal {
    fn from(fault: MemoryFault) -> Self {
        Self::NoMemory(fault)
    }
}
