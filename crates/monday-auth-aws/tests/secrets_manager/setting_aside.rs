//! What could not be read: kept by a login, let go with the record.
//!
//! Must not know: faults of the service.

use aws_sdk_secretsmanager::Client;
use monday_auth::{Expect, StoreError, TokenStore as _};
use tokio::time::timeout;

use crate::client;
use crate::moto::Moto;
use crate::records::{key, record};
use crate::stores::{LIMIT, lease, overwrite, store, text};

/// The versions that a label keeps for people to look at.
async fn kept(client: &Client, name: &str) -> Vec<String> {
    let labels = client.describe_secret().secret_id(name).send().await.unwrap().version_ids_to_stages;
    let is_kept = |stages: &[String]| stages.iter().any(|stage| stage.starts_with("MONDAY_UNREADABLE-"));
    let labels = labels.unwrap().into_iter();
    labels.filter(|(_, stages)| is_kept(stages)).map(|(version, _)| version).collect()
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
        let mut texts = Vec::new();
        for version in kept(&client, &name).await {
            let found = client.get_secret_value().secret_id(&name).version_id(version).send().await.unwrap();
            texts.push(found.secret_string.unwrap());
        }
        assert!(texts.contains(&"by hand".to_owned()), "{texts:?}");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_delete_lets_go_of_what_was_put_aside_also_when_only_that_is_left() {
    let Some(moto) = Moto::start("deleting what was put aside") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("let-go"));
    timeout(LIMIT, async {
        let name = store.secret_name(&key);
        client.create_secret().name(&name).secret_string("by hand").send().await.unwrap();
        for with_record in [true, false] {
            let held = lease(&store, &key).await;
            if with_record {
                store.set_aside(&key, &held).await.unwrap();
                store.save(&key, record(&key, 1), Expect::Absent, &held).await.unwrap();
            } else {
                overwrite(&client, &name, "again").await;
                drop(held);
                let held = lease(&store, &key).await;
                store.set_aside(&key, &held).await.unwrap();
            }
            assert!(!kept(&client, &name).await.is_empty());
            store.delete(&key).await.unwrap();
            assert!(kept(&client, &name).await.is_empty(), "with a record: {with_record}");
            assert!(store.load(&key).await.unwrap().is_none());
        }
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_a_successor_saved_is_not_put_aside_under_a_lease_that_was_taken_over() {
    let Some(moto) = Moto::start("putting aside without the lease") else { return };
    let (store, client, key) = (store(moto.port), client(moto.port), key("fenced"));
    timeout(LIMIT, async {
        let name = store.secret_name(&key);
        let held = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &held).await.unwrap();
        let mut others: serde_json::Value = serde_json::from_str(&text(&client, &name).await).unwrap();
        others["lease"]["token"] = "another process".into();
        overwrite(&client, &name, &others.to_string()).await;
        assert_eq!(store.set_aside(&key, &held).await, Err(StoreError::NoLease));
        assert_eq!(store.load(&key).await.unwrap().unwrap().version(), record(&key, 1).version());
        assert!(kept(&client, &name).await.is_empty());
    })
    .await
    .unwrap();
}
