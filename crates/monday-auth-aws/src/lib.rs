//! Tokens and token records of the monday.com SDK in AWS Secrets Manager.
//!
//! [`SecretsManagerReader`] reads a token that someone else puts there; [`SecretsManagerStore`] keeps the
//! rotating tokens of OAuth there. Both use the official SDK.
//!
//! ```no_run
//! use monday_auth::{AuthError, Chain, OAuthApp, SecretField};
//! use monday_auth_aws::SecretsManagerReader;
//!
//! # async fn example() -> Result<(), AuthError> {
//! // A personal token in a field of a secret, read again when monday refuses it.
//! let source = SecretsManagerReader::from_env("prod/monday").await.into_source().field("token");
//! let credential = Chain::env().then(source);
//!
//! // The secret of an app, read again when the authorization server refuses it.
//! let reader = SecretsManagerReader::from_env("prod/monday-app").await;
//! let app = OAuthApp::builder_from("client-id", SecretField::new(reader, "client_secret")).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Must not know: how tokens are fetched, GraphQL.

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
