//! Each fault of the service as its typed error, in bounded time and calls.
//!
//! Must not know: records.

use std::error::Error as _;
use std::time::{Duration, Instant};

use google_cloud_auth::credentials::{CacheableResource, Credentials, CredentialsProvider, EntityTag};
use google_cloud_auth::errors::CredentialsError;
use google_cloud_secretmanager_v1::client::SecretManagerService;
use monday_auth::{SecretFault, SecretReader as _, StoreError, TokenStore as _};
use monday_auth_google::{SecretManagerReader, SecretManagerStore};
use tokio::time::timeout;

use crate::client;
use crate::fake::{Fake, Meddling};
use crate::records::key;

const LIMIT: Duration = Duration::from_mins(1);

async fn read(client: &SecretManagerService) -> SecretFault {
    let read = SecretManagerReader::new(client, "projects/p/secrets/monday").unwrap().read();
    timeout(LIMIT, read).await.unwrap().unwrap_err()
}

async fn load(client: &SecretManagerService) -> StoreError {
    let store = SecretManagerStore::new(client, "projects/p", "tests").unwrap();
    timeout(LIMIT, store.load(&key("fault"))).await.unwrap().unwrap_err()
}

#[tokio::test]
async fn each_refusal_is_a_typed_error_without_a_word_of_the_answer() {
    for (status, code, fault, error) in [
        (401, "UNAUTHENTICATED", SecretFault::Denied, StoreError::Denied),
        (403, "PERMISSION_DENIED", SecretFault::Denied, StoreError::Denied),
        (400, "FAILED_PRECONDITION", SecretFault::Disabled, StoreError::Unavailable),
        (400, "INVALID_ARGUMENT", SecretFault::Refused, StoreError::Denied),
        (429, "RESOURCE_EXHAUSTED", SecretFault::Throttled, StoreError::Unavailable),
        (500, "INTERNAL", SecretFault::Unavailable, StoreError::Unavailable),
        (503, "UNAVAILABLE", SecretFault::Unavailable, StoreError::Unavailable),
        (504, "DEADLINE_EXCEEDED", SecretFault::Unavailable, StoreError::Unavailable),
    ] {
        let fake = Fake::start().await;
        fake.refuse(status, code);
        let client = fake.client().await;
        let (read, loaded) = (read(&client).await, load(&client).await);
        assert_eq!((read, loaded), (fault, error), "{status} {code}");
        let said = format!("{read} {read:?} {loaded} {loaded:?}");
        assert!(!said.contains("canary"), "{said}");
        assert!(read.source().is_none() && loaded.source().is_none());
        let tries = if status == 503 { 3 } else { 1 };
        assert_eq!(fake.count(|_| true), 2 * tries, "{code}");
    }
}

#[tokio::test]
async fn what_a_proxy_answers_is_told_by_its_status() {
    for (status, fault) in [
        (401, SecretFault::Denied),
        (403, SecretFault::Denied),
        (418, SecretFault::Refused),
        (429, SecretFault::Throttled),
        (502, SecretFault::Unavailable),
        (200, SecretFault::Unavailable),
    ] {
        let fake = Fake::start().await;
        fake.meddle(move |_, _| Meddling::Answer(status, "<html>".to_owned()));
        assert_eq!(read(&fake.client().await).await, fault, "{status}");
    }
    assert_eq!(read(&client(1).await).await, SecretFault::Unavailable, "nobody listens");
}

#[tokio::test]
async fn a_gateway_that_does_not_know_the_way_says_nothing_about_the_secret() {
    let fake = Fake::start().await;
    fake.meddle(|_, _| Meddling::Answer(404, "<html>not found</html>".to_owned()));
    let client = fake.client().await;
    let (read, loaded) = (read(&client).await, load(&client).await);
    assert_eq!((read, loaded), (SecretFault::Unavailable, StoreError::Unavailable));
    let (store, key) = (SecretManagerStore::new(&client, "projects/p", "tests").unwrap(), key("gateway"));
    assert_eq!(store.delete(&key).await, Err(StoreError::Unavailable));
    assert_eq!(store.purge(&key).await, Err(StoreError::Unavailable));
    assert_eq!(store.lease(&key, Duration::from_secs(30)).await.unwrap_err(), StoreError::Unavailable);
    assert_eq!(fake.count(|request| request.method == "POST"), 0, "no secret is made");
}

#[tokio::test]
async fn throttling_is_asked_about_once() {
    let fake = Fake::start().await;
    fake.refuse(429, "RESOURCE_EXHAUSTED");
    let (client, begun) = (fake.client().await, Instant::now());
    assert_eq!(read(&client).await, SecretFault::Throttled);
    assert_eq!(fake.count(|_| true), 1);
    assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_given_up_within_six_seconds() {
    let fake = Fake::start().await;
    fake.meddle(|_, _| Meddling::Hang);
    let (client, begun) = (fake.client().await, Instant::now());
    let (read, loaded) = tokio::join!(read(&client), load(&client));
    assert_eq!((read, loaded), (SecretFault::Unavailable, StoreError::Unavailable));
    assert!(begun.elapsed() > Duration::from_secs(2), "{:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
}

/// Credentials that never come, or do not exist.
#[derive(Debug)]
struct Without {
    hangs: bool,
}

impl CredentialsProvider for Without {
    async fn headers(
        &self,
        _: http::Extensions,
    ) -> Result<CacheableResource<http::HeaderMap>, CredentialsError> {
        if self.hangs {
            std::future::pending::<()>().await;
        }
        let _: Option<EntityTag> = None;
        Err(CredentialsError::from_msg(false, "canary-in-message"))
    }

    async fn universe_domain(&self) -> Option<String> {
        None
    }
}

#[tokio::test]
async fn without_credentials_nothing_is_sent_and_credentials_that_do_not_come_are_given_up() {
    for (hangs, fault, error) in [
        (false, SecretFault::NoIdentity, StoreError::Denied),
        (true, SecretFault::Unavailable, StoreError::Unavailable),
    ] {
        let fake = Fake::start().await;
        let port = fake.port();
        let builder = SecretManagerService::builder().with_endpoint(format!("http://127.0.0.1:{port}"));
        let client = builder.with_credentials(Credentials::from(Without { hangs })).build().await.unwrap();
        let begun = Instant::now();
        let found = tokio::join!(read(&client), load(&client));
        assert_eq!(found, (fault, error));
        assert!(begun.elapsed() < Duration::from_secs(6), "{:?}", begun.elapsed());
        assert_eq!(fake.count(|_| true), 0);
    }
}
