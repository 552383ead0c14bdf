//! Records in the operating system's keyring; leases in a folder of lock files.
//!
//! Must not know: refreshing, how the keyring is reached.

use std::future::ready;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::lock_file::{self, Held};
use super::{Expect, Lease, RecordText, StoreError, TokenStore};
use crate::keyring::{TIME, delete, get};
use crate::runtime::off_thread;
use crate::{BoxFuture, Keyring, Runtime, TokenKey, TokenRecord};

/// What all entries are filed under.
const SERVICE: &str = "monday-sdk";

/// Keeps each key's record as an entry of a keyring, under the service `monday-sdk` and the key's name.
///
/// A keyring has neither locks nor compare-and-swap, so the lease is a lock on a file in a folder of this user, and a
/// save happens under it; the files are empty. A keyring that is locked, not there, or silent for 5 seconds is
/// [`StoreError::KeyringUnavailable`]: nothing is ever written elsewhere instead. Windows keeps 2560 bytes in an entry,
/// which may be less than a record.
#[derive(Debug, Clone)]
pub struct KeyringStore {
    keyring: Keyring,
    folder: PathBuf,
    runtime: Arc<dyn Runtime>,
}

impl KeyringStore {
    /// A store in this keyring, with its lock files in this folder, which is made when first needed.
    pub fn new(keyring: impl Into<Keyring>, locks: impl Into<PathBuf>, runtime: Arc<dyn Runtime>) -> Self {
        Self { keyring: keyring.into(), folder: locks.into(), runtime }
    }
}

impl TokenStore for KeyringStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        let got = self.keyring.get(SERVICE.to_owned(), key.name());
        Box::pin(async move {
            let bytes = got.await?;
            bytes.map(|bytes| RecordText::read(key, &bytes).map(Arc::new)).transpose()
        })
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let held = match Held::by(lease, key) {
            Ok(held) => held,
            Err(error) => return Box::pin(ready(Err(error))),
        };
        let (key, begun) = (key.clone(), Instant::now());
        let saved = self.keyring.call(move |keyring| {
            let _turn = held.turn();
            let entry = keyring.build(SERVICE, &key.name(), None)?;
            let bytes = get(&entry)?;
            let found = bytes.map(|bytes| RecordText::read(&key, &bytes)).transpose();
            let new = found.and_then(|found| {
                // Whoever asked has given up: someone else may save any time.
                let in_time = begun.elapsed() < TIME;
                if in_time && expect.is_met(found.as_ref()) {
                    RecordText::write(&key, &record)
                } else {
                    Err(StoreError::Conflict)
                }
            });
            match new {
                Ok(new) => entry.set_secret(&new).map(Ok),
                Err(error) => Ok(Err(error)),
            }
        });
        Box::pin(async { saved.await? })
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        let name = key.name();
        self.keyring.call(move |keyring| {
            delete(&keyring.build(SERVICE, &name, None)?)?;
            // What was set aside may hold tokens too.
            delete(&keyring.build(SERVICE, &format!("{name}.unreadable"), None)?)
        })
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        Box::pin(async move {
            // Without a keyring there is nothing to lease, and no file appears.
            self.keyring.call(|_| Ok(())).await?;
            let (folder, key) = (self.folder.clone(), key.clone());
            let leased = off_thread(&self.runtime, move || lock_file::lease(&folder, &key, ttl)).await;
            leased.unwrap_or(Err(StoreError::Unavailable))
        })
    }

    /// Writes an entry of no meaning and deletes it: a keyring that has been locked meanwhile says so.
    fn check_writable<'a>(
        &'a self,
        key: &'a TokenKey,
        _: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        let name = format!("{}.preflight", key.name());
        self.keyring.call(move |keyring| {
            let entry = keyring.build(SERVICE, &name, None)?;
            entry.set_secret(b"preflight")?;
            delete(&entry)
        })
    }

    /// Keeps what cannot be read under another name.
    fn set_aside<'a>(&'a self, key: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        let name = key.name();
        self.keyring.call(move |keyring| {
            let entry = keyring.build(SERVICE, &name, None)?;
            if let Some(bytes) = get(&entry)? {
                keyring.build(SERVICE, &format!("{name}.unreadable"), None)?.set_secret(&bytes)?;
            }
            delete(&entry)
        })
    }
}
