//! Keyrings that work, fail in every way, and never answer.

use std::any::Any;
use std::collections::HashMap;
use std::time::Instant;

use keyring_core::api::{CredentialApi, CredentialStoreApi};
use keyring_core::{Credential as Kept, Result, mock};

use super::*;
use crate::runtime::TokioNow;
use crate::{
    AuthError, CredentialProvider as _, CredentialSource as _, Expect, KeyringSource, KeyringStore,
    RecordText, Rejection, Secret, TokenKey, TokenRecord, TokenStore as _,
};

const CANARY: &str = "canary-secret-1";
const MINUTE: Duration = Duration::from_mins(1);

/// Fails as told, or not at all and never answers.
#[derive(Debug)]
struct Broken(Option<fn() -> Error>);

impl Broken {
    fn fail<T>(&self) -> Result<T> {
        match self.0 {
            Some(error) => Err(error()),
            None => loop {
                std::thread::park();
            },
        }
    }
}

impl CredentialApi for Broken {
    fn set_secret(&self, _: &[u8]) -> Result<()> {
        self.fail()
    }
    fn get_secret(&self) -> Result<Vec<u8>> {
        self.fail()
    }
    fn delete_credential(&self) -> Result<()> {
        self.fail()
    }
    fn get_credential(&self) -> Result<Option<Arc<Kept>>> {
        self.fail()
    }
    fn get_specifiers(&self) -> Option<(String, String)> {
        None
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl CredentialStoreApi for Broken {
    fn vendor(&self) -> String {
        CANARY.to_owned()
    }
    fn id(&self) -> String {
        CANARY.to_owned()
    }
    fn build(&self, _: &str, _: &str, _: Option<&HashMap<&str, &str>>) -> Result<Entry> {
        Ok(Entry::new_with_credential(Arc::new(Self(self.0))))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

fn key() -> TokenKey {
    TokenKey::new("app", "account", "user")
}

fn record(key: &TokenKey, generation: u64) -> Arc<TokenRecord> {
    let text = serde_json::json!({
        "format": "monday-token-record", "version": 1, "app": key.app(), "account": key.account(),
        "user": key.user(), "kind": "oauth", "access_token": format!("access-{generation}"),
        "refresh_token": format!("refresh-{generation}"), "scope": "me:read", "obtained_at": 1_700_000_000_000_u64,
        "expires_at": 1_700_003_600_000_u64, "authorized_at": 1_700_000_000_000_u64, "generation": generation,
        "issuer": "https://auth.monday.com", "needs_consent": false
    });
    Arc::new(RecordText::read(key, text.to_string().as_bytes()).unwrap())
}

fn store(keyring: impl Into<Keyring>, folder: &tempfile::TempDir) -> KeyringStore {
    KeyringStore::new(keyring, folder.path().join("locks"), Arc::new(TokioNow))
}

fn working() -> Arc<CredentialStore> {
    mock::Store::new().unwrap()
}

#[tokio::test]
async fn a_record_is_saved_compared_and_deleted() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), working());
    let (store, key) = (store(Arc::clone(&keyring), &folder), key());
    assert!(store.load(&key).await.unwrap().is_none());
    let lease = store.lease(&key, MINUTE).await.unwrap().unwrap();
    assert!(store.lease(&key, MINUTE).await.unwrap().is_none(), "one lease at a time");
    store.check_writable(&key, &lease).await.unwrap();
    let first = record(&key, 1);
    store.save(&key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
    let conflict = store.save(&key, record(&key, 2), Expect::Absent, &lease).await;
    assert_eq!(conflict, Err(StoreError::Conflict));
    store.save(&key, record(&key, 2), Expect::Version(first.version()), &lease).await.unwrap();
    let conflict = store.save(&key, record(&key, 3), Expect::Version(first.version()), &lease).await;
    assert_eq!(conflict, Err(StoreError::Conflict));
    assert_eq!(store.load(&key).await.unwrap().unwrap().fingerprint(), record(&key, 2).fingerprint());
    let other = TokenKey::new("app", "another account", "user");
    assert!(store.load(&other).await.unwrap().is_none());
    let no_lease = store.save(&other, record(&other, 1), Expect::Absent, &lease).await;
    assert_eq!(no_lease, Err(StoreError::NoLease));
    drop(lease);
    assert!(store.lease(&key, MINUTE).await.unwrap().is_some(), "given back");
    store.delete(&key).await.unwrap();
    store.delete(&key).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_none());
    let files: Vec<_> = std::fs::read_dir(folder.path().join("locks")).unwrap().map(|f| f.unwrap()).collect();
    assert!(files.iter().all(|file| file.metadata().unwrap().len() == 0), "lock files hold nothing");
}

#[tokio::test]
async fn an_entry_that_is_no_record_is_set_aside_only_when_asked() {
    let (folder, keyring) = (tempfile::tempdir().unwrap(), working());
    let (store, key) = (store(Arc::clone(&keyring), &folder), key());
    let entry = |name: &str| keyring.build("monday-sdk", name, None).unwrap();
    entry(&key.name()).set_secret(b"{\"canary\":1}").unwrap();
    let error = store.load(&key).await.unwrap_err();
    assert!(matches!(error, StoreError::Corrupt(_)) && !format!("{error:?}").contains("canary"));
    let lease = store.lease(&key, MINUTE).await.unwrap().unwrap();
    assert!(matches!(
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await,
        Err(StoreError::Corrupt(_))
    ));
    assert_eq!(entry(&key.name()).get_secret().unwrap(), b"{\"canary\":1}");
    store.set_aside(&key, &lease).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_none());
    assert_eq!(entry(&format!("{}.unreadable", key.name())).get_secret().unwrap(), b"{\"canary\":1}");
}

#[tokio::test]
async fn every_error_of_a_keyring_is_typed_and_holds_nothing_of_it() {
    let table: [(fn() -> Error, bool); 9] = [
        (|| Error::PlatformFailure(CANARY.into()), true),
        (|| Error::NoStorageAccess(CANARY.into()), true),
        (|| Error::BadEncoding(CANARY.into()), false),
        (|| Error::BadDataFormat(CANARY.into(), CANARY.into()), false),
        (|| Error::BadStoreFormat(CANARY.to_owned()), false),
        (|| Error::TooLong(CANARY.to_owned(), 5), true),
        (|| Error::Invalid(CANARY.to_owned(), CANARY.to_owned()), true),
        (|| Error::Ambiguous(Vec::new()), false),
        (|| Error::NotSupportedByStore(CANARY.to_owned()), true),
    ];
    for (error, is_unavailable) in table {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::from(Arc::new(Broken(Some(error))) as Arc<CredentialStore>);
        let (store, key) = (store(keyring.clone(), &folder), key());
        let found = store.load(&key).await.unwrap_err();
        assert_eq!(matches!(found, StoreError::KeyringUnavailable(_)), is_unavailable, "{found}");
        assert_eq!(matches!(found, StoreError::Corrupt(_)), !is_unavailable, "{found}");
        assert_eq!(store.delete(&key).await, Err(found));
        let source = KeyringSource::new(keyring, "service", "user");
        assert_eq!(source.find().await, Err(AuthError::Store(found)));
        assert!(!format!("{found} {found:?} {source:?} {store:?}").contains("canary"));
        assert!(!found.is_retryable());
    }
}

#[tokio::test]
async fn a_keyring_that_cannot_be_opened_leaves_no_file_and_is_tried_again() {
    let folder = tempfile::tempdir().unwrap();
    let tries = Arc::new(AtomicUsize::new(0));
    let keyring = Keyring::opened_by({
        let tries = Arc::clone(&tries);
        move || match tries.fetch_add(1, Ordering::SeqCst) {
            0..2 => Err(Error::PlatformFailure(CANARY.into())),
            _ => Ok(working()),
        }
    });
    let (store, key) = (store(keyring, &folder), key());
    assert!(matches!(store.load(&key).await, Err(StoreError::KeyringUnavailable(_))));
    assert!(matches!(store.lease(&key, MINUTE).await, Err(StoreError::KeyringUnavailable(_))));
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
    let lease = store.lease(&key, MINUTE).await.unwrap().unwrap();
    store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
    assert!(store.load(&key).await.unwrap().is_some());
    assert_eq!(tries.load(Ordering::SeqCst), 3, "opened once");
}

#[tokio::test]
async fn a_keyring_that_never_answers_is_given_up_after_five_seconds() {
    let folder = tempfile::tempdir().unwrap();
    let keyring = Keyring::from(Arc::new(Broken(None)) as Arc<CredentialStore>);
    let (store, key) = (store(keyring.clone(), &folder), key());
    let begun = Instant::now();
    let calls = (0..MOST_STUCK).map(|_| store.load(&key));
    for result in futures_util::future::join_all(calls).await {
        assert!(matches!(result, Err(StoreError::KeyringUnavailable(_))));
    }
    assert!((5..7).contains(&begun.elapsed().as_secs()), "{:?}", begun.elapsed());
    // Stuck threads do not grow without end.
    let begun = Instant::now();
    assert!(matches!(store.load(&key).await, Err(StoreError::KeyringUnavailable(_))));
    assert!(begun.elapsed() < Duration::from_secs(1));
}

#[tokio::test]
async fn a_secret_is_kept_replaced_found_by_its_source_and_forgotten() {
    let keyring = Keyring::from(working());
    let found = || async { keyring.find("service", "user").await.unwrap().map(|found| found.fingerprint()) };
    for token in ["token-old-1", "token-new-1"] {
        keyring.keep("service", "user", &Secret::new(token)).await.unwrap();
        assert_eq!(found().await, Some(Secret::new(token).fingerprint()));
    }
    let source = KeyringSource::new(keyring.clone(), "service", "user");
    assert_eq!(source.find().await.unwrap().unwrap().fingerprint(), Secret::new("token-new-1").fingerprint());
    assert!(keyring.find("service", "another").await.unwrap().is_none());
    keyring.forget("service", "user").await.unwrap();
    keyring.forget("service", "user").await.unwrap();
    assert_eq!(found().await, None);
}

#[tokio::test]
async fn a_keyring_that_opens_too_late_keeps_nothing() {
    let inside = working();
    let keyring = Keyring::opened_by({
        let inside = Arc::clone(&inside);
        move || {
            std::thread::sleep(TIME + Duration::from_millis(200));
            Ok(Arc::clone(&inside))
        }
    });
    let kept = keyring.keep("service", "user", &Secret::new("token-late-1")).await;
    assert!(matches!(kept, Err(StoreError::KeyringUnavailable(_))));
    tokio::task::spawn_blocking(|| std::thread::sleep(Duration::from_millis(700))).await.unwrap();
    assert!(matches!(inside.build("service", "user", None).unwrap().get_secret(), Err(Error::NoEntry)));
}

#[tokio::test]
async fn a_token_in_the_keyring_is_found_kept_and_asked_for_again_when_rejected() {
    let keyring = working();
    let source = KeyringSource::new(Arc::clone(&keyring), "service", "user");
    assert_eq!(source.find().await, Ok(None));
    let entry = keyring.build("service", "user", None).unwrap();
    entry.set_password("Bearer token-old-1").unwrap();
    let old = source.find().await.unwrap().unwrap();
    assert_eq!(old.fingerprint(), Secret::new("token-old-1").fingerprint());
    entry.set_password("token-new-1").unwrap();
    assert_eq!(source.find().await.unwrap().unwrap(), old);
    let new = source.rejected(&old, Rejection::Unauthorized).await.unwrap();
    assert_eq!(new.fingerprint(), Secret::new("token-new-1").fingerprint());
    entry.set_secret(b"\xff\xfecanary").unwrap();
    let error = KeyringSource::new(keyring, "service", "user").find().await.unwrap_err();
    assert!(matches!(error, AuthError::Store(StoreError::Corrupt(_))));
}
