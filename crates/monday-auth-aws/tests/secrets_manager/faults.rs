//! Each fault of the service as its typed error, in bounded time and calls.
//!
//! Must not know: moto.

use std::error::Error as _;
use std::time::{Duration, Instant};

use aws_sdk_secretsmanager::Client;
use monday_auth::{SecretFault, SecretReader as _, StoreError, TokenStore as _};
use monday_auth_aws::{SecretsManagerReader, SecretsManagerStore};
use tokio::time::timeout;

use crate::client;
use crate::records::key;
use crate::scripted::{Reply, Scripted, refusal};

const LIMIT: Duration = Duration::from_mins(1);

pub(crate) async fn read(client: &Client) -> SecretFault {
    let read = SecretsManagerReader::new(client, "prod/monday").read();
    timeout(LIMIT, read).await.unwrap().unwrap_err()
}

pub(crate) async fn load(client: &Client) -> StoreError {
    let store = SecretsManagerStore::new(client, "tests").unwrap();
    timeout(LIMIT, store.load(&key("fault"))).await.unwrap().unwrap_err()
}

#[tokio::test]
async fn each_refusal_is_a_typed_error_without_a_word_of_the_answer() {
    for (status, code, fault, error) in [
        (400, "AccessDeniedException", SecretFault::Denied, StoreError::Denied),
        (400, "DecryptionFailure", SecretFault::Denied, StoreError::Denied),
        (400, "ExpiredTokenException", SecretFault::Denied, StoreError::Denied),
        (400, "UnrecognizedClientException", SecretFault::Denied, StoreError::Denied),
        (403, "SomethingNew", SecretFault::Denied, StoreError::Denied),
        (400, "InvalidRequestException", SecretFault::Disabled, StoreError::Unavailable),
        (400, "InvalidParameterException", SecretFault::Refused, StoreError::Denied),
        (400, "ThrottlingException", SecretFault::Throttled, StoreError::Unavailable),
        (429, "SomethingNew", SecretFault::Throttled, StoreError::Unavailable),
        (500, "InternalServiceError", SecretFault::Unavailable, StoreError::Unavailable),
        (503, "SomethingNew", SecretFault::Unavailable, StoreError::Unavailable),
    ] {
        let server = Scripted::always(status, code).await;
        let client = client(server.port);
        let (read, loaded) = (read(&client).await, load(&client).await);
        assert_eq!((read, loaded), (fault, error), "{status} {code}");
        let said = format!("{read} {read:?} {loaded} {loaded:?}");
        assert!(!said.contains("canary"), "{said}");
        assert!(read.source().is_none() && loaded.source().is_none());
        assert!(server.calls().len() <= 6, "{code}: {} calls", server.calls().len());
    }
}

#[tokio::test]
async fn the_current_version_is_asked_for_by_its_label() {
    let server = Scripted::always(400, "AccessDeniedException").await;
    read(&client(server.port)).await;
    load(&client(server.port)).await;
    let calls = server.calls();
    assert_eq!(calls.len(), 2);
    for call in calls {
        let body: serde_json::Value = serde_json::from_str(&call.body).unwrap();
        assert_eq!((call.action.as_str(), &body["VersionStage"]), ("GetSecretValue", &"AWSCURRENT".into()));
    }
}

#[tokio::test]
async fn a_new_secret_is_made_with_the_key_that_was_asked_for() {
    let server = Scripted::start(|call| {
        let code = if call.action == "GetSecretValue" { "ResourceNotFoundException" } else { "AccessDenied" };
        std::future::ready(refusal(400, code))
    })
    .await;
    let store = SecretsManagerStore::new(&client(server.port), "tests").unwrap().kms_key("alias/monday");
    let lease = store.lease(&key("kms"), Duration::from_secs(30)).await;
    assert_eq!(lease.unwrap_err(), StoreError::Denied);
    // What was refused is not given back: no call comes after this one.
    tokio::time::sleep(Duration::from_millis(300)).await;
    let calls = server.calls();
    let create: serde_json::Value = serde_json::from_str(&calls.last().unwrap().body).unwrap();
    assert_eq!(create["KmsKeyId"], "alias/monday");
}

#[tokio::test]
async fn throttling_is_asked_about_three_times_and_no_more() {
    let server = Scripted::always(400, "ThrottlingException").await;
    let begun = Instant::now();
    assert_eq!(read(&client(server.port)).await, SecretFault::Throttled);
    assert_eq!(server.calls().len(), 3);
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_within_six_seconds() {
    let server = Scripted::start(|_| std::future::ready(Reply::Hang)).await;
    let client = client(server.port);
    let begun = Instant::now();
    let (read, loaded) = tokio::join!(read(&client), load(&client));
    assert_eq!((read, loaded), (SecretFault::Unavailable, StoreError::Unavailable));
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
    assert!(begun.elapsed() > Duration::from_millis(1900), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_that_is_not_there_and_an_answer_that_is_no_json_are_unavailable() {
    assert_eq!(read(&client(1)).await, SecretFault::Unavailable);
    let server = Scripted::start(|_| std::future::ready(Reply::Answer(200, "<html>".to_owned()))).await;
    assert_eq!(read(&client(server.port)).await, SecretFault::Unavailable);
}

#[tokio::test]
async fn a_connection_that_ends_without_an_answer_is_unavailable() {
    let server = Scripted::start(|_| std::future::ready(Reply::Close)).await;
    let client = client(server.port);
    assert_eq!(
        (read(&client).await, load(&client).await),
        (SecretFault::Unavailable, StoreError::Unavailable)
    );
    assert!(!server.calls().is_empty());
}

#[tokio::test]
async fn a_reading_goes_on_when_its_caller_gives_up() {
    let server = Scripted::start(|_| async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        Reply::Answer(500, "{}".to_owned())
    })
    .await;
    let read = SecretsManagerReader::new(&client(server.port), "token").read();
    assert!(timeout(Duration::from_millis(100), read).await.is_err());
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert!(server.calls().len() > 1, "its second try");
}
