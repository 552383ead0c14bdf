//! What every token store must do, as checks that can be run on any of them.
//!
//! Must not know: which store it is.

mod check;
mod ground;
mod keys;
mod leases;
mod records;
mod refreshes;
mod sizes;

use std::fmt;
use std::sync::Arc;

use super::TokenStore;
use crate::Runtime;
use check::Check;
use ground::Ground;

/// The checks that every [`TokenStore`] must pass, whoever wrote it.
///
/// A store that is your own is checked by a test of yours, with two handles on the same place as two processes have
/// them: two connections to one server, two stores in one folder, two clones of one memory.
///
/// ```no_run
/// use std::sync::Arc;
/// use monday_auth::{BrokenPromise, MemoryStore, Runtime, StoreConformance};
///
/// async fn my_store_keeps_its_promises(runtime: Arc<dyn Runtime>) -> Result<(), BrokenPromise> {
///     let store = MemoryStore::new();
///     StoreConformance::new(store.clone(), store, runtime).run().await
/// }
/// ```
///
/// `runtime` is the one the store is used with; `monday_client` has tokio's. Its clock must be the real one, since leases
/// end by it. A run takes some seconds and some hundreds of calls; all of it happens under random keys, so runs on the
/// same server do not meet, and a place that is in use is not disturbed.
///
/// The largest record that a store must keep here has 48 KiB, because AWS Secrets Manager and Google Secret Manager keep
/// 64 KiB with whatever the store adds. A store may refuse a record of more than 60 KiB, and every store refuses one of
/// more than 64 KiB ([`RecordText::LONGEST`](crate::RecordText::LONGEST)). Windows keeps 2560 bytes in an entry of its
/// keyring: there `KeyringStore` does not pass.
///
/// The promises are listed by [`promises`](Self::promises):
///
/// ```
/// let promises: Vec<_> = monday_auth::StoreConformance::promises().collect();
/// assert!(promises.contains(&"a save that expects another version is a conflict and changes nothing"));
/// ```
#[derive(Debug)]
pub struct StoreConformance {
    first: Arc<dyn TokenStore>,
    second: Arc<dyn TokenStore>,
    runtime: Arc<dyn Runtime>,
}

/// A promise that a store does not keep. It names no token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BrokenPromise {
    promise: &'static str,
    found: String,
}

/// What is promised besides: that a run can begin, and that it leaves nothing.
const BEGIN: &str = "the operating system gives random numbers for the keys";
const CLEAN: &str = "whatever was saved can be deleted";

fn checks() -> impl Iterator<Item = &'static Check> {
    [records::CHECKS, leases::CHECKS, keys::CHECKS, sizes::CHECKS, refreshes::CHECKS].into_iter().flatten()
}

impl StoreConformance {
    /// Two handles on the same place, as two processes have them.
    pub fn new(first: impl TokenStore, second: impl TokenStore, runtime: Arc<dyn Runtime>) -> Self {
        Self { first: Arc::new(first), second: Arc::new(second), runtime }
    }

    /// What a store promises, in the order in which it is checked.
    pub fn promises() -> impl Iterator<Item = &'static str> {
        checks().map(|check| check.promise).chain([CLEAN])
    }

    /// Runs all checks, under keys of their own, and deletes what it made, also after a failure. The first
    /// promise that is not kept is the error. A call that does not come back within 20 seconds breaks the
    /// promise it was made for. A run that is dropped leaves its records. Services that cannot remove what a
    /// record was in keep it empty: rows in PostgreSQL, secrets in AWS Secrets Manager and Google Secret
    /// Manager.
    pub async fn run(&self) -> Result<(), BrokenPromise> {
        let (first, second) = (Arc::clone(&self.first), Arc::clone(&self.second));
        let ground = Ground::new(first, second, Arc::clone(&self.runtime));
        let ground = ground.ok_or(BrokenPromise { promise: BEGIN, found: "it gives none".to_owned() })?;
        let mut result = Ok(());
        for Check { promise, run } in checks() {
            if let Err(found) = run(&ground).await {
                result = Err(BrokenPromise { promise, found });
                break;
            }
        }
        let cleaned = ground.clean().await.map_err(|found| BrokenPromise { promise: CLEAN, found });
        result.and(cleaned)
    }
}

impl BrokenPromise {
    /// The promise, one of [`StoreConformance::promises`].
    #[must_use]
    pub fn promise(&self) -> &'static str {
        self.promise
    }

    /// What was found instead.
    #[must_use]
    pub fn found(&self) -> &str {
        &self.found
    }
}

impl fmt::Display for BrokenPromise {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.promise, self.found)
    }
}

impl std::error::Error for BrokenPromise {}

#[cfg(test)]
mod tests;
