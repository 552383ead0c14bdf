//! The sandbox on a bad day, over TCP: quotas, kept answers, expired cursors, scripted faults, faults of the wire.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod answers;
mod caller;
mod cursors;
mod expectations;
mod faults;
mod http2;
mod idempotency;
mod quotas;
mod stopping;
mod wire;
