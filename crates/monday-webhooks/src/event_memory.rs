//! Which events came before, in this process or for many: claimed for a while, then done.
//!
//! Must not know: what an event says.

use std::future::ready;
use std::time::Duration;

use monday_auth::{BoxFuture, SeenWebhooks, WebhookClaim};

/// Where a receiver claims each event. [`SeenWebhooks`] is one for a single process; several machines behind
/// one address share one of their own, such as a table with a unique key, or Redis: `SET key claimed NX EX
/// 50`, then `SET key done EX 2100`.
///
/// ```
/// use std::time::Duration;
/// use monday_webhooks::auth::BoxFuture;
/// use monday_webhooks::{EventMemory, MemoryFault, WebhookClaim};
///
/// /// A database of yours: a key, and whether it is done, until some moment.
/// struct Shared;
///
/// impl Shared {
///     async fn insert_if_absent(&self, _key: &str, _life: Duration) -> Result<bool, std::io::Error> {
///         Ok(true)
///     }
///     async fn is_done(&self, _key: &str) -> Result<bool, std::io::Error> {
///         Ok(false)
///     }
///     async fn put_done(&self, _key: &str, _life: Duration) -> Result<(), std::io::Error> {
///         Ok(())
///     }
///     async fn delete_unless_done(&self, _key: &str) -> Result<(), std::io::Error> {
///         Ok(())
///     }
/// }
///
/// impl EventMemory for Shared {
///     fn claim<'a>(&'a self, key: &'a str, lease: Duration) -> BoxFuture<'a, Result<WebhookClaim, MemoryFault>> {
///         Box::pin(async move {
///             if self.insert_if_absent(key, lease).await.map_err(|_| MemoryFault)? {
///                 return Ok(WebhookClaim::New);
///             }
///             let is_done = self.is_done(key).await.map_err(|_| MemoryFault)?;
///             Ok(if is_done { WebhookClaim::Done } else { WebhookClaim::InFlight })
///         })
///     }
///     fn done<'a>(&'a self, key: &'a str, life: Duration) -> BoxFuture<'a, Result<(), MemoryFault>> {
///         Box::pin(async move { self.put_done(key, life).await.map_err(|_| MemoryFault) })
///     }
///     fn release<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
///         Box::pin(async move { self.delete_unless_done(key).await.map_err(|_| MemoryFault) })
///     }
/// }
/// ```
pub trait EventMemory: Send + Sync {
    /// Claims this key for as long as `lease`, if nobody has it and it is not done. Of several that ask at
    /// once exactly one is told [`WebhookClaim::New`]. A claim that is neither done nor released runs out: it
    /// must never count as done, since whoever had it may be gone.
    ///
    /// Keys are text of at most 300 bytes.
    fn claim<'a>(&'a self, key: &'a str, lease: Duration)
    -> BoxFuture<'a, Result<WebhookClaim, MemoryFault>>;

    /// The event is safe: from now on it is [`WebhookClaim::Done`], for `life` at least, even if the claim
    /// ran out meanwhile.
    fn done<'a>(&'a self, key: &'a str, life: Duration) -> BoxFuture<'a, Result<(), MemoryFault>>;

    /// Gives a claim back, since its event could not be acted on: monday's next try is then new. What is done
    /// stays done.
    fn release<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>>;
}

/// The memory does not answer. Says nothing more, so that nothing of a database's words gets into an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the memory of events does not answer")]
pub struct MemoryFault;

/// Of one process. What is done is remembered for [`SeenWebhooks::LIFE`], whatever `life` is.
impl EventMemory for SeenWebhooks {
    fn claim<'a>(
        &'a self,
        key: &'a str,
        lease: Duration,
    ) -> BoxFuture<'a, Result<WebhookClaim, MemoryFault>> {
        Box::pin(ready(Ok(Self::claim(self, key, lease))))
    }

    fn done<'a>(&'a self, key: &'a str, _life: Duration) -> BoxFuture<'a, Result<(), MemoryFault>> {
        Self::done(self, key);
        Box::pin(ready(Ok(())))
    }

    fn release<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
        Self::release(self, key);
        Box::pin(ready(Ok(())))
    }
}
