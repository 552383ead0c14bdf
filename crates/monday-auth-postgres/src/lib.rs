//! Token records of the monday.com SDK in PostgreSQL: one refresh at a time over many machines.
//!
//! Must not know: how tokens are fetched, when they are refreshed.

#![cfg_attr(
    not(test),
    deny(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)
)]

mod encryption;
mod hidden;
mod hosts_in_turn;
mod lease_guard;
mod link;
mod postgres_fault;
mod postgres_store;
mod postgres_store_builder;
mod statements;

pub use postgres_fault::PostgresUrlError;
pub use postgres_store::PostgresStore;
pub use postgres_store_builder::PostgresStoreBuilder;
