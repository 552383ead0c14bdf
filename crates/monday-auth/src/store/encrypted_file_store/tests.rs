//! Records that were changed, swapped or put back, T27 of the threat model.

use std::fs;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::runtime::TokioNow;
use crate::{Expect, TokenStore as _};

fn key(account: &str) -> TokenKey {
    TokenKey::new("app", account, "user")
}

fn record(key: &TokenKey, generation: u64) -> Arc<TokenRecord> {
    let text = serde_json::json!({
        "format": "monday-token-record", "version": 1, "app": key.app(), "account": key.account(),
        "user": key.user(), "kind": "oauth", "access_token": format!("canary-access-{}-{generation}", key.account()),
        "refresh_token": "canary-refresh", "scope": "me:read", "obtained_at": 1_700_000_000_000_u64,
        "expires_at": 1_700_003_600_000_u64, "authorized_at": 1_700_000_000_000_u64, "generation": generation,
        "issuer": "https://auth.monday.com", "needs_consent": false
    });
    Arc::new(RecordText::read(key, text.to_string().as_bytes()).unwrap())
}

fn store(folder: &Path, id: &str, byte: u8) -> FileStore {
    FileStore::encrypted(folder, id, SealKey::new([byte; 32]), Arc::new(TokioNow))
}

async fn save(store: &FileStore, key: &TokenKey, generation: u64) {
    let lease = store.lease(key, Duration::from_mins(1)).await.unwrap().unwrap();
    let found = store.load(key).await.unwrap();
    let expect = found.map_or(Expect::Absent, |found| Expect::Version(found.version()));
    store.save(key, record(key, generation), expect, &lease).await.unwrap();
}

fn place() -> (tempfile::TempDir, PathBuf) {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("tokens");
    (place, folder)
}

#[tokio::test]
async fn a_changed_bit_anywhere_is_noticed() {
    let (_place, folder) = place();
    let (store, key) = (store(&folder, "key-1", 1), key("one"));
    save(&store, &key, 1).await;
    let path = store.path_of(&key);
    let whole = fs::read(&path).unwrap();
    assert!(!String::from_utf8_lossy(&whole).contains("canary"), "encrypted");
    for bit in 0..whole.len() * 8 {
        let mut changed = whole.clone();
        changed[bit / 8] ^= 1 << (bit % 8);
        fs::write(&path, changed).unwrap();
        let found = store.load(&key).await;
        assert!(matches!(found, Err(StoreError::Corrupt(_))), "bit {bit}: {found:?}");
    }
    for length in 0..whole.len() {
        fs::write(&path, &whole[..length]).unwrap();
        assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))), "cut to {length}");
    }
    fs::write(&path, [whole.as_slice(), b"x"].concat()).unwrap();
    assert!(store.load(&key).await.is_err());
    fs::write(&path, whole).unwrap();
    assert!(store.load(&key).await.unwrap().is_some());
}

#[tokio::test]
async fn two_accounts_files_cannot_be_swapped() {
    let (_place, folder) = place();
    let store = store(&folder, "key-1", 1);
    let (one, two) = (key("one"), key("two"));
    save(&store, &one, 1).await;
    save(&store, &two, 1).await;
    let aside = folder.join("aside");
    fs::rename(store.path_of(&one), &aside).unwrap();
    fs::rename(store.path_of(&two), store.path_of(&one)).unwrap();
    fs::rename(&aside, store.path_of(&two)).unwrap();
    for key in [&one, &two] {
        // The seal itself is bound to the key: it does not come to reading the record.
        let expected = StoreError::Corrupt("it was changed, or sealed for another key");
        assert_eq!(store.load(key).await.unwrap_err(), expected);
    }
}

#[tokio::test]
async fn an_older_file_put_back_reads_as_the_older_version() {
    let (_place, folder) = place();
    let (store, key) = (store(&folder, "key-1", 1), key("one"));
    save(&store, &key, 1).await;
    let older = fs::read(store.path_of(&key)).unwrap();
    save(&store, &key, 2).await;
    assert_eq!(store.load(&key).await.unwrap().unwrap().version().generation, 2);
    fs::write(store.path_of(&key), older).unwrap();
    // As documented: nothing here can tell; the server refuses its refresh token.
    let found = store.load(&key).await.unwrap().unwrap();
    assert_eq!(
        (found.version(), found.fingerprint()),
        (record(&key, 1).version(), record(&key, 1).fingerprint())
    );
}

#[tokio::test]
async fn another_key_another_name_of_it_and_plain_text_are_refused() {
    let (_place, folder) = place();
    let key = key("one");
    save(&store(&folder, "key-1", 1), &key, 1).await;
    for other in
        [store(&folder, "key-1", 2), store(&folder, "key-2", 1), FileStore::new(&folder, Arc::new(TokioNow))]
    {
        assert!(matches!(other.load(&key).await, Err(StoreError::Corrupt(_))));
    }
    let store = store(&folder, "key-1", 1);
    let plain = RecordText::write(&key, &record(&key, 1)).unwrap();
    fs::write(store.path_of(&key), &*plain).unwrap();
    assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))));
}
