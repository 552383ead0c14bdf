//! Webhooks as they come: every event, the traps in them, forgeries, repetitions, a server on TCP.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod claimed;
mod every_event;
mod forged;
mod lifecycle;
mod over_tcp;
mod quiet;
mod repeated;
mod shared;
mod support;
mod traps;
mod wrong_fields;

#[path = "../../examples/webhook_server/server.rs"]
mod server;
