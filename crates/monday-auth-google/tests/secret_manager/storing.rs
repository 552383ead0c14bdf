//! What the store promises beyond the suite of all stores.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use monday_auth::{Expect, StoreConformance, StoreError, TokenKey, TokenStore as _};
use monday_auth_google::{InvalidPlace, SecretManagerStore};
use monday_client::TokioRuntime;
use tokio::time::{sleep, timeout};

use crate::client;
use crate::fake::{Fake, Meddling};
use crate::records::{key, record};
use crate::stores::{LIMIT, active, lease, store};

#[tokio::test]
async fn the_suite_of_all_stores_passes() {
    let fake = Fake::start().await;
    let runtime = Arc::new(TokioRuntime::current().unwrap());
    let suite = StoreConformance::new(store(&fake).await, store(&fake).await, runtime);
    timeout(3 * LIMIT, suite.run()).await.unwrap().unwrap();
}

#[tokio::test]
async fn of_two_processes_that_save_at_once_one_finds_a_conflict() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("race"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let first = record(&key, 1);
        store.save(&key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
        // Between our version and the swap another process deletes the record.
        fake.meddle(|state, request| {
            if request.path.ends_with(":addVersion") {
                let secret = state.secrets.values_mut().next().unwrap();
                secret.etag += 1;
                secret.annotations.remove("monday-current");
            }
            Meddling::Nothing
        });
        let saved = store.save(&key, record(&key, 2), Expect::Version(first.version()), &lease).await;
        assert_eq!(saved, Err(StoreError::Conflict));
        assert!(store.load(&key).await.unwrap().is_none(), "the delete stands");
        sleep(Duration::from_millis(200)).await;
        assert_eq!(active(&fake, &store.secret_name(&key)), [1], "the version that lost is destroyed");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_swap_whose_answer_is_lost_is_found_to_be_done() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("lost"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let patches = AtomicU32::new(0);
        fake.meddle(move |_, request| {
            let is_first = request.method == "PATCH" && patches.fetch_add(1, Ordering::SeqCst) == 0;
            if is_first { Meddling::LoseAnswer } else { Meddling::Nothing }
        });
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        assert_eq!(store.load(&key).await.unwrap().unwrap().version(), record(&key, 1).version());
        assert_eq!(active(&fake, &store.secret_name(&key)), [1]);
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_record_with_a_wrong_checksum_is_not_loaded() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("bits"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        fake.meddle(|state, request| {
            if !request.path.ends_with(":access") {
                return Meddling::Nothing;
            }
            let mut bytes = state.secrets.values().next().unwrap().versions[0].clone().unwrap();
            let mut payload = crate::fake::payload(&bytes);
            let digit = bytes.iter().position(|byte| *byte == b'1').unwrap();
            bytes[digit] = b'2';
            payload["data"] = crate::fake::payload(&bytes)["data"].clone();
            Meddling::Answer(200, serde_json::json!({"payload": payload}).to_string())
        });
        assert_eq!(store.load(&key).await.unwrap_err(), StoreError::Unavailable);
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_reading_never_goes_back_behind_what_was_seen() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("stale"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        let name = store.secret_name(&key);
        let old = fake.state().secrets[&name].clone();
        store.save(&key, record(&key, 2), Expect::Version(record(&key, 1).version()), &lease).await.unwrap();
        // The first two readings show the secret as it was before.
        let gets = AtomicU32::new(0);
        fake.meddle(move |_, request| {
            let is_get = request.method == "GET" && !request.path.contains(":access");
            if is_get && gets.fetch_add(1, Ordering::SeqCst) < 2 {
                let shown = serde_json::json!({"etag": old.etag.to_string(), "annotations": old.annotations});
                return Meddling::Answer(200, shown.to_string());
            }
            Meddling::Nothing
        });
        let loaded = store.load(&key).await.unwrap().unwrap();
        assert_eq!(loaded.version(), record(&key, 2).version());
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_secret_that_was_deleted_by_hand_is_no_record_and_no_lease() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("gone"));
    timeout(LIMIT, async {
        let held = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &held).await.unwrap();
        fake.state().secrets.clear();
        // For a while it is taken for an old state.
        assert_eq!(store.load(&key).await.unwrap_err(), StoreError::Unavailable);
        assert!(store.load(&key).await.unwrap().is_none());
        let expect = Expect::Version(record(&key, 1).version());
        assert_eq!(store.save(&key, record(&key, 2), expect, &held).await, Err(StoreError::Conflict));
        let absent = store.save(&key, record(&key, 2), Expect::Absent, &held).await;
        assert_eq!(absent, Err(StoreError::NoLease));
        drop(held);
        let held = lease(&store, &key).await;
        store.save(&key, record(&key, 2), Expect::Absent, &held).await.unwrap();
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_place_that_is_none_is_refused() {
    let client = client(1).await;
    for (parent, prefix) in [
        ("p", "x"),
        ("projects/", "x"),
        ("projects/p/secrets/s", "x"),
        ("projects/p?x", "x"),
        ("projects/p", ""),
        ("projects/p", "a/b"),
        ("projects/p", &*"a".repeat(223)),
    ] {
        let refused = SecretManagerStore::new(&client, parent, prefix).unwrap_err();
        assert_eq!(refused, InvalidPlace, "{parent} {prefix}");
    }
    let store = SecretManagerStore::new(&client, "projects/p/locations/europe-west3", "monday_x").unwrap();
    let name = store.secret_name(&TokenKey::new("a", "b", "c"));
    assert!(name.starts_with("projects/p/locations/europe-west3/secrets/monday_x-"), "{name}");
}
