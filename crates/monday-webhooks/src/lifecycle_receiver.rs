//! The door for webhooks of the app itself.
//!
//! Must not know: sockets, web frameworks, what is done with an event.

use std::fmt;

use monday_auth::{ClientSecret, LifecycleWebhook};

use crate::door::{self, LONGEST_BODY};
use crate::incoming::Incoming;
use crate::lifecycle_event::LifecycleEvent;
use crate::refusal::Refusal;

/// Takes the requests to the endpoint of an app's lifecycle webhooks. One serves all threads.
///
/// The signature is of the app's Client Secret, as that of a session token is: a user of the app holds such a
/// token, and can send it with a body of their own.
///
/// Compared are the signature, `exp` and `nbf` (or a fresh `iat`, where there is no `exp`), and account and app
/// of the token with those of the body, each where the token says it: one in the form of an integration
/// request says no app. The user is not compared, and neither is an audience. So a body of one's own account
/// is not refused: ask the API (`app_subscription`) before something of worth is given or destroyed.
pub struct LifecycleReceiver {
    secret: ClientSecret,
    may_be_endless: bool,
    longest_body: usize,
}

/// An event of the app, and what its signature says.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct LifecycleDelivery {
    /// The event.
    pub event: LifecycleEvent,
    /// What the signature says.
    pub sender: LifecycleWebhook,
}

impl LifecycleReceiver {
    /// A receiver: every webhook must be signed with the app's Client Secret.
    ///
    /// The Signing Secret does not fit:
    /// ```compile_fail,E0308
    /// # fn example(secret: monday_webhooks::auth::SigningSecret) {
    /// monday_webhooks::LifecycleReceiver::new(secret);
    /// # }
    /// ```
    #[must_use]
    pub fn new(secret: ClientSecret) -> Self {
        Self { secret, may_be_endless: false, longest_body: LONGEST_BODY }
    }

    /// Takes tokens that have neither `exp` nor a fresh `iat`: whoever has seen one can send it for ever, with
    /// any body of its account. Only for an app whose webhooks come so.
    #[must_use]
    pub fn allow_endless_tokens(mut self) -> Self {
        self.may_be_endless = true;
        self
    }

    /// Another limit than 1 MiB.
    #[must_use]
    pub fn longest_body(mut self, bytes: usize) -> Self {
        self.longest_body = bytes;
        self
    }

    /// The event of a request. Answer 200 after it lies where it will be worked on, and a refusal with its
    /// `reply()`.
    pub fn receive(&self, incoming: &Incoming<'_>) -> Result<LifecycleDelivery, Refusal> {
        door::enter(incoming, self.longest_body)?;
        let authorization = door::authorization(incoming)?;
        let sender = if self.may_be_endless {
            LifecycleWebhook::verify_endless(authorization, &self.secret)?
        } else {
            LifecycleWebhook::verify(authorization, &self.secret)?
        };
        let event = LifecycleEvent::parse(incoming.body)?;
        let differs = |told: Option<u64>, id: &str| told.is_some_and(|told| told.to_string() != id);
        if differs(sender.account_id, event.account_id.as_str())
            || differs(sender.app_id, event.app_id.as_str())
        {
            return Err(Refusal::OtherSender);
        }
        Ok(LifecycleDelivery { event, sender })
    }
}

impl fmt::Debug for LifecycleReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LifecycleReceiver")
            .field("may_be_endless", &self.may_be_endless)
            .field("longest_body", &self.longest_body)
            .finish_non_exhaustive()
    }
}
