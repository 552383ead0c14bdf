//! Credentials for the monday.com API: a secret goes in, one `Authorization` header comes out.
//!
//! The only crate that opens a secret. A credential carries its audience (scheme, host and port) and leaves for
//! no other. Must not know: how requests are sent, GraphQL.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod audience;
mod auth_error;
mod credential;
mod endpoint;
mod provider;
mod secret;
mod source;

pub use audience::Audience;
pub use auth_error::{AuthError, EndpointFault, TokenFault};
pub use credential::{Credential, CredentialKind, Generation};
pub use endpoint::Endpoint;
pub use provider::{BoxFuture, CredentialProvider, Rejection, RequestContext};
pub use secret::{Fingerprint, Secret};
pub use source::EnvSource;
