//! How the crates of the monday.com SDK reach Redis.
//!
//! Made for `monday-auth-redis` and `monday-quota-redis`; use those. Must not know: tokens, quotas, what is sent.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod link;
mod redis_address;
mod silence;

pub use link::{Limits, Link};
pub use redis_address::{RedisAddress, RedisUrlError};
pub use silence::Silence;
