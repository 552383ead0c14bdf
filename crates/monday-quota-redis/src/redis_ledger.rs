//! One hash in Redis: a version and a text.
//!
//! Must not know: what the text says.

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use monday_client::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger};
use redis::aio::{ConnectionManager, ConnectionManagerConfig};
use redis::{Client, RedisError, Script};

type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A page is forgotten after so long without a change: longer than a day, which is the longest limit.
const KEPT_FOR: Duration = Duration::from_hours(25);

/// How long Redis may take for a connection and for an answer. A call waits for half a second at most.
const PATIENCE: Duration = Duration::from_millis(450);

/// A longer page is none.
const LONGEST: &str = "65536";

static SWAP: LazyLock<Script> = LazyLock::new(|| Script::new(include_str!("swap.lua")));

/// Keeps the rate limits of one account and app in Redis, for all processes that are given the same Redis and name.
///
/// ```no_run
/// # fn example() -> Result<(), Box<dyn std::error::Error>> {
/// use monday_client::Client;
/// use monday_quota_redis::RedisLedger;
///
/// let ledger = RedisLedger::connect("rediss://redis.example.com", "my-app/account-1234")?;
/// let client = Client::builder().quota_ledger(ledger).build()?;
/// # Ok(())
/// # }
/// ```
///
/// Each call asks Redis once, and once more where another process was faster. While Redis cannot be had, each process
/// goes on by itself. Numbers of limits are kept, and nothing secret. It is one key, so a cluster will do; Redis 5 or
/// newer.
#[derive(Clone)]
pub struct RedisLedger {
    connection: ConnectionManager,
    key: Arc<str>,
}

impl RedisLedger {
    /// A ledger at this URL (`redis://` or, with TLS, `rediss://`). It connects when first needed, and again after a
    /// loss. `name` is the account's and the app's, whose limits are shared.
    ///
    /// Must be called within a tokio runtime. An URL that cannot be read is an error.
    pub fn connect(url: &str, name: &str) -> Result<Self, InvalidUrl> {
        let client = Client::open(url).map_err(|_| InvalidUrl)?;
        let config = ConnectionManagerConfig::new()
            .set_connection_timeout(Some(PATIENCE))
            .set_response_timeout(Some(PATIENCE))
            .set_number_of_retries(1)
            .set_max_delay(Duration::from_secs(1));
        let connection = ConnectionManager::new_lazy_with_config(client, config).map_err(|_| InvalidUrl)?;
        Ok(Self::new(connection, name))
    }

    /// A ledger on a connection of the caller's: with certificates of its own, say. Its answers should not take longer
    /// than half a second.
    #[must_use]
    pub fn new(connection: ConnectionManager, name: &str) -> Self {
        Self { connection, key: format!("monday-quota:{name}").into() }
    }

    async fn ask(&self, version: Option<u64>, text: &[u8]) -> Result<LedgerSwap, LedgerFault> {
        let mut script = SWAP.key(&*self.key);
        script.arg(version.map_or_else(String::new, |version| version.to_string()));
        script.arg(text).arg(KEPT_FOR.as_secs()).arg(LONGEST);
        let mut connection = self.connection.clone();
        let answer: (bool, u64, u64, u64, Vec<u8>) =
            script.invoke_async(&mut connection).await.map_err(|error| fault(&error))?;
        let (is_done, version, seconds, micros, text) = answer;
        let now = Duration::from_secs(seconds) + Duration::from_micros(micros);
        Ok(if is_done {
            LedgerSwap::Done { version, now }
        } else {
            LedgerSwap::Changed(LedgerPage { text, version, now })
        })
    }
}

/// The error's code alone: its words may hold names and addresses.
fn fault(error: &RedisError) -> LedgerFault {
    tracing::debug!(code = error.code(), kind = ?error.kind(), "the quota ledger failed");
    LedgerFault
}

impl QuotaLedger for RedisLedger {
    fn read(&self) -> BoxFuture<'_, Result<LedgerPage, LedgerFault>> {
        Box::pin(async {
            match self.ask(None, &[]).await? {
                LedgerSwap::Changed(page) => Ok(page),
                LedgerSwap::Done { .. } => Err(LedgerFault),
            }
        })
    }

    fn swap<'a>(&'a self, version: u64, text: &'a [u8]) -> BoxFuture<'a, Result<LedgerSwap, LedgerFault>> {
        Box::pin(self.ask(Some(version), text))
    }
}

/// Shows no address: it may hold a password.
impl fmt::Debug for RedisLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLedger").field("key", &self.key).finish_non_exhaustive()
    }
}

/// The URL is not one of Redis. What it says is not repeated: it may hold a password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InvalidUrl;

impl fmt::Display for InvalidUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the URL is not one of Redis: write redis://HOST:PORT, or rediss:// for TLS")
    }
}

impl std::error::Error for InvalidUrl {}
