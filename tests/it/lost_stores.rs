//! A store's server that is away when a token is due.
//!
//! Must not know: how it is reached.

use std::time::{Duration, Instant, SystemTime};

use futures_util::future::join_all;
use monday_sdk::AuthError;
use monday_sdk::auth::{StoreError, TokenStore as _};
use monday_sdk::queries::Me;

use crate::auth_support::{client_of, key, log_in, sandbox, sessions};
use crate::cut_proxy::{CutProxy, Way};
use crate::store_place::{StorePlace, server_places};
use crate::support::within;

const LIFE: Duration = Duration::from_secs(6);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_its_store_nothing_is_refreshed_and_the_valid_token_is_used_to_its_end() {
    let mut stories = Vec::new();
    for way in [Way::Cut, Way::Hung] {
        for place in server_places().await {
            stories.push(lost(place, way));
        }
    }
    within(Duration::from_mins(1), join_all(stories)).await;
}

async fn lost(place: StorePlace, way: Way) {
    let sandbox = sandbox(LIFE, Duration::ZERO).await;
    let origin = sandbox.authorization_url();
    let proxy = CutProxy::to(place.address()).await;
    let ours = sessions(&origin, place.through(&proxy.address).store());
    log_in(&ours, &key()).await;
    let provider = ours.provider(&key()).unwrap();
    let client = client_of(&origin, provider.clone());
    client.execute(Me).await.unwrap();
    let end = place.store().load(&key()).await.unwrap().unwrap().expires_at().unwrap();

    proxy.set(way);
    // The last tenth of a second waits for a refresh: that is the time between due and end.
    while SystemTime::now() + LIFE / 20 < end {
        client.execute(Me).await.unwrap_or_else(|error| panic!("{way:?} {place}: {error:?}"));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    tokio::time::sleep(LIFE / 10).await;
    assert!(SystemTime::now() > end);
    let begun = Instant::now();
    let error = provider.current().await.unwrap_err();
    assert_eq!(error, AuthError::Store(StoreError::Unavailable), "{way:?} {place}");
    assert!(error.is_retryable());
    assert!(begun.elapsed() < Duration::from_secs(5), "{way:?} {place}: {:?}", begun.elapsed());
    assert!(client.execute(Me).await.is_err());
    assert_eq!(sandbox.oauth_counts().refreshes, 0, "{way:?} {place}");

    proxy.set(Way::Open);
    // What failed is not asked for again at once.
    while let Err(error) = client.execute(Me).await {
        assert!(begun.elapsed() < Duration::from_secs(30), "{way:?} {place}: {error:?}");
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let counts = sandbox.oauth_counts();
    assert_eq!((counts.refreshes, counts.invalid_grants), (1, 0), "{way:?} {place}");
    place.clear().await;
}

#[tokio::test]
async fn a_silent_server_is_waited_for_a_few_seconds_and_then_asked_anew() {
    let mut stories = Vec::new();
    for place in server_places().await {
        stories.push(async move {
            let proxy = CutProxy::to(place.address()).await;
            let store = place.through(&proxy.address).store();
            store.load(&key()).await.unwrap();
            proxy.set(Way::Hung);
            for _ in 0..2 {
                let begun = Instant::now();
                assert_eq!(store.load(&key()).await.unwrap_err(), StoreError::Unavailable);
                assert!(begun.elapsed() < Duration::from_secs(5), "{place}: {:?}", begun.elapsed());
            }
            proxy.set(Way::Open);
            store.load(&key()).await.unwrap();
            // A connection that was closed meanwhile is noticed, and one that died without a word is given up.
            proxy.set(Way::Cut);
            tokio::time::sleep(Duration::from_millis(50)).await;
            proxy.set(Way::Open);
            store.load(&key()).await.unwrap();
            proxy.strand();
            let found = store.load(&key()).await;
            // PostgreSQL's pool looks whether its connection lives before it hands it out.
            assert_eq!(found.is_ok(), matches!(place, StorePlace::Postgres { .. }), "{place}");
            let begun = Instant::now();
            store.load(&key()).await.unwrap();
            assert!(begun.elapsed() < Duration::from_secs(1), "{place}: {:?}", begun.elapsed());
            place.clear().await;
        });
    }
    within(Duration::from_secs(30), join_all(stories)).await;
}
