//! OAuth 2.1 and monday's legacy flow: authorize, exchange, refresh, revoke, migrate.
//!
//! Requests are formed by the `oauth2` crate and sent through [`HttpSend`](crate::HttpSend). Must not know: where
//! tokens are kept.

mod app;
mod app_secret;
mod auth_server;
mod callback;
mod discovery;
mod migrate;
mod pending;
mod redirect_uri;
mod refusal;
mod requests;
#[cfg(feature = "sealed-cookie")]
mod sealed;
mod token_answer;

pub use app::{AuthorizeOptions, OAuthApp, OAuthAppBuilder};
pub use auth_server::{AuthServer, Flow};
pub use callback::Callback;
pub use pending::{AuthorizationCode, AuthorizationUrl, PendingAuthorization};
pub use redirect_uri::RedirectUri;
pub use token_answer::TokenGrant;

pub(crate) use app::REQUEST_TIME;
pub(crate) use app_secret::READ_TIME;
pub(crate) use token_answer::Unusable;
