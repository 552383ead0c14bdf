//! What a request was, and what to answer.
//!
//! Must not know: how it was found out.

use std::fmt;

use monday_auth::WebhookChallenge;

use crate::BoardDelivery;

/// A request that [`receive`](crate::BoardReceiver::receive) has looked at.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Received {
    /// An event that is yours now, and not answered before it is settled: by
    /// [`done`](crate::BoardReceiver::done) or [`release`](crate::BoardReceiver::release).
    Event(Box<BoardDelivery>),
    /// Nothing is left to do but to answer.
    Handled(Handled),
}

impl Received {
    /// The event, if it is a new one.
    #[must_use]
    pub fn event(self) -> Option<BoardDelivery> {
        match self {
            Self::Event(delivery) => Some(*delivery),
            Self::Handled(_) => None,
        }
    }
}

/// A request that is answered with 200.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Handled {
    /// monday asks whether the endpoint of a new webhook is there.
    Challenge(WebhookChallenge),
    /// An event that was acted on just now, or lies where it will be.
    Done,
    /// An event that was acted on before.
    Repeated,
}

impl Handled {
    /// What to answer: 200, and to a challenge its own body.
    #[must_use]
    pub fn reply(&self) -> Reply {
        let (content_type, body) = match self {
            Self::Challenge(challenge) => (Some("application/json"), challenge.answer()),
            Self::Done | Self::Repeated => (None, String::new()),
        };
        Reply { status: 200, content_type, allow: None, body }
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
