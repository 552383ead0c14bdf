//! The commands that talk to an account, run as a person runs them, against the sandbox.
//!
//! Must not know: how they do it.

mod desk;
mod doctor;
mod login;
mod pull;
mod pulled_crate;
