//! Requests that monday signs: who is calling, and whether it is monday.
//!
//! Each kind has one secret, told apart by type. HS256 only; the comparison is constant in time. The tokens sign
//! themselves and not the body: who has seen one may send it again, with another body, until it ends. Sources:
//! <https://developer.monday.com/apps/docs/integration-authorization>,
//! <https://developer.monday.com/apps/docs/choosing-auth>. Must not know: HTTP, what the body says.

mod board_webhook;
mod claims;
mod integration_request;
mod jwt;
mod lifecycle_webhook;
mod session_token;
mod signing_key;

pub use board_webhook::BoardWebhook;
pub use integration_request::IntegrationRequest;
pub use lifecycle_webhook::LifecycleWebhook;
pub use session_token::SessionToken;
pub use signing_key::{ClientSecret, SigningSecret};

#[cfg(test)]
mod tests;
