//! Tokens and token records of the monday.com SDK in Google Secret Manager.
//!
//! [`SecretManagerReader`] reads a token that someone else puts there; [`SecretManagerStore`] keeps the
//! rotating tokens of OAuth there. Both use the official SDK.
//!
//! ```no_run
//! use google_cloud_secretmanager_v1::client::SecretManagerService;
//! use monday_auth::{Chain, OAuthApp};
//! use monday_auth_google::SecretManagerReader;
//!
//! # async fn example() -> Result<(), Box<dyn std::error::Error>> {
//! let service = SecretManagerService::builder().build().await?;
//!
//! // A personal token, read again when monday refuses it.
//! let token = SecretManagerReader::new(&service, "projects/my-project/secrets/monday")?;
//! let credential = Chain::env().then(token.into_source());
//!
//! // The secret of an app, read again when the authorization server refuses it.
//! let secret = SecretManagerReader::new(&service, "projects/my-project/secrets/monday-app")?;
//! let app = OAuthApp::builder_from("client-id", secret).await?;
//! # Ok(())
//! # }
//! ```
//!
//! Must not know: how tokens are fetched, GraphQL.

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
