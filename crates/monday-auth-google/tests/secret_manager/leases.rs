//! Who has the lease, and for how long.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::time::{Duration, Instant};

use monday_auth::{Expect, StoreError, TokenStore as _};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::fake::{Fake, Meddling, refusal};
use crate::records::{key, record};
use crate::stores::{LIMIT, TTL, annotation, lease, store};

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
async fn a_caller_who_gives_up_in_the_middle_of_taking_the_lease_does_not_keep_it() {
    for is_new in [true, false] {
        let fake = Fake::start().await;
        let (store, other, key) = (store(&fake).await, store(&fake).await, key("interrupted"));
        if !is_new {
            drop(lease(&other, &key).await);
            drop(lease(&other, &key).await);
            sleep(Duration::from_millis(300)).await;
        }
        let (come, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (is_come, may_go) = (Arc::clone(&come), Arc::clone(&go));
        let held_up = if is_new { "POST" } else { "PATCH" };
        fake.meddle(move |_, request| {
            if request.method != held_up {
                return Meddling::Nothing;
            }
            is_come.notify_one();
            Meddling::Later(Arc::clone(&may_go))
        });
        let begun = Instant::now();
        tokio::select! {
            taken = store.lease(&key, TTL) => panic!("{taken:?} before the service answered"),
            () = come.notified() => {}
        }
        // The caller is gone for a while, and what it asked for is done after all.
        sleep(Duration::from_secs(1)).await;
        fake.meddle(|_, _| Meddling::Nothing);
        go.notify_one();
        sleep(Duration::from_secs(1)).await;
        timeout(Duration::from_secs(20), lease(&other, &key)).await.unwrap();
        assert!(begun.elapsed() < TTL, "{held_up}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_lease_that_may_have_been_taken_although_the_service_went_silent_is_given_back() {
    let fake = Fake::start().await;
    let (store, other, key) = (store(&fake).await, store(&fake).await, key("silent"));
    // It is made, and then nothing answers for as long as the taking lasts.
    fake.meddle(|state, request| match (state.secrets.is_empty(), request.method.as_str()) {
        (true, "POST") => Meddling::LoseAnswer,
        (true, _) => Meddling::Nothing,
        (false, _) => Meddling::Answer(500, "{}".to_owned()),
    });
    let taken = timeout(LIMIT, store.lease(&key, TTL)).await.unwrap();
    assert_eq!(taken.unwrap_err(), StoreError::Unavailable);
    fake.meddle(|_, _| Meddling::Nothing);
    timeout(Duration::from_secs(20), lease(&other, &key)).await.unwrap();
}

#[tokio::test]
async fn a_lease_that_was_refused_is_not_given_back() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("refused"));
    fake.meddle(|_, request| {
        let (status, body) = refusal(403, "PERMISSION_DENIED");
        if request.method == "POST" { Meddling::Answer(status, body) } else { Meddling::Nothing }
    });
    assert_eq!(store.lease(&key, TTL).await.unwrap_err(), StoreError::Denied);
    sleep(Duration::from_millis(300)).await;
    assert_eq!(fake.count(|_| true), 2, "a reading and the refusal");
}
