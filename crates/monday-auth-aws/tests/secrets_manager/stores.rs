//! The store and its secrets as the tests use them.
//!
//! Must not know: what is tested.

use std::time::Duration;

use aws_sdk_secretsmanager::Client;
use monday_auth::{Lease, TokenKey, TokenStore as _};
use monday_auth_aws::SecretsManagerStore;
use tokio::time::sleep;

use crate::client;

pub(crate) const LIMIT: Duration = Duration::from_mins(1);
pub(crate) const TTL: Duration = Duration::from_secs(30);

pub(crate) fn store(port: u16) -> SecretsManagerStore {
    SecretsManagerStore::new(&client(port), "tests/tokens").unwrap()
}

/// Takes the lease as soon as it is free.
pub(crate) async fn lease(store: &SecretsManagerStore, key: &TokenKey) -> Lease {
    loop {
        if let Some(lease) = store.lease(key, TTL).await.unwrap() {
            return lease;
        }
        sleep(Duration::from_millis(20)).await;
    }
}

pub(crate) async fn text(client: &Client, name: &str) -> String {
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

/// What another process or a person writes there, whatever it was before.
pub(crate) async fn overwrite(client: &Client, name: &str, text: &str) {
    // moto knows the current version by its label only if the label was moved.
    let put = client.put_secret_value().secret_id(name).version_stages("BY_HAND").secret_string(text);
    let new = put.send().await.unwrap().version_id.unwrap();
    let current = client.get_secret_value().secret_id(name).version_stage("AWSCURRENT").send().await.unwrap();
    let moved = client.update_secret_version_stage().secret_id(name).version_stage("AWSCURRENT");
    let moved = moved.remove_from_version_id(current.version_id.unwrap()).move_to_version_id(new);
    moved.send().await.unwrap();
}
