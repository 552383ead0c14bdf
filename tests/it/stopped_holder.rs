//! A process that is stopped with the lease of a server's store, until the lease is another's.
//!
//! The server ends the lease, so that one stopped machine does not stop all; the stopped one must notice. Must not know:
//! how it does.

use std::time::Duration;

use futures_util::future::join_all;
use monday_sdk::CredentialProvider as _;
use monday_sdk::auth::{Rejection, TokenStore as _};

use crate::auth_crash::StoppedProcess;
use crate::auth_support::{key, log_in, sandbox, sessions};
use crate::store_place::{StorePlace, server_places};

/// A lease's life, and a little.
const LEASE_AND_MORE: Duration = Duration::from_millis(30_500);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_holder_stopped_beyond_its_lease_never_plays_its_refresh_token() {
    let sandbox = sandbox(Duration::from_hours(1), Duration::ZERO).await;
    let origin = sandbox.authorization_url();
    let mut stories = Vec::new();
    // All that comes before the request: after it the token is spent, whoever waits.
    for point in ["leased", "leased", "reread", "reread", "preflighted"] {
        for place in server_places().await {
            stories.push(overtaken(&origin, place, point));
        }
    }
    let number = u64::try_from(stories.len()).unwrap();
    join_all(stories).await;
    let counts = sandbox.oauth_counts();
    println!("{number} holders were stopped: {counts:?}");
    assert_eq!((counts.refreshes, counts.reuses, counts.invalid_grants), (number, 0, 0));
}

async fn overtaken(origin: &str, place: StorePlace, point: &str) {
    let ours = sessions(origin, place.store());
    log_in(&ours, &key()).await;
    let provider = ours.provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    let stopped = StoppedProcess::at(point, origin, &place).await;
    assert!(place.store().lease(&key(), Duration::from_secs(1)).await.unwrap().is_none(), "{point} {place}");
    tokio::time::sleep(LEASE_AND_MORE).await;
    let refreshed = provider.rejected(&held, Rejection::Unauthorized).await.unwrap();
    assert_eq!(refreshed.generation().0, held.generation().0 + 1);

    let ended = stopped.go_on().await;
    // Before it looks again, it finds the other's tokens; later it finds that its lease is gone.
    let expected = if point == "leased" { "Ok(2)" } else { "Err(Store(NoLease))" };
    assert_eq!(ended, expected, "{point} {place}");
    let record = place.store().load(&key()).await.unwrap().unwrap();
    assert_eq!(record.fingerprint(), refreshed.fingerprint(), "{point} {place}");
    place.clear().await;
}
