//! The door to an operating system's keyring: every call in time, and no error of the keyring's behind it.
//!
//! Must not know: records, tokens.

use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use keyring_core::{CredentialStore, Entry, Error};
use zeroize::{Zeroize as _, Zeroizing};

use crate::own_thread::on_thread;
use crate::{BoxFuture, Secret, StoreError};

/// How long a call may take. A keyring that wants to ask its user takes longer.
pub(crate) const TIME: Duration = Duration::from_secs(5);

/// Calls that have not come back; with so many the keyring is not asked again.
const MOST_STUCK: usize = 32;

type Opener = dyn Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync;

/// A keyring, open or to be opened when first needed. Clones share it.
///
/// Each call has 5 seconds, on a thread of its own, and then fails with
/// [`StoreError::KeyringUnavailable`]. Nothing is ever kept elsewhere instead.
#[derive(Clone)]
pub struct Keyring(Arc<Inner>);

struct Inner {
    open: Box<Opener>,
    opened: Mutex<Option<Arc<CredentialStore>>>,
    under_way: Arc<AtomicUsize>,
}

impl Keyring {
    /// A keyring that is opened when first needed, and again later if that fails.
    ///
    /// ```
    /// # use monday_auth::Keyring;
    /// let keyring = Keyring::opened_by(|| Ok(keyring_core::mock::Store::new()?));
    /// ```
    pub fn opened_by(
        open: impl Fn() -> keyring_core::Result<Arc<CredentialStore>> + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner { open: Box::new(open), opened: Mutex::default(), under_way: Arc::default() }))
    }

    /// Keeps a secret under a service and user, in place of any other. A [`KeyringSource`](crate::KeyringSource) of the
    /// same service and user finds it.
    ///
    /// # Errors
    ///
    /// [`StoreError::KeyringUnavailable`] for a keyring that is locked, not there, too small for it, or silent for 5
    /// seconds.
    pub fn keep(
        &self,
        service: impl Into<String>,
        user: impl Into<String>,
        secret: &Secret,
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        let (service, user, begun) = (service.into(), user.into(), Instant::now());
        let bytes = Zeroizing::new(secret.expose().as_bytes().to_vec());
        self.call(move |keyring| {
            let entry = keyring.build(&service, &user, None)?;
            // Opening may have taken too long, and whoever asked was told that nothing is kept.
            if begun.elapsed() < TIME { entry.set_secret(&bytes) } else { Err(Error::NoDefaultStore) }
        })
    }

    /// The secret of a service and user; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`StoreError::KeyringUnavailable`] as for [`keep`](Self::keep), [`StoreError::Corrupt`] for what is no text.
    pub fn find(
        &self,
        service: impl Into<String>,
        user: impl Into<String>,
    ) -> BoxFuture<'static, Result<Option<Secret>, StoreError>> {
        let got = self.get(service.into(), user.into());
        Box::pin(async { got.await?.map(|bytes| text(&bytes)).transpose() })
    }

    /// Deletes the secret of a service and user, if there is one.
    ///
    /// # Errors
    ///
    /// [`StoreError::KeyringUnavailable`] as for [`keep`](Self::keep).
    pub fn forget(
        &self,
        service: impl Into<String>,
        user: impl Into<String>,
    ) -> BoxFuture<'static, Result<(), StoreError>> {
        let (service, user) = (service.into(), user.into());
        self.call(move |keyring| delete(&keyring.build(&service, &user, None)?))
    }

    /// The bytes of an entry; `None` if there is none.
    pub(crate) fn get(
        &self,
        service: String,
        user: String,
    ) -> BoxFuture<'static, Result<Option<Zeroizing<Vec<u8>>>, StoreError>> {
        self.call(move |keyring| get(&keyring.build(&service, &user, None)?))
    }

    /// Does several things at once, in the time for one.
    pub(crate) fn call<T: Send + 'static>(
        &self,
        work: impl FnOnce(&CredentialStore) -> keyring_core::Result<T> + Send + 'static,
    ) -> BoxFuture<'static, Result<T, StoreError>> {
        let under_way = Counted::new(&self.0.under_way);
        if under_way.before >= MOST_STUCK {
            return Box::pin(std::future::ready(Err(unavailable("earlier calls have not come back"))));
        }
        let inner = Arc::clone(&self.0);
        let called = on_thread(TIME, move || {
            let result = inner.store().and_then(|store| work(&*store));
            drop(under_way);
            result.map_err(plain)
        });
        Box::pin(async { called.await.unwrap_or(Err(unavailable("it does not answer within 5 seconds"))) })
    }
}

/// Closing may block, and some keyrings panic when an async runtime's thread closes them.
impl Drop for Inner {
    fn drop(&mut self) {
        if let Some(store) = self.opened.lock().unwrap_or_else(PoisonError::into_inner).take() {
            drop(std::thread::Builder::new().name("monday-auth".to_owned()).spawn(|| drop(store)));
        }
    }
}

impl Inner {
    fn store(&self) -> keyring_core::Result<Arc<CredentialStore>> {
        let held = || self.opened.lock().unwrap_or_else(PoisonError::into_inner);
        let found = held().clone();
        if let Some(store) = found {
            return Ok(store);
        }
        // Not under the lock: opening may take for ever.
        let store = (self.open)()?;
        Ok(held().get_or_insert(store).clone())
    }
}

/// The bytes of an entry; `None` if there is none.
pub(crate) fn get(entry: &Entry) -> keyring_core::Result<Option<Zeroizing<Vec<u8>>>> {
    match entry.get_secret() {
        Ok(bytes) => Ok(Some(Zeroizing::new(bytes))),
        Err(Error::NoEntry) => Ok(None),
        Err(error) => Err(error),
    }
}

/// Deletes an entry if there is one.
pub(crate) fn delete(entry: &Entry) -> keyring_core::Result<()> {
    match entry.delete_credential() {
        Err(Error::NoEntry) => Ok(()),
        result => result,
    }
}

/// An entry as text.
pub(crate) fn text(bytes: &[u8]) -> Result<Secret, StoreError> {
    let text = std::str::from_utf8(bytes);
    text.map(Secret::new).map_err(|_| StoreError::Corrupt("the keyring's entry is not readable"))
}

fn unavailable(why: &'static str) -> StoreError {
    StoreError::KeyringUnavailable(why)
}

/// The keyring's own errors may hold what is kept and what was asked: only their kind goes on.
fn plain(error: Error) -> StoreError {
    match error {
        Error::NoStorageAccess(_) => unavailable("it is locked, or does not let this program in"),
        Error::BadEncoding(mut bytes) | Error::BadDataFormat(mut bytes, _) => {
            bytes.zeroize();
            StoreError::Corrupt("the keyring's entry is not readable")
        }
        Error::BadStoreFormat(_) => StoreError::Corrupt("the keyring itself is not readable"),
        Error::Ambiguous(_) => StoreError::Corrupt("the keyring has more than one entry of this name"),
        Error::TooLong(..) => unavailable("the entry is too long for it"),
        Error::Invalid(..) | Error::NotSupportedByStore(_) => unavailable("it cannot keep such entries"),
        _ => unavailable("its service is not there, or failed"),
    }
}

/// One call that has not come back.
struct Counted {
    count: Arc<AtomicUsize>,
    before: usize,
}

impl Counted {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        Self { count: Arc::clone(count), before: count.fetch_add(1, Ordering::SeqCst) }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        self.count.fetch_sub(1, Ordering::SeqCst);
    }
}

/// A keyring that is open.
impl From<Arc<CredentialStore>> for Keyring {
    fn from(store: Arc<CredentialStore>) -> Self {
        let this = Self::opened_by(|| Err(Error::NoDefaultStore));
        *this.0.opened.lock().unwrap_or_else(PoisonError::into_inner) = Some(store);
        this
    }
}

/// Shows nothing of what the keyring shows of itself.
impl fmt::Debug for Keyring {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keyring")
    }
}

#[cfg(test)]
#[cfg(feature = "oauth")]
mod tests;
