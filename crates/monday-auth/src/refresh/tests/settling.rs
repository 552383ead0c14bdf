//! What a program waits for before it ends.

use std::sync::atomic::Ordering;

use super::scripted::{Act, HOUR, World, after, is, key};
use crate::{AuthError, OAuthProvider, Runtime as _, StoreError, TokenStore as _};

#[tokio::test(start_paused = true)]
async fn a_refresh_in_the_background_is_waited_for_and_kept() {
    let world = World::new().await;
    let process = world.process();
    let provider = process.provider(&key()).unwrap();
    provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    after(3_310).await;
    assert!(is(&provider.current().await.unwrap(), 0), "nobody waits");
    process.settle().await.unwrap();
    assert_eq!(world.stored().await.unwrap().generation, 2);
    assert!(is(&provider.current().await.unwrap(), 1));
}

/// A provider whose refreshed pair the store did not take.
async fn unsaved() -> (World, OAuthProvider) {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.store.fails_late.store(true, Ordering::SeqCst);
    after(3_550).await;
    assert!(is(&provider.current().await.unwrap(), 1));
    (world, provider)
}

#[tokio::test(start_paused = true)]
async fn tokens_that_the_store_did_not_take_are_saved_or_told_of() {
    let (world, provider) = unsaved().await;
    let told = provider.settle().await.unwrap_err();
    assert!(matches!(told, AuthError::Store(StoreError::Io { .. })), "{told}");
    assert_eq!(world.stored().await.unwrap().generation, 1);

    world.store.fails_late.store(false, Ordering::SeqCst);
    let asked = world.clock.elapsed();
    provider.settle().await.unwrap();
    assert_eq!(world.clock.elapsed(), asked, "it does not wait for the next try in the background");
    assert_eq!(world.stored().await.unwrap().generation, 2);
}

#[tokio::test(start_paused = true)]
async fn tokens_of_a_user_who_has_logged_out_meanwhile_are_revoked() {
    let (world, provider) = unsaved().await;
    world.store.kept.delete(&key()).await.unwrap();
    provider.settle().await.unwrap();
    let last = world.server.bodies.lock().unwrap().last().cloned().unwrap();
    assert!(last.contains("token=refresh-1") && !last.contains("grant_type"), "{last}");
    assert!(world.stored().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn where_nothing_is_under_way_nothing_is_asked() {
    let world = World::new().await;
    let process = world.process();
    process.settle().await.unwrap();
    let provider = process.provider(&key()).unwrap();
    provider.current().await.unwrap();
    world.store.down.store(true, Ordering::SeqCst);
    process.settle().await.unwrap();
    // A refresh that came to nothing is no error either: the old pair is where it was.
    after(HOUR.as_secs() - 50).await;
    assert!(is(&provider.current().await.unwrap(), 0));
    process.settle().await.unwrap();
    assert_eq!(world.server.requests(), 0);
}
