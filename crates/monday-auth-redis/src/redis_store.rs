//! Token records and leases in Redis.
//!
//! Must not know: connections, what a script does.

use std::fmt;
use std::sync::Arc;
use std::time::{Duration, Instant};

use monday_auth::{
    BoxFuture, Expect, Lease, RecordText, StoreError, TokenKey, TokenRecord, TokenStore, Version,
};
use monday_redis::Link;
use redis::aio::ConnectionManager;
use redis::{Cmd, FromRedisValue};
use zeroize::Zeroizing;

use crate::key_names::KeyNames;
use crate::lease_guard::LeaseGuard;
use crate::redis_fault::store_error;
use crate::scripts::{LEASE, LOAD, PREFLIGHT, SAVE, SET_ASIDE};
use crate::{RedisStoreBuilder, RedisUrlError};

/// How long a record that cannot be read is kept aside.
const KEPT_ASIDE: Duration = Duration::from_hours(30 * 24);

/// Keeps each key's record in Redis, in plain text, for all processes that use the same server and prefix. Clones share
/// the connection.
///
/// A save is one script that checks the lease and the version and then writes. The lease is a key that Redis removes
/// when its time is over. Every wait has a limit of 2 seconds, after which Redis counts as
/// [`StoreError::Unavailable`]; tokens in use go on working.
///
/// **Durability is the server's.** A save counts when the master has it in memory. With `appendonly yes` and
/// `appendfsync always` it is on disk by then; with `everysec`, the default, the last second can be lost with the
/// machine; without `appendonly` all since the last snapshot. A failover can lose what the replica did not have yet.
/// What is lost so is one session: its refresh token is spent and the new one gone, and the user must log in again.
/// Set `min-replicas-to-write` and `min-replicas-max-lag` so that a master that lost its replicas refuses, which is
/// noticed before a refresh token is spent. Eviction must not take records: use `noeviction`.
///
/// **Rights.** Keys: the prefix and whatever follows (`~monday-auth:*`). Commands: `EVAL`, and within scripts `GET`,
/// `SET`, `DEL`, `EXISTS`, `HGET`, `HMGET`, `HSET`, `HSTRLEN`, `RENAME`, `PEXPIRE`.
#[derive(Clone)]
pub struct RedisStore {
    link: Link,
    names: KeyNames,
}

impl RedisStore {
    /// A store at this URL, `rediss://user:password@host:port/db`, with keys that begin with `monday-auth:`. Sends
    /// nothing: the connection is made when first needed, and again when it is lost. A URL that cannot be used is an error.
    pub fn connect(url: impl Into<String>) -> Result<Self, RedisUrlError> {
        Self::builder(url).build()
    }

    /// Builds a store at this URL.
    pub fn builder(url: impl Into<String>) -> RedisStoreBuilder {
        RedisStoreBuilder::url(url.into())
    }

    /// Builds a store on a connection of the caller's, who answers for its encryption. Waits have the same limits.
    #[must_use]
    pub fn on(manager: ConnectionManager) -> RedisStoreBuilder {
        RedisStoreBuilder::managed(manager)
    }

    pub(crate) fn new(link: Link, names: KeyNames) -> Self {
        Self { link, names }
    }

    async fn run<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.link.run(command).await.map_err(|silence| store_error(&silence))
    }

    async fn run_again<T: FromRedisValue>(&self, command: &Cmd) -> Result<T, StoreError> {
        self.link.run_again(command).await.map_err(|silence| store_error(&silence))
    }

    async fn read(&self, key: &TokenKey) -> Result<Option<Arc<TokenRecord>>, StoreError> {
        let mut command = LOAD.on(&[&self.names.record(key)]);
        let found: Vec<Vec<u8>> = self.run_again(command.arg(RecordText::LONGEST)).await?;
        let mut found = found.into_iter();
        match (found.next(), found.next(), found.next()) {
            (None, ..) => Ok(None),
            (Some(_), Some(version), Some(record)) => {
                let record = RecordText::read(key, &Zeroizing::new(record))?;
                if version != version_text(record.version()).into_bytes() {
                    return Err(StoreError::Corrupt("its version in Redis is another"));
                }
                Ok(Some(Arc::new(record)))
            }
            _ => Err(StoreError::Corrupt("it is longer than 64 KiB")),
        }
    }

    async fn write(
        &self,
        key: &TokenKey,
        record: &TokenRecord,
        expect: Expect,
        token: &str,
    ) -> Result<(), StoreError> {
        let text = RecordText::write(key, record)?;
        let expected = match expect {
            Expect::Absent => String::new(),
            Expect::Version(version) => version_text(version),
        };
        let mut command = SAVE.on(&[&self.names.record(key), &self.names.lease(key)]);
        command.arg(token).arg(expected).arg(version_text(record.version())).arg(text.as_slice());
        match self.run(&command).await? {
            1 => Ok(()),
            0 => Err(StoreError::Conflict),
            _ => Err(StoreError::NoLease),
        }
    }

    async fn lend(&self, key: &TokenKey, ttl: Duration) -> Result<Option<Lease>, StoreError> {
        let name = self.names.lease(key);
        let guard = LeaseGuard::new(self.link.clone(), name.clone())?;
        let mut command = LEASE.on(&[&name]);
        command.arg(guard.token()).arg(u64::try_from(ttl.as_millis()).unwrap_or(u64::MAX).max(1));
        // Redis counts from later on: here the lease ends first.
        let begun = Instant::now();
        if self.run_again::<i64>(&command).await? == 1 {
            return Ok(Some(Lease::new(key, ttl.saturating_sub(begun.elapsed()), guard)));
        }
        guard.disarm();
        Ok(None)
    }
}

/// The lease's token, if the lease is of such a store, for this key, and has not ended by the clock of this process.
fn token_of<'a>(key: &TokenKey, lease: &'a Lease) -> Result<&'a str, StoreError> {
    let guard = lease.guard::<LeaseGuard>().filter(|_| lease.covers(key));
    guard.map(LeaseGuard::token).ok_or(StoreError::NoLease)
}

fn under_lease(answer: i64) -> Result<(), StoreError> {
    if answer == 1 { Ok(()) } else { Err(StoreError::NoLease) }
}

/// As text: Lua's numbers are not exact beyond 2^53.
fn version_text(version: Version) -> String {
    format!("{}:{}", version.authorized_at, version.generation)
}

impl TokenStore for RedisStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(self.read(key))
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move { self.write(key, &record, expect, token_of(key, lease)?).await })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut command = redis::cmd("DEL");
            command.arg(self.names.record(key)).arg(self.names.unreadable(key));
            self.run_again::<i64>(&command).await.map(|_| ())
        })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(self.lend(key, ttl))
    }

    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let mut command = PREFLIGHT.on(&[&self.names.preflight(key), &self.names.lease(key)]);
            command.arg(token_of(key, lease)?).arg(RecordText::LONGEST);
            under_lease(self.run_again(&command).await?)
        })
    }

    /// Renames it; Redis removes it after 30 days, or with [`delete`](TokenStore::delete).
    fn set_aside<'a>(&'a self, key: &'a TokenKey, lease: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(async move {
            let names = [self.names.record(key), self.names.unreadable(key), self.names.lease(key)];
            let mut command = SET_ASIDE.on(&names.each_ref().map(String::as_str));
            let kept = u64::try_from(KEPT_ASIDE.as_millis()).unwrap_or(u64::MAX);
            command.arg(token_of(key, lease)?).arg(kept);
            under_lease(self.run(&command).await?)
        })
    }
}

impl fmt::Debug for RedisStore {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisStore").field("names", &self.names).finish_non_exhaustive()
    }
}
