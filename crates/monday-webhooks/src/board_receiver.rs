//! The door for webhooks of boards: challenge, signature, event, claimed and done.
//!
//! Must not know: sockets, web frameworks, what is done with an event.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use monday_auth::{BoardWebhook, SeenWebhooks, SignedFault, SigningSecret, WebhookChallenge, WebhookClaim};
use monday_core::Id;

use crate::board_event::BoardEvent;
use crate::door::{self, LONGEST_BODY};
use crate::event_memory::{EventMemory, MemoryFault};
use crate::incoming::Incoming;
use crate::received::{Handled, Received};
use crate::refusal::Refusal;

/// Shorter than the minute after which monday tries again: whoever died with an event does not hinder that.
const LEASE: Duration = Duration::from_secs(50);

/// So many events of strangers are remembered where signed ones have a memory of their own.
const OF_STRANGERS: usize = 10_000;

/// Takes the requests to the endpoint of a board's webhooks. One serves all threads.
///
/// What the signature says is who had monday send it and that it is not older than five minutes. It does not
/// sign the body: who has seen a token can send another body under it until it ends. Terminate TLS where
/// nobody reads along.
pub struct BoardReceiver {
    signature: Signature,
    memory: Arc<dyn EventMemory>,
    memory_of_unsigned: Arc<dyn EventMemory>,
    lease: Duration,
    longest_body: usize,
}

enum Signature {
    Needed { endpoint: String, secret: SigningSecret },
    MayBeMissing { endpoint: String, secret: SigningSecret },
    NotLookedAt,
}

/// An event that is not done yet, and that nobody else has.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct BoardDelivery {
    /// The event.
    pub event: BoardEvent,
    /// What the signature says. `None` only where unsigned webhooks are taken, and it was one: anybody may
    /// have sent it.
    pub sender: Option<BoardWebhook>,
    key: Option<EventKey>,
}

/// What an event is known by, and whose memory knows it.
#[derive(Clone, PartialEq)]
struct EventKey {
    text: String,
    is_of_stranger: bool,
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
        Self {
            signature,
            memory: Arc::new(SeenWebhooks::new()),
            memory_of_unsigned: Arc::new(SeenWebhooks::with_capacity(OF_STRANGERS)),
            lease: LEASE,
            longest_body: LONGEST_BODY,
        }
    }

    /// Takes webhooks without a signature as well, for an endpoint that has both kinds. What
    /// [`unsigned_only`](Self::unsigned_only) says holds for those; their `sender` is `None`. A signature
    /// that is there must still be right.
    ///
    /// They are remembered apart, so that strangers who send many cannot have signed ones forgotten: the last
    /// 10,000 in this process, or in [`memory_of_unsigned`](Self::memory_of_unsigned).
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

    /// Another memory for what [`allow_unsigned`](Self::allow_unsigned) takes. Strangers write to it: it must
    /// have its own room, or its own share of one.
    #[must_use]
    pub fn memory_of_unsigned(mut self, memory: impl EventMemory + 'static) -> Self {
        self.memory_of_unsigned = Arc::new(memory);
        self
    }

    /// How long one delivery of an event may be worked on before another is taken for new, instead of 50 s.
    /// Work that takes longer may be done twice; after a crash an event waits as long at least.
    #[must_use]
    pub fn lease(mut self, lease: Duration) -> Self {
        self.lease = lease;
        self
    }

    /// Another limit than 1 MiB.
    #[must_use]
    pub fn longest_body(mut self, bytes: usize) -> Self {
        self.longest_body = bytes;
        self
    }

    /// Takes a request, has `work` act on its event, and says what to answer: `reply()` of either outcome.
    ///
    /// `work` makes the event safe, in a queue for example, and is soon done: monday waits. It is called for
    /// each event once, unless it fails, is dropped, or takes longer than the [`lease`](Self::lease): then
    /// monday's next try, a minute later, is new. Until the work is done nobody is told 200, so that no event
    /// is lost; one may come twice where the process died between work and answer.
    ///
    /// The error of `work` is dropped ([`Refusal::NotDone`]): log it there.
    pub async fn handle<W, F, E>(&self, incoming: &Incoming<'_>, work: W) -> Result<Handled, Refusal>
    where
        W: FnOnce(BoardDelivery) -> F,
        F: Future<Output = Result<(), E>>,
    {
        let delivery = match self.receive(incoming).await? {
            Received::Event(delivery) => *delivery,
            Received::Handled(handled) => return Ok(handled),
        };
        let key = delivery.key.clone();
        if work(delivery).await.is_ok() {
            return self.settle(key.as_ref()).await;
        }
        // If the memory does not answer, the claim runs out by itself.
        let _ = self.give_back(key.as_ref()).await;
        Err(Refusal::NotDone)
    }

    /// What the request is, for what [`handle`](Self::handle) does not fit. An event is claimed for the
    /// [`lease`](Self::lease) and must be settled: [`done`](Self::done) once it is safe, which says what to
    /// answer, or [`release`](Self::release) and 503.
    ///
    /// An event that has no `triggerUuid` cannot be recognised and is always new. Servers drop a handler when
    /// the caller hangs up: its claim then runs out, and the event comes again.
    pub async fn receive(&self, incoming: &Incoming<'_>) -> Result<Received, Refusal> {
        door::enter(incoming, self.longest_body)?;
        // It comes unsigned, before the webhook exists.
        if let Some(challenge) = WebhookChallenge::parse(incoming.body) {
            return Ok(Received::Handled(Handled::Challenge(challenge)));
        }
        let sender = self.sender(incoming)?;
        let event = BoardEvent::parse(incoming.body)?;
        let key = self.key(sender.as_ref(), &event);
        if let Some(key) = &key {
            match self.memory_for(key).claim(&key.text, self.lease).await? {
                WebhookClaim::New => {}
                WebhookClaim::InFlight => return Err(Refusal::InFlight),
                WebhookClaim::Done => return Ok(Received::Handled(Handled::Repeated)),
            }
        }
        Ok(Received::Event(Box::new(BoardDelivery { event, sender, key })))
    }

    /// The event is safe: whatever comes of it later is repeated. Where the memory does not answer, it may come
    /// once more.
    pub async fn done(&self, delivery: &BoardDelivery) -> Result<Handled, Refusal> {
        self.settle(delivery.key.as_ref()).await
    }

    /// Takes the event for new again when monday sends it once more, since it could not be acted on. What is
    /// done stays done.
    pub async fn release(&self, delivery: &BoardDelivery) -> Result<(), MemoryFault> {
        self.give_back(delivery.key.as_ref()).await
    }

    async fn settle(&self, key: Option<&EventKey>) -> Result<Handled, Refusal> {
        if let Some(key) = key {
            self.memory_for(key).done(&key.text, SeenWebhooks::LIFE).await?;
        }
        Ok(Handled::Done)
    }

    async fn give_back(&self, key: Option<&EventKey>) -> Result<(), MemoryFault> {
        match key {
            Some(key) => self.memory_for(key).release(&key.text).await,
            None => Ok(()),
        }
    }

    fn memory_for(&self, key: &EventKey) -> &dyn EventMemory {
        if key.is_of_stranger { &*self.memory_of_unsigned } else { &*self.memory }
    }

    /// One account cannot make another's events look done, nor can a stranger; and what two subscriptions
    /// heard of one event are two.
    fn key(&self, sender: Option<&BoardWebhook>, event: &BoardEvent) -> Option<EventKey> {
        let uuid = event.trigger_uuid.as_deref()?;
        let subscription = event.subscription_id.as_ref().map_or("-", Id::as_str);
        let text = match sender {
            Some(sender) => format!("{}/{subscription}/{uuid}", sender.account_id),
            None => format!("unsigned/{subscription}/{uuid}"),
        };
        // Where no signature is looked at, all are of strangers, and there is nothing to keep apart.
        let is_of_stranger = sender.is_none() && !matches!(self.signature, Signature::NotLookedAt);
        Some(EventKey { text, is_of_stranger })
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
