//! Tokens and token records of the monday.com SDK in AWS Secrets Manager.
//!
//! [`SecretsManagerReader`] reads a token that someone else puts there; [`SecretsManagerStore`] keeps the
//! rotating tokens of OAuth there. Both use the official SDK. Must not know: how tokens are fetched, GraphQL.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod departure;
mod fault;
mod secrets_manager;
mod secrets_manager_reader;
mod secrets_manager_store;
mod service_clock;

pub use secrets_manager_reader::SecretsManagerReader;
pub use secrets_manager_store::{InvalidPrefix, SecretsManagerStore};
