//! What the store promises beyond the suite of all stores.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use monday_auth::{Expect, Lease, StoreConformance, StoreError, TokenKey, TokenStore as _};
use monday_auth_google::{InvalidPlace, SecretManagerStore};
use monday_client::TokioRuntime;
use tokio::time::{sleep, timeout};

use crate::client;
use crate::fake::{Fake, Meddling};
use crate::records::{key, record};

const LIMIT: Duration = Duration::from_mins(1);
const TTL: Duration = Duration::from_secs(30);

async fn store(fake: &Fake) -> SecretManagerStore {
    SecretManagerStore::new(&fake.client().await, "projects/p", "tests").unwrap()
}

/// Takes the lease as soon as it is free.
async fn lease(store: &SecretManagerStore, key: &TokenKey) -> Lease {
    loop {
        if let Some(lease) = store.lease(key, TTL).await.unwrap() {
            return lease;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

fn annotation(fake: &Fake, name: &str, annotation: &str) -> Option<String> {
    fake.state().secrets[name].annotations.get(annotation).cloned()
}

/// The numbers of the versions that are not destroyed.
fn active(fake: &Fake, name: &str) -> Vec<usize> {
    let versions = fake.state().secrets[name].versions.clone();
    versions.iter().enumerate().filter(|(_, bytes)| bytes.is_some()).map(|(index, _)| index + 1).collect()
}

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_that_take_the_lease_at_once_one_has_it() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("lease"));
    timeout(LIMIT, async {
        for round in 0..5 {
            let takers: Vec<_> = (0..8)
                .map(|_| {
                    let (store, key) = (store.clone(), key.clone());
                    tokio::spawn(async move { store.lease(&key, TTL).await.unwrap() })
                })
                .collect();
            let mut taken = Vec::new();
            for taker in takers {
                taken.extend(taker.await.unwrap());
            }
            assert_eq!(taken.len(), 1, "round {round}");
            drop(taken);
            drop(lease(&store, &key).await);
            sleep(Duration::from_millis(200)).await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_save_and_its_preflight_fail_when_the_lease_was_taken_over() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("stolen"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.check_writable(&key, &lease).await.unwrap();
        let name = store.secret_name(&key);
        {
            let mut state = fake.state();
            let secret = state.secrets.get_mut(&name).unwrap();
            secret.etag += 1;
            secret.annotations.insert("monday-lease".to_owned(), format!("{}:another", u64::MAX));
        }
        assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::NoLease));
        let saved = store.save(&key, record(&key, 1), Expect::Absent, &lease).await;
        assert_eq!(saved, Err(StoreError::NoLease));
        // Dropping it does not take it from the other.
        drop(lease);
        sleep(Duration::from_millis(300)).await;
        assert!(annotation(&fake, &name, "monday-lease").unwrap().ends_with(":another"));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn the_preflight_asks_whether_a_version_may_be_added() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("preflight"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.check_writable(&key, &lease).await.unwrap();
        for permission in ["versions.add", "versions.access", "secrets.update", "secrets.get"] {
            fake.state().denied = vec![format!("secretmanager.{permission}")];
            assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::Denied), "{permission}");
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_holder_that_died_is_succeeded_ten_seconds_after_its_lease_and_no_sooner() {
    let fake = Fake::start().await;
    let (first, second, key) = (store(&fake).await, store(&fake).await, key("died"));
    timeout(LIMIT, async {
        let (ttl, begun) = (Duration::from_secs(1), Instant::now());
        let lease = first.lease(&key, ttl).await.unwrap().unwrap();
        let took = begun.elapsed();
        assert!(lease.remaining() <= ttl.saturating_sub(took / 2), "it lasts from before it was asked for");
        std::mem::forget(lease);
        while second.lease(&key, TTL).await.unwrap().is_none() {
            sleep(Duration::from_millis(100)).await;
        }
        let waited = begun.elapsed();
        assert!(waited > Duration::from_secs(10) && waited < Duration::from_secs(14), "{waited:?}");
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
async fn two_versions_are_kept_and_a_delete_destroys_both() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("versions"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let name = store.secret_name(&key);
        fake.state().secrets.get_mut(&name).unwrap().annotations.insert("team".to_owned(), "blue".to_owned());
        let mut expect = Expect::Absent;
        for generation in 1..=4 {
            store.save(&key, record(&key, generation), expect, &lease).await.unwrap();
            expect = Expect::Version(record(&key, generation).version());
            sleep(Duration::from_millis(100)).await;
        }
        assert_eq!(active(&fake, &name), [3, 4]);
        store.delete(&key).await.unwrap();
        assert!(active(&fake, &name).is_empty());
        assert!(store.load(&key).await.unwrap().is_none());
        store.save(&key, record(&key, 5), Expect::Absent, &lease).await.unwrap();
        assert_eq!(active(&fake, &name), [5]);
        assert_eq!(annotation(&fake, &name, "team").as_deref(), Some("blue"), "what others wrote stays");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_cannot_be_read_is_kept_when_a_login_puts_it_aside() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("unreadable"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let name = store.secret_name(&key);
        fake.put(&name, b"by hand");
        let current = ("monday-current".to_owned(), "1".to_owned());
        fake.state().secrets.get_mut(&name).unwrap().annotations.extend([current]);
        assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))));
        store.set_aside(&key, &lease).await.unwrap();
        assert!(store.load(&key).await.unwrap().is_none());
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        assert_eq!(active(&fake, &name), [1, 2]);
        assert_eq!(annotation(&fake, &name, "monday-unreadable").as_deref(), Some("1"));
        // A version that was destroyed by hand is no record either.
        fake.state().secrets.get_mut(&name).unwrap().versions[1] = None;
        assert!(matches!(store.load(&key).await, Err(StoreError::Corrupt(_))));
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
