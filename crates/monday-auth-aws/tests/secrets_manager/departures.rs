//! What is not sent: calls without an identity, and calls to where others can listen.
//!
//! Must not know: answers.

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::future;
use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::config::{
    BehaviorVersion, Builder, Config, Credentials, ProvideCredentials, Region,
};
use monday_auth::{SecretFault, StoreError};

use crate::client;
use crate::faults::{load, read};
use crate::scripted::Scripted;

fn config(port: u16) -> Builder {
    Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .region(Region::new("eu-central-1"))
        .endpoint_url(format!("http://127.0.0.1:{port}"))
}

async fn both(client: &Client) -> (SecretFault, StoreError) {
    (read(client).await, load(client).await)
}

#[tokio::test]
async fn without_credentials_or_a_region_nothing_is_sent() {
    let server = Scripted::always(400, "AccessDeniedException").await;
    let nobody = Client::from_conf(config(server.port).build());
    assert_eq!(both(&nobody).await, (SecretFault::NoIdentity, StoreError::Denied));
    // Without a region there is no endpoint.
    let nowhere = Config::builder()
        .behavior_version(BehaviorVersion::v2026_01_12())
        .credentials_provider(Credentials::new("AKIDFORTESTS", "not-a-real-key", None, None, "tests"));
    assert_eq!(
        both(&Client::from_conf(nowhere.build())).await,
        (SecretFault::NoIdentity, StoreError::Denied)
    );
    assert!(server.calls().is_empty());
}

/// A provider that fails so.
#[derive(Debug)]
struct Failing(fn() -> CredentialsError);

impl ProvideCredentials for Failing {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::ready(Err((self.0)()))
    }
}

#[tokio::test]
async fn credentials_that_may_come_later_are_not_missing() {
    let missing = (SecretFault::NoIdentity, StoreError::Denied);
    let later = (SecretFault::Unavailable, StoreError::Unavailable);
    let cases: [(fn() -> CredentialsError, _); 5] = [
        (|| CredentialsError::not_loaded("canary"), missing),
        (|| CredentialsError::invalid_configuration("canary"), missing),
        (|| CredentialsError::provider_error("503 of STS"), later),
        (|| CredentialsError::unhandled("the container's agent restarts"), later),
        (|| CredentialsError::provider_timed_out(std::time::Duration::from_secs(1)), later),
    ];
    let server = Scripted::always(400, "AccessDeniedException").await;
    for (error, expected) in cases {
        let config = config(server.port).credentials_provider(Failing(error));
        assert_eq!(both(&Client::from_conf(config.build())).await, expected, "{:?}", error());
    }
    assert!(server.calls().is_empty());
}

#[tokio::test]
async fn nothing_is_sent_unencrypted_to_another_machine() {
    let server = Scripted::always(400, "AccessDeniedException").await;
    // It is this machine, but not by its name.
    let elsewhere = format!("http://0.0.0.0:{}", server.port);
    let elsewhere = client(server.port).config().to_builder().endpoint_url(elsewhere);
    let (read, loaded) = both(&Client::from_conf(elsewhere.build())).await;
    assert_eq!(read, SecretFault::Refused);
    assert!(matches!(loaded, StoreError::NotSetUp(_)), "{loaded:?}");
    assert!(server.calls().is_empty());
    assert_eq!(
        both(&client(server.port)).await,
        (SecretFault::Denied, StoreError::Denied),
        "it would answer"
    );
}
