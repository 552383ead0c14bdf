//! Who has the lease, and for how long.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use monday_auth::{Expect, StoreError, TokenStore as _};
use tokio::sync::Notify;
use tokio::time::{sleep, timeout};

use crate::client;
use crate::moto::Moto;
use crate::records::{key, record};
use crate::scripted::{Reply, Scripted};
use crate::stores::{LIMIT, TTL, lease, store, text};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_eight_that_take_the_lease_at_once_one_has_it() {
    let Some(moto) = Moto::start("eight leases at once") else { return };
    let (store, key) = (store(moto.port), key("lease"));
    timeout(LIMIT, async {
        for round in 0..3 {
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
            sleep(Duration::from_millis(300)).await;
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_save_and_its_preflight_fail_when_the_lease_was_taken_over() {
    let Some(moto) = Moto::start("a lease taken over") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("stolen"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.check_writable(&key, &lease).await.unwrap();
        let name = store.secret_name(&key);
        let mut kept: serde_json::Value = serde_json::from_str(&text(&client, &name).await).unwrap();
        kept["lease"]["token"] = "another process".into();
        client.put_secret_value().secret_id(&name).secret_string(kept.to_string()).send().await.unwrap();
        assert_eq!(store.check_writable(&key, &lease).await, Err(StoreError::NoLease));
        let saved = store.save(&key, record(&key, 1), Expect::Absent, &lease).await;
        assert_eq!(saved, Err(StoreError::NoLease));
        // Dropping it does not take it from the other.
        drop(lease);
        sleep(Duration::from_millis(300)).await;
        assert!(text(&client, &name).await.contains("another process"));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_holder_that_died_is_succeeded_after_the_time_of_its_lease_and_no_sooner() {
    let Some(moto) = Moto::start("a holder that died") else { return };
    let (first, second, key) = (store(moto.port), store(moto.port), key("died"));
    timeout(LIMIT, async {
        let ttl = Duration::from_secs(2);
        let begun = Instant::now();
        let lease = first.lease(&key, ttl).await.unwrap().unwrap();
        let took = begun.elapsed();
        assert!(lease.remaining() <= ttl.saturating_sub(took / 2), "it lasts from before it was asked for");
        std::mem::forget(lease);
        while second.lease(&key, TTL).await.unwrap().is_none() {
            sleep(Duration::from_millis(50)).await;
        }
        let waited = begun.elapsed();
        assert!(waited >= ttl && waited < ttl + Duration::from_secs(4), "{waited:?}");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_caller_who_gives_up_in_the_middle_of_taking_the_lease_does_not_keep_it() {
    let Some(moto) = Moto::start("an interrupted lease") else { return };
    for held_up in ["CreateSecret", "UpdateSecretVersionStage"] {
        let (port, key) = (moto.port, key("interrupted"));
        let other = store(port);
        if held_up == "UpdateSecretVersionStage" {
            drop(lease(&other, &key).await);
            drop(lease(&other, &key).await);
            sleep(Duration::from_millis(500)).await;
        }
        let (come, go) = (Arc::new(Notify::new()), Arc::new(Notify::new()));
        let (is_come, may_go) = (Arc::clone(&come), Arc::clone(&go));
        let between = Scripted::start(move |call| {
            let (come, go) = (Arc::clone(&is_come), Arc::clone(&may_go));
            async move {
                if call.action == held_up {
                    come.notify_one();
                    go.notified().await;
                    go.notify_one();
                }
                Reply::PassOn(port)
            }
        })
        .await;
        let begun = Instant::now();
        let store = store(between.port);
        tokio::select! {
            taken = store.lease(&key, TTL) => panic!("{taken:?} before the service answered"),
            () = come.notified() => {}
        }
        // The caller is gone for a while, and what it asked for is done after all.
        sleep(Duration::from_secs(1)).await;
        go.notify_one();
        sleep(Duration::from_secs(1)).await;
        timeout(Duration::from_secs(20), lease(&other, &key)).await.unwrap();
        assert!(begun.elapsed() < TTL, "{held_up}: {:?}", begun.elapsed());
    }
}

#[tokio::test]
async fn a_lease_that_may_have_been_taken_although_the_service_went_silent_is_given_back() {
    let Some(moto) = Moto::start("a silent service") else { return };
    let (port, key) = (moto.port, key("silent"));
    // It is made, and then nothing answers for as long as the taking lasts.
    let (is_made, is_over) = (Arc::new(AtomicBool::new(false)), Arc::new(AtomicBool::new(false)));
    let over = Arc::clone(&is_over);
    let between = Scripted::start(move |call| {
        let is_lost = is_made.fetch_or(call.action == "CreateSecret", Ordering::SeqCst);
        let is_create = call.action == "CreateSecret";
        std::future::ready(match (over.load(Ordering::SeqCst), is_lost, is_create) {
            (true, ..) | (false, false, false) => Reply::PassOn(port),
            (false, false, true) => Reply::PassOnAndClose(port),
            (false, true, _) => Reply::Close,
        })
    })
    .await;
    let taken = timeout(LIMIT, store(between.port).lease(&key, TTL)).await.unwrap();
    assert_eq!(taken.unwrap_err(), StoreError::Unavailable);
    is_over.store(true, Ordering::SeqCst);
    timeout(Duration::from_secs(20), lease(&store(port), &key)).await.unwrap();
}
