//! What a request was, and what to answer.
//!
//! Must not know: how it was found out.

use std::fmt;

use monday_auth::WebhookChallenge;

/// A request that is answered with 200.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub enum Received<D> {
    /// monday asks whether the endpoint of a new webhook is there.
    Challenge(WebhookChallenge),
    /// An event that did not come before.
    Event(Box<D>),
    /// An event that came before. Nothing is left to do but to answer.
    Repeated,
}

impl<D> Received<D> {
    /// What to answer: 200, and to a challenge its own body.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let (content_type, body) = match self {
            Self::Challenge(challenge) => (Some("application/json"), challenge.answer()),
            Self::Event(_) | Self::Repeated => (None, String::new()),
        };
        Reply { status: 200, content_type, allow: None, body }
    }

    /// The event, if it is a new one.
    #[must_use]
    pub fn event(self) -> Option<D> {
        match self {
            Self::Event(delivery) => Some(*delivery),
            _ => None,
        }
    }
}

impl<D: fmt::Debug> fmt::Debug for Received<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // Its text came from outside.
            Self::Challenge(_) => f.write_str("Challenge(..)"),
            Self::Event(delivery) => f.debug_tuple("Event").field(delivery).finish(),
            Self::Repeated => f.write_str("Repeated"),
        }
    }
}

/// An answer, for a server of any kind.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The header `Content-Type`, where there is a body.
    pub content_type: Option<&'static str>,
    /// The header `Allow`, where the method was another.
    pub allow: Option<&'static str>,
    /// The body, often empty.
    pub body: String,
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply").field("status", &self.status).finish_non_exhaustive()
    }
}
