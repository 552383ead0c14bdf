//! Webhooks of monday.com: typed events, verified, each acted on once.
//!
//! A [`BoardReceiver`] takes what a server of any kind received and says what it is: the challenge of a new
//! webhook, an event that monday signed, one that came before, or a [`Refusal`] with the status to answer. A
//! [`LifecycleReceiver`] does so for the events of the app itself. A whole server on axum is in
//! `examples/webhook_server`.
//!
//! ```
//! use monday_webhooks::auth::{Secret, SigningSecret};
//! use monday_webhooks::{BoardChange, BoardDelivery, BoardReceiver, Incoming, Reply};
//!
//! # fn receiver() -> Result<BoardReceiver, monday_webhooks::auth::AuthError> {
//! let secret = SigningSecret::new(Secret::new("the app's Signing Secret"))?;
//! # let secret = SigningSecret::new(Secret::new("not-a-real-secret"))?;
//! // The `url` that was given to `create_webhook`, character for character.
//! let receiver = BoardReceiver::new("https://app.example.com/webhook", secret);
//! # Ok(receiver)
//! # }
//! async fn answer(receiver: &BoardReceiver, incoming: Incoming<'_>) -> Reply {
//!     match receiver.handle(&incoming, keep).await {
//!         Ok(handled) => handled.reply(),
//!         Err(refusal) => refusal.reply(),
//!     }
//! }
//!
//! // Puts the event where it is safe. What fails here comes again.
//! async fn keep(delivery: BoardDelivery) -> Result<(), std::io::Error> {
//!     if let BoardChange::ColumnChanged(change) = &delivery.event.change {
//!         println!("column {} of item {}", change.column_id, change.item_id);
//!     }
//!     Ok(())
//! }
//! # let receiver = receiver().or(Err(()));
//! ```
//!
//! monday promises no order and not that an event comes once: it sends one again, once a minute for 30
//! minutes, until it is answered with 200. So an event is claimed, acted on, and done, and 200 is answered
//! after that only. Sources: <https://developer.monday.com/api-reference/reference/webhooks>,
//! <https://developer.monday.com/apps/docs/webhooks-1>. Must not know: sockets, web frameworks, what a
//! column's value means.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod board_event;
mod board_receiver;
mod door;
mod event_memory;
mod fields;
mod incoming;
mod lifecycle_event;
mod lifecycle_receiver;
mod moment;
mod received;
mod refusal;

pub use monday_auth as auth;
pub use monday_auth::{BoardWebhook, LifecycleWebhook, SeenWebhooks, WebhookChallenge, WebhookClaim};
pub use monday_queries::enums::WebhookEventType;

pub use board_event::{
    BoardChange, BoardEvent, ColumnChanged, ColumnCreated, ItemCreated, ItemMoved, ItemStateChanged,
    NameChanged, ParentItem, SubitemMoved, UpdateChanged,
};
pub use board_receiver::{BoardDelivery, BoardReceiver};
pub use event_memory::{EventMemory, MemoryFault};
pub use incoming::Incoming;
pub use lifecycle_event::{AppSubscription, AppVersion, LifecycleEvent, LifecycleEventType};
pub use lifecycle_receiver::{LifecycleDelivery, LifecycleReceiver};
pub use received::{Handled, Received, Reply};
pub use refusal::Refusal;
