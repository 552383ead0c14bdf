//! Where token records are kept.
//!
//! A store divides by [`TokenKey`], saves by compare-and-swap, and lends a lease so that one process at a time
//! refreshes. Must not know: how tokens are fetched.

#[cfg(feature = "store-conformance")]
mod conformance;
#[cfg(feature = "encrypted-file")]
mod encrypted_file_store;
mod file_store;
#[cfg(feature = "keyring")]
mod keyring_store;
mod lease;
mod lock_file;
mod memory_store;
mod record_text;

use std::fmt;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use crate::{BoxFuture, StoreError, TokenKey, TokenRecord, Version};

#[cfg(feature = "store-conformance")]
pub use conformance::{BrokenPromise, StoreConformance};
pub use file_store::FileStore;
#[cfg(feature = "keyring")]
pub use keyring_store::KeyringStore;
pub use lease::Lease;
pub use memory_store::MemoryStore;
pub use record_text::RecordText;

impl StoreError {
    pub(crate) fn io(doing: &'static str) -> impl FnOnce(io::Error) -> Self {
        move |error| Self::Io { doing, kind: error.kind() }
    }
}

/// What must be in the store for a save to happen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Expect {
    /// No record.
    Absent,
    /// Exactly this version.
    Version(Version),
}

impl Expect {
    /// Whether a store with this record is as expected.
    #[must_use]
    pub fn is_met(self, found: Option<&TokenRecord>) -> bool {
        match self {
            Self::Absent => found.is_none(),
            Self::Version(version) => found.is_some_and(|record| record.version() == version),
        }
    }
}

/// Keeps token records. Nothing of one key can be seen or changed through another.
///
/// # Errors
///
/// Any call may fail because the store cannot be reached or used: [`Unavailable`](StoreError::Unavailable),
/// [`Denied`](StoreError::Denied) and [`NotSetUp`](StoreError::NotSetUp) of servers, [`Io`](StoreError::Io)
/// and [`Exposed`](StoreError::Exposed) of files, [`KeyringUnavailable`](StoreError::KeyringUnavailable) of
/// keyrings. What a call adds to them is said there.
pub trait TokenStore: fmt::Debug + Send + Sync + 'static {
    /// The record of a key; `None` if there is none.
    ///
    /// # Errors
    ///
    /// [`Corrupt`](StoreError::Corrupt) for what is no record of this key.
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>>;

    /// Saves a record if the store is as expected. When it returns, the record is as safe as the store can
    /// make it. The lease is one of this store and key.
    ///
    /// # Errors
    ///
    /// [`Conflict`](StoreError::Conflict) if the store is not as expected, [`NoLease`](StoreError::NoLease)
    /// if the lease has ended or is another key's, [`TooLong`](StoreError::TooLong) for a record that cannot
    /// be kept: nothing is changed then. After [`Unavailable`](StoreError::Unavailable) or
    /// [`Io`](StoreError::Io) it may have been saved all the same.
    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Deletes the record, and whatever else there is under the key. Needs no lease: a save that comes later finds a
    /// conflict.
    ///
    /// # Errors
    ///
    /// None of its own: no record is no error, and one that cannot be read is deleted, too.
    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>>;

    /// The right to refresh this key, for so long; `None` while someone else has it. Dropping it gives it back.
    ///
    /// # Errors
    ///
    /// None of its own: that someone else has it is none.
    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>>;

    /// Whether a record could be saved now: asked before a refresh token is spent, and before it is sent once
    /// more. A store on a server asks the server whose the lease is: the clock of a machine that
    /// sleeps may stand still.
    ///
    /// # Errors
    ///
    /// [`NoLease`](StoreError::NoLease) if the lease has ended or is another key's, else why nothing could be
    /// saved.
    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>>;

    /// Puts a record that cannot be read out of the way, keeping it if it can be kept. Only an explicit login does so.
    ///
    /// # Errors
    ///
    /// [`NoLease`](StoreError::NoLease) if the store looks at the lease and it has ended or is another key's.
    fn set_aside<'a>(&'a self, key: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        self.delete(key)
    }
}
