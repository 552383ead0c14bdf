//! A process whose machine slept in a refresh: its own clock stood still, and another has the lease.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::app_secret::{Manager, REFUSED, Says, provider};
use super::scripted::{Act, World, after, is};
use crate::{AuthError, CredentialProvider as _, HttpFault, Rejection};

/// Half of the shortest pause before a request is sent once more.
const SOON: Duration = Duration::from_millis(100);

#[tokio::test(start_paused = true)]
async fn a_refresh_token_is_not_sent_once_more_by_one_who_has_lost_the_lease_meanwhile() {
    for fault in [HttpFault::MaybeSent, HttpFault::NotSent] {
        let world = World::new().await;
        let provider = world.provider();
        let old = provider.current().await.unwrap();
        world.server.will([Act::Fail(fault)]);
        let overtaken = std::sync::Arc::clone(&world.store.overtaken);
        tokio::spawn(async move {
            tokio::time::sleep(SOON).await;
            overtaken.store(true, Ordering::SeqCst);
        });
        let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
        assert_eq!(error, AuthError::Transport(fault));
        assert!(error.is_retryable());
        assert_eq!(world.server.spent(), ["refresh-0"]);
        // With the next lease it is sent again.
        world.store.overtaken.store(false, Ordering::SeqCst);
        after(31).await;
        assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
        assert_eq!(world.server.spent(), ["refresh-0"; 2]);
    }
}

#[tokio::test(start_paused = true)]
async fn nor_with_the_secret_that_was_rotated_meanwhile() {
    let world = World::new().await;
    let manager = Manager::saying([Says::Secret("secret-new", Duration::from_secs(4))]);
    let provider = provider(&world, &manager).await;
    let old = provider.current().await.unwrap();
    world.server.will([REFUSED]);
    let overtaken = std::sync::Arc::clone(&world.store.overtaken);
    tokio::spawn(async move {
        tokio::time::sleep(SOON).await;
        overtaken.store(true, Ordering::SeqCst);
    });
    provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(world.server.spent(), ["refresh-0"]);
}
