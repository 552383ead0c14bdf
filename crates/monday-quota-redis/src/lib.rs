//! Rate limits of monday.com shared by many processes, in Redis.
//!
//! A page of the client's governor, swapped by a script of a few lines. Must not know: what stands on the page.

mod redis_ledger;

pub use monday_redis::RedisUrlError;
pub use redis_ledger::{RedisLedger, RedisLedgerBuilder};
