//! Tokens and token records of the monday.com SDK in Google Secret Manager.
//!
//! [`SecretManagerReader`] reads a token that someone else puts there; [`SecretManagerStore`] keeps the
//! rotating tokens of OAuth there. Both use the official SDK. Must not know: how tokens are fetched, GraphQL.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod fault;
mod payload;
mod secret_manager;
mod secret_manager_reader;
mod secret_manager_store;

pub use secret_manager_reader::{InvalidSecretName, SecretManagerReader};
pub use secret_manager_store::{InvalidPlace, SecretManagerStore};
