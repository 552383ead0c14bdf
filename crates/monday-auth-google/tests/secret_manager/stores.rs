//! The store and its secrets as the tests use them.
//!
//! Must not know: what is tested.

use std::time::Duration;

use monday_auth::{Lease, TokenKey, TokenStore as _};
use monday_auth_google::SecretManagerStore;
use tokio::time::sleep;

use crate::fake::Fake;

pub(crate) const LIMIT: Duration = Duration::from_mins(1);
pub(crate) const TTL: Duration = Duration::from_secs(30);

pub(crate) async fn store(fake: &Fake) -> SecretManagerStore {
    SecretManagerStore::new(&fake.client().await, "projects/p", "tests").unwrap()
}

/// Takes the lease as soon as it is free.
pub(crate) async fn lease(store: &SecretManagerStore, key: &TokenKey) -> Lease {
    loop {
        if let Some(lease) = store.lease(key, TTL).await.unwrap() {
            return lease;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

pub(crate) fn annotation(fake: &Fake, name: &str, annotation: &str) -> Option<String> {
    fake.state().secrets[name].annotations.get(annotation).cloned()
}

/// The numbers of the versions that are not destroyed.
pub(crate) fn active(fake: &Fake, name: &str) -> Vec<usize> {
    let versions = fake.state().secrets[name].versions.clone();
    versions.iter().enumerate().filter(|(_, bytes)| bytes.is_some()).map(|(index, _)| index + 1).collect()
}
