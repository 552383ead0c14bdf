//! Why the authorization server gave no answer.
//!
//! Must not know: what was sent.

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum HttpFault {
    /// Nothing was sent.
    #[error("no connection; nothing was sent")]
    NotSent,
    /// The request may have been received.
    #[error("the connection broke or timed out after the request may have been received")]
    MaybeSent,
    /// The answer is too long, or cannot be decoded.
    #[error("the answer is longer than 64 KiB or cannot be decoded")]
    Unreadable,
}
