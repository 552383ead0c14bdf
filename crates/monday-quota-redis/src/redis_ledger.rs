//! One hash in Redis: a version and a text.
//!
//! Must not know: what the text says.

use std::fmt;
use std::sync::{Arc, LazyLock};
use std::time::Duration;

use monday_client::{LedgerFault, LedgerPage, LedgerSwap, QuotaLedger};
use monday_redis::{Limits, Link, RedisAddress, RedisUrlError, Silence};
use redis::aio::ConnectionManager;
use redis::{Cmd, Script};

type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A page is forgotten after so long without a change: longer than a day, which is the longest limit.
const KEPT_FOR: Duration = Duration::from_hours(25);

/// A call waits for half a second at most.
const LIMITS: Limits = Limits { connect: Duration::from_millis(450), answer: Duration::from_millis(450) };

/// A longer page is none: one has a line for each process and each budget.
const LONGEST: usize = 256 * 1024;

const TEXT: &str = include_str!("swap.lua");

/// The name that Redis knows the script by.
static HASH: LazyLock<String> = LazyLock::new(|| Script::new(TEXT).get_hash().to_owned());

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
/// A call waits for one round trip, and for one more where another process was faster; calls of one process that come
/// together share it. So a Redis nearby is wanted: all processes together make no more swaps than fit one after another
/// into a second, and each needs a round trip. While Redis cannot be had, each process goes on by itself. Numbers of limits
/// are kept, and nothing secret. It is one key, so a cluster's node or proxy will do; Redis 5 or newer.
#[derive(Clone)]
pub struct RedisLedger {
    link: Link,
    key: Arc<str>,
}

/// Builds a [`RedisLedger`]. Shows neither the URL nor its password.
#[derive(Debug)]
pub struct RedisLedgerBuilder {
    address: RedisAddress,
    key: Arc<str>,
}

impl RedisLedger {
    /// A ledger at this URL, `rediss://user:password@host:port/db`, or `redis://` on this machine. Sends nothing: it
    /// connects when first needed, and again after a loss. `name` is the account's and the app's, whose limits are shared.
    ///
    /// A URL that cannot be read, or that would take the password over the network in the open, is an error.
    pub fn connect(url: impl Into<String>, name: &str) -> Result<Self, RedisUrlError> {
        Self::builder(url, name).build()
    }

    /// Builds a ledger at this URL.
    pub fn builder(url: impl Into<String>, name: &str) -> RedisLedgerBuilder {
        RedisLedgerBuilder { address: RedisAddress::new(url), key: key(name) }
    }

    /// A ledger on a connection of the caller's, which answers for its encryption. Waits have the same limits.
    #[must_use]
    pub fn on(manager: ConnectionManager, name: &str) -> Self {
        Self { link: Link::on(manager, LIMITS), key: key(name) }
    }

    async fn ask(&self, version: Option<u64>, text: &[u8]) -> Result<LedgerSwap, LedgerFault> {
        // Done twice it does no harm: the second finds the first's page.
        let answer = match self.link.run_again(&self.command("EVALSHA", &HASH, version, text)).await {
            Err(silence) if silence.code() == Some("NOSCRIPT") => {
                self.link.run_again(&self.command("EVAL", TEXT, version, text)).await
            }
            answer => answer,
        };
        let (is_done, version, seconds, micros, text): (bool, u64, u64, u64, Vec<u8>) =
            answer.map_err(|silence| fault(&silence))?;
        let now = Duration::from_secs(seconds) + Duration::from_micros(micros);
        Ok(if is_done {
            LedgerSwap::Done { version, now }
        } else {
            LedgerSwap::Changed(LedgerPage { text, version, now })
        })
    }

    fn command(&self, name: &str, script: &str, version: Option<u64>, text: &[u8]) -> Cmd {
        let mut command = redis::cmd(name);
        command.arg(script).arg(1).arg(&*self.key);
        command.arg(version.map_or_else(String::new, |version| version.to_string()));
        command.arg(text).arg(KEPT_FOR.as_secs()).arg(LONGEST);
        command
    }
}

fn key(name: &str) -> Arc<str> {
    format!("monday-quota:{name}").into()
}

impl RedisLedgerBuilder {
    /// Trusts the certificate authorities of a PEM file instead of those of the machine. Only for `rediss://`.
    #[must_use]
    pub fn private_authority(mut self, pem: impl Into<Vec<u8>>) -> Self {
        self.address = self.address.private_authority(pem);
        self
    }

    /// Lets the password cross the network in the open, by `redis://` to another machine: for a network that encrypts by
    /// itself.
    #[must_use]
    pub fn allow_plain_text(mut self) -> Self {
        self.address = self.address.allow_plain_text();
        self
    }

    /// Builds it. Sends nothing. The errors are those of [`RedisLedger::connect`], and a PEM file without a certificate.
    pub fn build(self) -> Result<RedisLedger, RedisUrlError> {
        Ok(RedisLedger { link: self.address.link(LIMITS)?, key: self.key })
    }
}

/// The error's code alone: its words may hold names and addresses.
fn fault(silence: &Silence) -> LedgerFault {
    tracing::debug!(code = silence.code(), "the quota ledger failed");
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
        if text.len() > LONGEST {
            return Box::pin(std::future::ready(Err(LedgerFault)));
        }
        Box::pin(self.ask(Some(version), text))
    }
}

/// Shows no address: it may hold a password.
impl fmt::Debug for RedisLedger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RedisLedger").field("key", &self.key).finish_non_exhaustive()
    }
}
