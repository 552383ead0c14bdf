//! Reading tokens that someone else puts there.
//!
//! Must not know: stores.

use std::time::Duration;

use aws_sdk_secretsmanager::primitives::Blob;
use monday_auth::{
    Audience, AuthError, CredentialProvider as _, Rejection, RequestContext, Secret, SecretFault,
    SecretReader as _, SecretSource,
};
use monday_auth_aws::SecretsManagerReader;
use tokio::time::timeout;

use crate::client;
use crate::moto::Moto;

const LIMIT: Duration = Duration::from_mins(1);

#[tokio::test]
async fn a_secret_is_read_as_text_from_text_or_bytes_and_a_missing_one_is_none() {
    let Some(moto) = Moto::start("reading secrets") else { return };
    let client = client(moto.port);
    let read = |id: &str| SecretsManagerReader::new(&client, id).read();
    timeout(LIMIT, async {
        client.create_secret().name("text").secret_string("token-in-text").send().await.unwrap();
        client.create_secret().name("bytes").secret_binary(Blob::new("token-in-bytes")).send().await.unwrap();
        client.create_secret().name("no-text").secret_binary(Blob::new([0xff, 0xfe])).send().await.unwrap();
        let fingerprint = |secret: Result<Option<Secret>, _>| secret.unwrap().unwrap().fingerprint();
        assert_eq!(fingerprint(read("text").await), Secret::new("token-in-text").fingerprint());
        assert_eq!(fingerprint(read("bytes").await), Secret::new("token-in-bytes").fingerprint());
        assert_eq!(read("no-text").await.unwrap_err(), SecretFault::NotText);
        assert!(read("missing").await.unwrap().is_none());
        // Without its value it is about to be deleted.
        client.delete_secret().secret_id("text").recovery_window_in_days(7).send().await.unwrap();
        assert_eq!(read("text").await.unwrap_err(), SecretFault::Disabled);
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_version_that_does_not_count_yet_is_not_read() {
    let Some(moto) = Moto::start("reading the current version") else { return };
    let client = client(moto.port);
    timeout(LIMIT, async {
        client.create_secret().name("token").secret_string("token-current").send().await.unwrap();
        let pending = client.put_secret_value().secret_id("token").version_stages("AWSPENDING");
        pending.secret_string("token-pending").send().await.unwrap();
        let read = SecretsManagerReader::new(&client, "token").read().await.unwrap().unwrap();
        assert_eq!(read.fingerprint(), Secret::new("token-current").fingerprint());
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_rotated_token_is_read_again_when_the_api_rejects_the_old_one() {
    let Some(moto) = Moto::start("re-reading a rotated token") else { return };
    let client = client(moto.port);
    let source = SecretsManagerReader::new(&client, "rotated").into_source().field("monday");
    let audience = Audience::monday();
    let context = RequestContext::new("test", &audience);
    timeout(LIMIT, async {
        let absent = source.credential(&context).await.unwrap_err();
        assert!(matches!(absent, AuthError::Missing { .. }), "{absent:?}");
        let first = r#"{"monday":"token-number-1"}"#;
        client.create_secret().name("rotated").secret_string(first).send().await.unwrap();
        let old = source.credential(&context).await.unwrap();
        let second = r#"{"monday":"token-number-2"}"#;
        client.put_secret_value().secret_id("rotated").secret_string(second).send().await.unwrap();
        assert_eq!(source.credential(&context).await.unwrap(), old, "kept until it is rejected");
        let new = source.rejected(&old, Rejection::Unauthorized).await.unwrap();
        assert_eq!(new.fingerprint(), Secret::new("token-number-2").fingerprint());
        let again = source.rejected(&new, Rejection::Unauthorized).await.unwrap_err();
        assert!(matches!(again, AuthError::Rejected { .. }), "{again:?}");
    })
    .await
    .unwrap();
}

#[test]
fn without_a_runtime_a_reading_fails_instead_of_panicking() {
    let client = client(1);
    let reading = SecretsManagerReader::new(&client, "token").read();
    let mut reading = std::pin::pin!(reading);
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let read = reading.as_mut().poll(&mut context);
    assert!(matches!(read, std::task::Poll::Ready(Err(SecretFault::Unavailable))));
    let _: fn(SecretsManagerReader) -> SecretSource = SecretsManagerReader::into_source;
}
