//! When and how tokens are refreshed: one flight for each key, under a lease, saved before it is used.
//!
//! A refresh token works once. Two refreshes at once, or an answer that is not kept, end the session; everything here
//! is about that. Must not know: what a store or a transport is made of.

mod doctor;
mod flight;
mod live;
mod provider;
mod session;
mod sessions;
mod spend;

pub use provider::OAuthProvider;
pub use sessions::{OAuthSessions, OAuthSessionsBuilder};

/// How long a flight may hold a key.
pub(crate) const LEASE_TIME: std::time::Duration = std::time::Duration::from_secs(30);

/// How long a flight waits for another process's.
pub(crate) const LEASE_WAIT: std::time::Duration = std::time::Duration::from_secs(10);

/// Says at TRACE how far a refresh has come. Tests end the process at these points.
pub(crate) fn refresh_step(step: &'static str) {
    tracing::trace!(target: "monday_auth::step", step);
}

#[cfg(test)]
mod tests;
