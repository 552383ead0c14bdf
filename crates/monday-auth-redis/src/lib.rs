//! Token records of the monday.com SDK in Redis: one refresh at a time over many machines.
//!
//! Must not know: how tokens are fetched, when they are refreshed.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod key_names;
mod lease_guard;
mod redis_fault;
mod redis_store;
mod redis_store_builder;
mod scripts;

pub use monday_redis::RedisUrlError;
pub use redis_store::RedisStore;
pub use redis_store_builder::RedisStoreBuilder;
