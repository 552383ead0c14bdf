//! The door for webhooks of boards: challenge, signature, event, seen before.
//!
//! Must not know: sockets, web frameworks, what is done with an event.

use std::fmt;
use std::sync::Arc;

use monday_auth::{BoardWebhook, SeenWebhooks, SignedFault, SigningSecret, WebhookChallenge};

use crate::board_event::BoardEvent;
use crate::door::{self, LONGEST_BODY};
use crate::event_memory::{EventMemory, MemoryFault};
use crate::incoming::Incoming;
use crate::received::Received;
use crate::refusal::Refusal;

/// Takes the requests to the endpoint of a board's webhooks. One serves all threads.
///
/// What the signature says is who had monday send it and that it is not older than five minutes. It does not
/// sign the body: who has seen a token can send another body under it until it ends. Terminate TLS where
/// nobody reads along.
pub struct BoardReceiver {
    signature: Signature,
    memory: Arc<dyn EventMemory>,
    longest_body: usize,
}

enum Signature {
    Needed { endpoint: String, secret: SigningSecret },
    MayBeMissing { endpoint: String, secret: SigningSecret },
    NotLookedAt,
}

/// An event that came for the first time.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BoardDelivery {
    /// The event.
    pub event: BoardEvent,
    /// What the signature says. `None` only where unsigned webhooks are taken, and it was one: anybody may
    /// have sent it.
    pub sender: Option<BoardWebhook>,
    key: Option<String>,
}

impl BoardReceiver {
    /// A receiver of webhooks that an app's token created: every one must be signed with the app's Signing
    /// Secret for this endpoint, which is the `url` that was given to `create_webhook`, character for
    /// character.
    ///
    /// The Client Secret does not fit:
    /// ```compile_fail,E0308
    /// # fn example(secret: monday_webhooks::auth::ClientSecret) {
    /// monday_webhooks::BoardReceiver::new("https://app.example.com/webhook", secret);
    /// # }
    /// ```
    #[must_use]
    pub fn new(endpoint: impl Into<String>, secret: SigningSecret) -> Self {
        Self::with(Signature::Needed { endpoint: endpoint.into(), secret })
    }

    /// A receiver of webhooks that a personal token created. monday does not sign those, so **anybody who
    /// knows the address can send one**: have a long random path, take an event as a hint only, and read the
    /// item from the API before acting.
    #[must_use]
    pub fn unsigned_only() -> Self {
        Self::with(Signature::NotLookedAt)
    }

    fn with(signature: Signature) -> Self {
        Self { signature, memory: Arc::new(SeenWebhooks::new()), longest_body: LONGEST_BODY }
    }

    /// Takes webhooks without a signature as well, for an endpoint that has both kinds. What
    /// [`unsigned_only`](Self::unsigned_only) says holds for those; their `sender` is `None`. A signature
    /// that is there must still be right.
    #[must_use]
    pub fn allow_unsigned(mut self) -> Self {
        if let Signature::Needed { endpoint, secret } = self.signature {
            self.signature = Signature::MayBeMissing { endpoint, secret };
        }
        self
    }

    /// Another memory than that of this process: for several machines behind one address.
    #[must_use]
    pub fn memory(mut self, memory: impl EventMemory + 'static) -> Self {
        self.memory = Arc::new(memory);
        self
    }

    /// Another limit than 1 MiB.
    #[must_use]
    pub fn longest_body(mut self, bytes: usize) -> Self {
        self.longest_body = bytes;
        self
    }

    /// What the request is. Answer with `reply()` of either outcome, and an event only after it lies where it
    /// will be worked on: 200 tells monday to send it no more. Whatever hinders that,
    /// [`forget`](Self::forget) it and answer 500.
    ///
    /// An event that has no `triggerUuid` cannot be recognised and is always new. Servers drop a handler when
    /// the caller hangs up: work that must not be lost goes to a task of its own before the first `await`
    /// after this.
    pub async fn receive(&self, incoming: &Incoming<'_>) -> Result<Received<BoardDelivery>, Refusal> {
        door::enter(incoming, self.longest_body)?;
        // It comes unsigned, before the webhook exists.
        if let Some(challenge) = WebhookChallenge::parse(incoming.body) {
            return Ok(Received::Challenge(challenge));
        }
        let sender = self.sender(incoming)?;
        let event = BoardEvent::parse(incoming.body)?;
        let key = event.trigger_uuid.as_deref().map(|uuid| key(sender.as_ref(), uuid));
        if let Some(key) = &key
            && !self.memory.is_new(key).await?
        {
            return Ok(Received::Repeated);
        }
        Ok(Received::Event(Box::new(BoardDelivery { event, sender, key })))
    }

    /// Takes the event for new again when monday sends it once more, since it could not be acted on.
    pub async fn forget(&self, delivery: &BoardDelivery) -> Result<(), MemoryFault> {
        match &delivery.key {
            Some(key) => self.memory.forget(key).await,
            None => Ok(()),
        }
    }

    fn sender(&self, incoming: &Incoming<'_>) -> Result<Option<BoardWebhook>, Refusal> {
        let verified = |endpoint: &str, secret: &SigningSecret| {
            let authorization = door::authorization(incoming)?;
            BoardWebhook::verify(authorization, endpoint, secret).map_err(Refusal::from)
        };
        match &self.signature {
            Signature::Needed { endpoint, secret } => verified(endpoint, secret).map(Some),
            Signature::MayBeMissing { endpoint, secret } => match verified(endpoint, secret) {
                Err(Refusal::NotSigned(SignedFault::Unsigned)) => Ok(None),
                other => other.map(Some),
            },
            Signature::NotLookedAt => Ok(None),
        }
    }
}

/// One account cannot make another's events look seen, nor can a stranger.
fn key(sender: Option<&BoardWebhook>, uuid: &str) -> String {
    match sender {
        Some(sender) => format!("{}/{uuid}", sender.account_id),
        None => format!("unsigned/{uuid}"),
    }
}

impl fmt::Debug for BoardReceiver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let signature = match self.signature {
            Signature::Needed { .. } => "needed",
            Signature::MayBeMissing { .. } => "may be missing",
            Signature::NotLookedAt => "not looked at",
        };
        f.debug_struct("BoardReceiver")
            .field("signature", &signature)
            .field("longest_body", &self.longest_body)
            .finish_non_exhaustive()
    }
}

impl fmt::Debug for BoardDelivery {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BoardDelivery")
            .field("event", &self.event)
            .field("sender", &self.sender)
            .finish_non_exhaustive()
    }
}
