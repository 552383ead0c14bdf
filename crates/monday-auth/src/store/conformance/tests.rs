//! The suite on this crate's own stores, and on stores that are broken in one way each.
//!
//! Must not know: how a check looks at a store.

mod broken;
mod careless;

use std::sync::Arc;
use std::time::Duration;

use tempfile::TempDir;

use super::*;
use crate::runtime::TokioNow;
use crate::{FileStore, MemoryStore};

async fn pass(first: impl TokenStore, second: impl TokenStore) {
    let suite = StoreConformance::new(first, second, Arc::new(TokioNow));
    let run = tokio::time::timeout(Duration::from_mins(2), suite.run()).await;
    assert_eq!(run.expect("within two minutes"), Ok(()));
}

#[tokio::test]
async fn the_memory_store_keeps_its_promises() {
    let store = MemoryStore::new();
    pass(store.clone(), store.clone()).await;
    assert!(store.is_empty(), "nothing is left");
}

/// What is in a folder besides lock files.
fn left(folder: &TempDir) -> Vec<String> {
    let paths = std::fs::read_dir(folder.path().join("tokens")).unwrap().map(|file| file.unwrap().path());
    let others = paths.filter(|path| path.extension().is_none_or(|ending| ending != "lock"));
    others.map(|path| path.display().to_string()).collect()
}

#[tokio::test]
async fn the_file_store_keeps_its_promises() {
    let place = tempfile::tempdir().unwrap();
    let store = || FileStore::new(place.path().join("tokens"), Arc::new(TokioNow));
    pass(store(), store()).await;
    assert_eq!(left(&place), [""; 0], "nothing is left");
}

#[cfg(feature = "encrypted-file")]
#[tokio::test]
async fn the_encrypted_file_store_keeps_its_promises() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("tokens");
    let key = || crate::SealKey::new([7; 32]);
    let store = || FileStore::encrypted(&folder, "key-1", key(), Arc::new(TokioNow));
    pass(store(), store()).await;
    assert_eq!(left(&place), [""; 0], "nothing is left");
}

#[cfg(feature = "keyring")]
#[tokio::test]
async fn the_keyring_store_keeps_its_promises() {
    let place = tempfile::tempdir().unwrap();
    let keyring: Arc<keyring_core::CredentialStore> = keyring_core::mock::Store::new().unwrap();
    let locks = place.path().join("locks");
    let store = || crate::KeyringStore::new(Arc::clone(&keyring), &locks, Arc::new(TokioNow));
    pass(store(), store()).await;
}

#[test]
fn every_promise_is_another_sentence() {
    let promises: Vec<_> = StoreConformance::promises().collect();
    let different: std::collections::BTreeSet<_> = promises.iter().collect();
    assert_eq!(different.len(), promises.len());
    assert!(promises.len() > 20);
    assert!(
        promises.iter().all(|promise| promise.starts_with(char::is_lowercase) && !promise.ends_with('.'))
    );
}
