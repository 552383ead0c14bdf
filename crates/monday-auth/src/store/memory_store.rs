//! Records in this process only.
//!
//! Must not know: files.

use std::collections::{HashMap, HashSet};
use std::future::ready;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::{Expect, Lease, RecordText, StoreError, TokenStore};
use crate::{BoxFuture, TokenKey, TokenRecord};

/// Keeps records in memory: they are gone with the process. Clones share them.
#[derive(Debug, Clone, Default)]
pub struct MemoryStore(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    records: HashMap<TokenKey, Arc<TokenRecord>>,
    leased: HashSet<TokenKey>,
}

struct Guard {
    store: MemoryStore,
    key: TokenKey,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.store.lock().leased.remove(&self.key);
    }
}

impl MemoryStore {
    /// An empty store.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    #[cfg(all(test, feature = "store-conformance"))]
    pub(super) fn is_empty(&self) -> bool {
        self.lock().records.is_empty()
    }

    fn lock(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TokenStore for MemoryStore {
    fn load<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<Option<Arc<TokenRecord>>, StoreError>> {
        Box::pin(ready(Ok(self.lock().records.get(key).cloned())))
    }

    fn save<'a>(
        &'a self,
        key: &'a TokenKey,
        record: Arc<TokenRecord>,
        expect: Expect,
        lease: &'a Lease,
    ) -> BoxFuture<'a, Result<(), StoreError>> {
        // What other stores could not keep is not kept here either.
        let text = RecordText::write(key, &record);
        let mut kept = self.lock();
        let result = if !lease.covers(key) {
            Err(StoreError::NoLease)
        } else if let Err(error) = text {
            Err(error)
        } else if expect.is_met(kept.records.get(key).map(|found| &**found)) {
            kept.records.insert(key.clone(), record);
            Ok(())
        } else {
            Err(StoreError::Conflict)
        };
        Box::pin(ready(result))
    }

    fn delete<'a>(&'a self, key: &'a TokenKey) -> BoxFuture<'a, Result<(), StoreError>> {
        self.lock().records.remove(key);
        Box::pin(ready(Ok(())))
    }

    fn lease<'a>(
        &'a self,
        key: &'a TokenKey,
        ttl: Duration,
    ) -> BoxFuture<'a, Result<Option<Lease>, StoreError>> {
        let is_free = self.lock().leased.insert(key.clone());
        let guard = || Guard { store: self.clone(), key: key.clone() };
        Box::pin(ready(Ok(is_free.then(|| Lease::new(key, ttl, guard())))))
    }

    fn check_writable<'a>(&'a self, _: &'a TokenKey, _: &'a Lease) -> BoxFuture<'a, Result<(), StoreError>> {
        Box::pin(ready(Ok(())))
    }
}
