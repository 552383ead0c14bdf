//! What an endpoint does with a webhook besides checking its signature: answer the challenge, see each event once.
//!
//! Must not know: signatures, HTTP.

mod challenge;
mod seen;

pub use challenge::WebhookChallenge;
pub use seen::{SeenWebhooks, WebhookClaim};
