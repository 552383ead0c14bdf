//! What the store promises beyond the suite of all stores, against moto.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use aws_sdk_secretsmanager::Client;
use monday_auth::{Expect, Lease, StoreConformance, StoreError, TokenKey, TokenStore as _};
use monday_auth_aws::{InvalidPrefix, SecretsManagerStore};
use monday_client::TokioRuntime;
use tokio::time::{sleep, timeout};

use crate::client;
use crate::moto::Moto;
use crate::records::{key, record};
use crate::scripted::{Reply, Scripted};

const LIMIT: Duration = Duration::from_mins(1);
const TTL: Duration = Duration::from_secs(30);

fn store(port: u16) -> SecretsManagerStore {
    SecretsManagerStore::new(&client(port), "tests/tokens").unwrap()
}

/// Takes the lease as soon as it is free.
async fn lease(store: &SecretsManagerStore, key: &TokenKey) -> Lease {
    loop {
        if let Some(lease) = store.lease(key, TTL).await.unwrap() {
            return lease;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

async fn text(client: &Client, name: &str) -> String {
    // Without the label moto answers with what was current before labels were moved.
    client
        .get_secret_value()
        .secret_id(name)
        .version_stage("AWSCURRENT")
        .send()
        .await
        .unwrap()
        .secret_string
        .unwrap()
}

#[tokio::test]
async fn the_suite_of_all_stores_passes() {
    let Some(moto) = Moto::start("the suite of all stores") else { return };
    let runtime = Arc::new(TokioRuntime::current().unwrap());
    let suite = StoreConformance::new(store(moto.port), store(moto.port), runtime);
    timeout(3 * LIMIT, suite.run()).await.unwrap().unwrap();
}

#[tokio::test]
async fn of_two_processes_that_save_at_once_one_finds_a_conflict() {
    let Some(moto) = Moto::start("two saves at once") else { return };
    let (other, port) = (store(moto.port), moto.port);
    let key = key("race");
    let (raced, puts) = (key.clone(), Arc::new(AtomicU32::new(0)));
    // Between our reading and our version the other process deletes the record.
    let between = Scripted::start(move |call| {
        let (other, key, puts) = (other.clone(), raced.clone(), Arc::clone(&puts));
        async move {
            let is_save = call.action == "PutSecretValue";
            if is_save && puts.fetch_add(1, Ordering::SeqCst) == 1 {
                other.delete(&key).await.unwrap();
            }
            Reply::PassOn(port)
        }
    })
    .await;
    timeout(LIMIT, async {
        let ours = store(between.port);
        let lease = lease(&ours, &key).await;
        let first = record(&key, 1);
        ours.save(&key, Arc::clone(&first), Expect::Absent, &lease).await.unwrap();
        let expect = Expect::Version(first.version());
        let saved = ours.save(&key, record(&key, 2), expect, &lease).await;
        assert_eq!(saved, Err(StoreError::Conflict));
        assert!(ours.load(&key).await.unwrap().is_none(), "the delete stands");
    })
    .await
    .unwrap();
}

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
async fn a_swap_whose_answer_is_lost_is_found_to_be_done() {
    let Some(moto) = Moto::start("a lost answer") else { return };
    let (port, moves) = (moto.port, Arc::new(AtomicU32::new(0)));
    let between = Scripted::start(move |call| {
        let is_first = call.action == "UpdateSecretVersionStage" && moves.fetch_add(1, Ordering::SeqCst) == 0;
        std::future::ready(if is_first { Reply::PassOnAndHang(port) } else { Reply::PassOn(port) })
    })
    .await;
    timeout(LIMIT, async {
        let (store, key) = (store(between.port), key("lost"));
        let lease = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        assert_eq!(store.load(&key).await.unwrap().unwrap().version(), record(&key, 1).version());
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_someone_else_wrote_is_kept_with_a_label_when_a_login_puts_it_aside() {
    let Some(moto) = Moto::start("unreadable records") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("foreign"));
    timeout(LIMIT, async {
        let name = store.secret_name(&key);
        client.create_secret().name(&name).secret_string("by hand").send().await.unwrap();
        let unreadable = store.load(&key).await.unwrap_err();
        assert!(matches!(unreadable, StoreError::Corrupt(_)), "{unreadable:?}");
        let lease = lease(&store, &key).await;
        store.set_aside(&key, &lease).await.unwrap();
        assert!(store.load(&key).await.unwrap().is_none());
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        let labels = client.describe_secret().secret_id(&name).send().await.unwrap().version_ids_to_stages;
        let labels = labels.unwrap();
        let kept = |stages: &[String]| stages.iter().any(|stage| stage.starts_with("MONDAY_UNREADABLE-"));
        let mut texts = Vec::new();
        for (version, _) in labels.iter().filter(|(_, stages)| kept(stages)) {
            let found = client.get_secret_value().secret_id(&name).version_id(version).send().await.unwrap();
            texts.push(found.secret_string.unwrap());
        }
        assert!(texts.contains(&"by hand".to_owned()), "{texts:?}");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn old_versions_have_no_label_that_would_keep_them() {
    let Some(moto) = Moto::start("labels of old versions") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("labels"));
    timeout(LIMIT, async {
        for generation in 1..=5 {
            let lease = lease(&store, &key).await;
            let found = store.load(&key).await.unwrap();
            let expect = found.map_or(Expect::Absent, |found| Expect::Version(found.version()));
            store.save(&key, record(&key, generation), expect, &lease).await.unwrap();
        }
        let described = client.describe_secret().secret_id(store.secret_name(&key)).send().await.unwrap();
        let labelled = described.version_ids_to_stages.unwrap();
        let labelled = labelled.values().filter(|stages| !stages.is_empty()).count();
        assert!(labelled <= 3, "{labelled}: current, previous and pending");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_purge_leaves_nothing_and_a_login_starts_anew() {
    let Some(moto) = Moto::start("purging") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("purge"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        store.purge(&key).await.unwrap();
        store.purge(&key).await.unwrap();
        assert!(client.describe_secret().secret_id(store.secret_name(&key)).send().await.is_err());
        let refreshed = store.save(&key, record(&key, 2), Expect::Version(record(&key, 1).version()), &lease);
        assert_eq!(refreshed.await, Err(StoreError::Conflict));
        store.save(&key, record(&key, 3), Expect::Absent, &lease).await.unwrap();
    })
    .await
    .unwrap();
}

#[test]
fn a_prefix_that_is_no_name_is_refused() {
    let client = client(1);
    for prefix in ["", "/a", "a/", "a b", "ä", "a:b", &"a".repeat(480)] {
        assert_eq!(SecretsManagerStore::new(&client, prefix).unwrap_err(), InvalidPrefix, "{prefix}");
    }
    let store = SecretsManagerStore::new(&client, "prod/monday_tokens+=.@-x").unwrap();
    let name = store.secret_name(&TokenKey::new("a", "b", "c"));
    assert!(name.starts_with("prod/monday_tokens+=.@-x/") && name.len() == 25 + 32, "{name}");
}
