//! Shared rate limits.
