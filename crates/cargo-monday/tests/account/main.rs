//! The commands that talk to an account, run as a person runs them, against the sandbox.
//!
//! Must not know: how they do it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod consent;
mod desk;
mod doctor;
mod keyring;
mod login;
mod prompt;
mod pull;
mod pulled_crate;
mod record;
