//! Reading tokens that someone else puts there.
//!
//! Must not know: stores.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use monday_auth::{
    Audience, AuthError, CredentialProvider as _, Rejection, RequestContext, Secret, SecretFault,
    SecretReader as _,
};
use monday_auth_google::{InvalidSecretName, SecretManagerReader};
use serde_json::json;
use tokio::time::timeout;

use crate::client;
use crate::fake::{Fake, Meddling, payload};
use crate::server::{Reply, Server};

const LIMIT: Duration = Duration::from_mins(1);
const NAME: &str = "projects/p/secrets/monday";

async fn read(fake: &Fake) -> Result<Option<Secret>, SecretFault> {
    let read = SecretManagerReader::new(&fake.client().await, NAME).unwrap().read();
    timeout(LIMIT, read).await.unwrap()
}

#[tokio::test]
async fn a_secret_is_read_in_its_latest_version_and_a_missing_one_is_none() {
    let fake = Fake::start().await;
    assert!(read(&fake).await.unwrap().is_none());
    fake.put(NAME, b"token-number-1");
    fake.put(NAME, b"token-number-2");
    let newest = read(&fake).await.unwrap().unwrap();
    assert_eq!(newest.fingerprint(), Secret::new("token-number-2").fingerprint());
    let first = format!("{NAME}/versions/1");
    let first =
        SecretManagerReader::new(&fake.client().await, &first).unwrap().read().await.unwrap().unwrap();
    assert_eq!(first.fingerprint(), Secret::new("token-number-1").fingerprint());
    fake.put(NAME, &[0xff, 0xfe]);
    assert_eq!(read(&fake).await.unwrap_err(), SecretFault::NotText);
    *fake.state().secrets.get_mut(NAME).unwrap().versions.last_mut().unwrap() = None;
    assert_eq!(read(&fake).await.unwrap_err(), SecretFault::Disabled);
    let wrong = SecretManagerReader::new(&fake.client().await, "monday");
    assert_eq!(wrong.unwrap_err(), InvalidSecretName);
}

#[tokio::test]
async fn bytes_whose_checksum_is_wrong_or_missing_are_refused() {
    let fake = Fake::start().await;
    for (wrong, is_right) in [
        (payload(b"token-number-1"), true),
        (json!({"data": payload(b"token-number-1")["data"]}), false),
        (json!({"data": payload(b"token-number-1")["data"], "dataCrc32c": "1"}), false),
        (
            json!({"data": payload(b"token-number-2")["data"], "dataCrc32c": payload(b"token-number-1")["dataCrc32c"]}),
            false,
        ),
        (serde_json::Value::Null, false),
    ] {
        let body = json!({"name": format!("{NAME}/versions/1"), "payload": wrong}).to_string();
        fake.meddle(move |_, _| Meddling::Answer(200, body.clone()));
        let read = read(&fake).await;
        assert_eq!(read.is_ok(), is_right, "{wrong}");
        assert!(is_right || read.unwrap_err() == SecretFault::Checksum, "{wrong}");
    }
}

#[tokio::test]
async fn a_rotated_token_is_read_again_when_the_api_rejects_the_old_one() {
    let fake = Fake::start().await;
    let reader = SecretManagerReader::new(&fake.client().await, NAME).unwrap();
    let source = reader.into_source().field("monday");
    let audience = Audience::monday();
    let context = RequestContext::new("test", &audience);
    timeout(LIMIT, async {
        let absent = source.credential(&context).await.unwrap_err();
        assert!(matches!(absent, AuthError::Missing { .. }), "{absent:?}");
        fake.put(NAME, br#"{"monday":"token-number-1"}"#);
        let old = source.credential(&context).await.unwrap();
        fake.put(NAME, br#"{"monday":"token-number-2"}"#);
        assert_eq!(source.credential(&context).await.unwrap(), old, "kept until it is rejected");
        let new = source.rejected(&old, Rejection::Unauthorized).await.unwrap();
        assert_eq!(new.fingerprint(), Secret::new("token-number-2").fingerprint());
        let again = source.rejected(&new, Rejection::Unauthorized).await.unwrap_err();
        assert!(matches!(again, AuthError::Rejected { .. }), "{again:?}");
    })
    .await
    .unwrap();
}

#[tokio::test]
async fn a_reading_goes_on_when_its_caller_gives_up() {
    let asked = Arc::new(AtomicU32::new(0));
    let counted = Arc::clone(&asked);
    let server = Server::start(move |_| {
        counted.fetch_add(1, Ordering::SeqCst);
        async {
            tokio::time::sleep(Duration::from_millis(300)).await;
            Reply::Answer(503, "{}".to_owned())
        }
    })
    .await;
    let read = SecretManagerReader::new(&client(server.port).await, NAME).unwrap().read();
    assert!(timeout(Duration::from_millis(100), read).await.is_err());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    tokio::time::sleep(Duration::from_secs(3)).await;
    assert_eq!(asked.load(Ordering::SeqCst), 3, "its other tries");
}
