//! What talks to an account: boards as structs, seeds, a token, and what is set up.
//!
//! Must not know: how schemas are compared, how documents become code.

pub mod board;
mod connection;
pub mod doctor;
mod keyring;
pub mod login;
mod profile;
pub mod record;
mod runtime;
mod session;
