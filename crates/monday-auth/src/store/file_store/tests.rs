//! The longest record, what delete leaves, and a save whose caller has gone.
//!
//! Must not know: the promises that all stores make.

use std::sync::Mutex;

use futures_util::FutureExt as _;

use super::*;
use crate::runtime::TokioNow;
use crate::unix_time::from_millis;
use crate::{CredentialKind, ScopeSet, Secret};

fn key() -> TokenKey {
    TokenKey::new("app", "account", "user")
}

fn record(token: String) -> TokenRecord {
    TokenRecord {
        access: Secret::new(token),
        refresh: None,
        kind: CredentialKind::OAuth,
        scope: ScopeSet::default(),
        obtained_at: from_millis(1_700_000_000_000),
        expires_at: None,
        authorized_at: from_millis(1_700_000_000_000),
        generation: 1,
        issuer: String::new(),
        needs_consent: false,
    }
}

/// A record whose text is so long.
fn record_of(length: usize) -> Arc<TokenRecord> {
    let rest = RecordText::write(&key(), &record(String::new())).unwrap().len();
    Arc::new(record("t".repeat(length - rest)))
}

async fn the_limit_is_exact(store: FileStore) {
    let lease = store.lease(&key(), Duration::from_mins(1)).await.unwrap().unwrap();
    let longest = record_of(RecordText::LONGEST);
    store.save(&key(), Arc::clone(&longest), Expect::Absent, &lease).await.unwrap();
    let expect = Expect::Version(longest.version());
    let longer = store.save(&key(), record_of(RecordText::LONGEST + 1), expect, &lease).await;
    assert_eq!(longer, Err(StoreError::TooLong));
    let found = store.load(&key()).await.unwrap().unwrap();
    assert_eq!(found.fingerprint(), longest.fingerprint());
    store.check_writable(&key(), &lease).await.unwrap();
}

#[tokio::test]
async fn a_record_of_the_greatest_length_is_read_back_and_a_byte_more_is_refused() {
    let place = tempfile::tempdir().unwrap();
    the_limit_is_exact(FileStore::new(place.path().join("tokens"), Arc::new(TokioNow))).await;
}

#[cfg(feature = "encrypted-file")]
#[tokio::test]
async fn a_sealed_record_of_the_greatest_length_is_read_back_and_a_byte_more_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let seal = crate::SealKey::new([3; 32]);
    let store = FileStore::encrypted(place.path().join("tokens"), "key-1", seal, Arc::new(TokioNow));
    the_limit_is_exact(store).await;
}

#[test]
fn a_text_that_is_too_long_is_no_record() {
    let text = RecordText::write(&key(), &record_of(RecordText::LONGEST)).unwrap();
    assert!(RecordText::read(&key(), &text).is_ok());
    // White space that JSON allows.
    let longer = [text.as_slice(), b" "].concat();
    let found = RecordText::read(&key(), &longer);
    assert_eq!(found.unwrap_err(), StoreError::Corrupt("it is longer than 64 KiB"));
}

#[tokio::test]
async fn a_delete_removes_what_was_set_aside_under_the_key_and_nothing_else() {
    let place = tempfile::tempdir().unwrap();
    let store = FileStore::new(place.path().join("tokens"), Arc::new(TokioNow));
    let other = TokenKey::new("app", "another account", "user");
    for key in [key(), other.clone()] {
        let lease = store.lease(&key, Duration::from_mins(1)).await.unwrap().unwrap();
        store.save(&key, Arc::new(record("token".to_owned())), Expect::Absent, &lease).await.unwrap();
        store.set_aside(&key, &lease).await.unwrap();
    }
    store.delete(&key()).await.unwrap();
    let paths = fs::read_dir(place.path().join("tokens")).unwrap().map(|file| file.unwrap().path());
    let aside: Vec<_> = paths.filter(|path| path.extension().is_some_and(|e| e == "unreadable")).collect();
    let of_other = |path: &Path| path.file_name().unwrap().to_str().unwrap().starts_with(&other.name());
    assert!(matches!(aside.as_slice(), [path] if of_other(path)), "{aside:?}");
}

/// Blocking work that waits until it is told to go on.
#[derive(Debug, Default)]
struct Held(Mutex<Vec<Work>>);

struct Work(Box<dyn FnOnce() + Send>);

impl std::fmt::Debug for Work {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Work")
    }
}

impl Runtime for Held {
    fn spawn(&self, _: BoxFuture<'static, ()>) {}

    fn blocking(&self, work: Box<dyn FnOnce() + Send>) {
        self.0.lock().unwrap().push(Work(work));
    }

    fn sleep(&self, _: Duration) -> BoxFuture<'static, ()> {
        Box::pin(std::future::pending())
    }

    fn elapsed(&self) -> Duration {
        Duration::ZERO
    }
}

#[tokio::test]
async fn a_save_whose_caller_has_gone_keeps_the_lock_until_it_is_done() {
    let place = tempfile::tempdir().unwrap();
    let (runtime, folder) = (Arc::new(Held::default()), place.path().join("tokens"));
    let slow = FileStore::new(&folder, Arc::clone(&runtime) as Arc<dyn Runtime>);
    let other = FileStore::new(&folder, Arc::new(TokioNow));
    let lease = lock_file::lease(&folder, &key(), Duration::from_mins(1)).unwrap().unwrap();
    let (key, record) = (key(), Arc::new(record("token".to_owned())));
    let saving = slow.save(&key, record, Expect::Absent, &lease);
    assert!(saving.now_or_never().is_none(), "dropped while under way");
    drop(lease);
    assert!(other.lease(&key, Duration::from_mins(1)).await.unwrap().is_none());
    for Work(work) in runtime.0.lock().unwrap().drain(..) {
        work();
    }
    assert!(other.load(&key).await.unwrap().is_some());
    assert!(other.lease(&key, Duration::from_mins(1)).await.unwrap().is_some());
}
