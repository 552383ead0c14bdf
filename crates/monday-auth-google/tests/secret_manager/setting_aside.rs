//! Which versions are kept, and what a delete destroys.
//!
//! Must not know: leases.

use std::time::Duration;

use monday_auth::{Expect, StoreError, TokenStore as _};
use tokio::time::{sleep, timeout};

use crate::fake::{Fake, Meddling, refusal};
use crate::records::{key, record};
use crate::stores::{LIMIT, active, annotation, lease, store};

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

/// Someone writes a version by hand and says that it counts.
fn write_by_hand(fake: &Fake, name: &str) {
    fake.put(name, b"by hand");
    let mut state = fake.state();
    let secret = state.secrets.get_mut(name).unwrap();
    let number = secret.versions.len().to_string();
    secret.annotations.insert("monday-current".to_owned(), number);
}

#[tokio::test]
async fn a_delete_destroys_all_that_was_put_aside_also_when_only_that_is_left() {
    for with_record in [true, false] {
        let fake = Fake::start().await;
        let (store, key) = (store(&fake).await, key("aside"));
        timeout(LIMIT, async {
            let lease = lease(&store, &key).await;
            let name = store.secret_name(&key);
            for aside in [vec![1], vec![1, 2]] {
                write_by_hand(&fake, &name);
                store.set_aside(&key, &lease).await.unwrap();
                assert_eq!(active(&fake, &name), aside);
            }
            assert_eq!(annotation(&fake, &name, "monday-unreadable").as_deref(), Some("1,2"));
            if with_record {
                store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
            }
            store.delete(&key).await.unwrap();
            assert!(active(&fake, &name).is_empty(), "with a record: {with_record}");
            assert_eq!(annotation(&fake, &name, "monday-unreadable"), None);
            assert!(annotation(&fake, &name, "monday-lease").is_some(), "the lease stays");
        })
        .await
        .unwrap();
    }
}

#[tokio::test]
async fn a_delete_that_failed_in_the_middle_can_be_called_again() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("again"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let name = store.secret_name(&key);
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        fake.meddle(|_, request| {
            if request.path.ends_with(":destroy") {
                let (status, body) = refusal(500, "INTERNAL");
                return Meddling::Answer(status, body);
            }
            Meddling::Nothing
        });
        assert_eq!(store.delete(&key).await, Err(StoreError::Unavailable));
        assert!(store.load(&key).await.unwrap().is_none());
        fake.meddle(|_, _| Meddling::Nothing);
        assert_eq!(active(&fake, &name), [1]);
        store.delete(&key).await.unwrap();
        assert!(active(&fake, &name).is_empty());
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_delete_does_not_forget_what_is_put_aside_meanwhile() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("meanwhile"));
    timeout(LIMIT, async {
        let lease = lease(&store, &key).await;
        let name = store.secret_name(&key);
        store.save(&key, record(&key, 1), Expect::Absent, &lease).await.unwrap();
        fake.meddle(|state, request| {
            if request.path.ends_with("/1:destroy") {
                let secret = state.secrets.values_mut().next().unwrap();
                secret.etag += 1;
                secret.annotations.insert("monday-unreadable".to_owned(), "1,2".to_owned());
            }
            Meddling::Nothing
        });
        store.delete(&key).await.unwrap();
        assert_eq!(annotation(&fake, &name, "monday-unreadable").as_deref(), Some("2"));
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn what_a_successor_saved_is_not_put_aside_under_a_lease_that_was_taken_over() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("fenced"));
    timeout(LIMIT, async {
        let held = lease(&store, &key).await;
        let name = store.secret_name(&key);
        store.save(&key, record(&key, 1), Expect::Absent, &held).await.unwrap();
        {
            let mut state = fake.state();
            let secret = state.secrets.get_mut(&name).unwrap();
            secret.etag += 1;
            secret.annotations.insert("monday-lease".to_owned(), format!("{}:another", u64::MAX));
        }
        assert_eq!(store.set_aside(&key, &held).await, Err(StoreError::NoLease));
        assert_eq!(store.load(&key).await.unwrap().unwrap().version(), record(&key, 1).version());
        assert_eq!(annotation(&fake, &name, "monday-unreadable"), None);
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_purge_leaves_nothing_and_a_login_starts_anew() {
    let fake = Fake::start().await;
    let (store, key) = (store(&fake).await, key("purge"));
    timeout(LIMIT, async {
        let held = lease(&store, &key).await;
        store.save(&key, record(&key, 1), Expect::Absent, &held).await.unwrap();
        store.purge(&key).await.unwrap();
        store.purge(&key).await.unwrap();
        assert!(fake.state().secrets.is_empty());
        drop(held);
        // At once: this store knows that it is gone.
        assert!(store.load(&key).await.unwrap().is_none());
        let held = lease(&store, &key).await;
        store.save(&key, record(&key, 2), Expect::Absent, &held).await.unwrap();
        fake.refuse(403, "PERMISSION_DENIED");
        assert_eq!(store.purge(&key).await, Err(StoreError::Denied));
    })
    .await
    .unwrap();
}
