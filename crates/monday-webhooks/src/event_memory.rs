//! Which events came before, in this process or for many.
//!
//! Must not know: what an event says.

use std::future::ready;

use monday_auth::{BoxFuture, SeenWebhooks};

/// Where a receiver asks whether an event is new. [`SeenWebhooks`] is one for a single process; several
/// machines behind one address share one of their own, such as a table with a unique key or Redis' `SET key 1
/// NX EX 2100`.
///
/// ```
/// use monday_webhooks::auth::BoxFuture;
/// use monday_webhooks::{EventMemory, MemoryFault};
///
/// /// A database of yours.
/// struct Shared;
///
/// impl Shared {
///     async fn insert_if_absent(&self, _key: &str) -> Result<bool, std::io::Error> {
///         Ok(true)
///     }
///     async fn delete(&self, _key: &str) -> Result<(), std::io::Error> {
///         Ok(())
///     }
/// }
///
/// impl EventMemory for Shared {
///     fn is_new<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, MemoryFault>> {
///         Box::pin(async move { self.insert_if_absent(key).await.map_err(|_| MemoryFault) })
///     }
///     fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
///         Box::pin(async move { self.delete(key).await.map_err(|_| MemoryFault) })
///     }
/// }
/// ```
pub trait EventMemory: Send + Sync {
    /// Whether this key is seen for the first time; it is from then on remembered, for [`SeenWebhooks::LIFE`]
    /// at least. Of several that ask at once exactly one is told yes.
    ///
    /// Keys are text of at most 300 bytes.
    fn is_new<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, MemoryFault>>;

    /// Forgets a key again, since its event could not be acted on: monday's next try is then new.
    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>>;
}

/// The memory does not answer. Says nothing more, so that nothing of a database's words gets into an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[error("the memory of events does not answer")]
pub struct MemoryFault;

impl EventMemory for SeenWebhooks {
    fn is_new<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<bool, MemoryFault>> {
        Box::pin(ready(Ok(Self::is_new(self, key))))
    }

    fn forget<'a>(&'a self, key: &'a str) -> BoxFuture<'a, Result<(), MemoryFault>> {
        Self::forget(self, key);
        Box::pin(ready(Ok(())))
    }
}
