//! What the store promises beyond the suite of all stores, against moto.
//!
//! Must not know: faults of the service.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use monday_auth::{Expect, StoreConformance, StoreError, TokenKey, TokenStore as _};
use monday_auth_aws::{InvalidPrefix, SecretsManagerStore};
use monday_client::TokioRuntime;
use tokio::time::timeout;

use crate::client;
use crate::moto::Moto;
use crate::records::{key, record};
use crate::scripted::{Reply, Scripted};
use crate::stores::{LIMIT, TTL, lease, store};

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
async fn a_secret_that_was_made_although_each_connection_ended_without_an_answer_is_found_to_be_there() {
    let Some(moto) = Moto::start("a lost creation") else { return };
    let port = moto.port;
    let between = Scripted::start(move |call| {
        let is_create = call.action == "CreateSecret";
        std::future::ready(if is_create { Reply::PassOnAndClose(port) } else { Reply::PassOn(port) })
    })
    .await;
    timeout(LIMIT, async {
        let (store, key) = (store(between.port), key("created"));
        let lease = store.lease(&key, TTL).await.unwrap().unwrap();
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        assert!(between.calls().iter().any(|call| call.action == "CreateSecret"));
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
