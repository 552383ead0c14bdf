//! What callers see: who waits, who does not, and that one refresh serves all.

use std::sync::atomic::Ordering;
use std::time::Duration;

use futures_util::future::join_all;

use super::scripted::{Act, World, after, is, key};
use crate::{Audience, CredentialProvider as _, Rejection, RequestContext};

#[tokio::test(start_paused = true)]
async fn a_fresh_token_is_handed_out_without_a_request() {
    let world = World::new().await;
    let provider = world.provider();
    after(3_000).await;
    let context = (Audience::monday(), "Me");
    let credential = provider.credential(&RequestContext::new(context.1, &context.0)).await.unwrap();
    assert!(is(&credential, 0));
    assert_eq!(world.server.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_token_due_soon_is_handed_out_while_its_refresh_goes_on() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    after(3_310).await;
    for _ in 0..10 {
        assert!(is(&provider.current().await.unwrap(), 0), "nobody waits");
    }
    after(6).await;
    assert!(is(&provider.current().await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_due_now_is_waited_for_by_all_and_fetched_once() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    after(3_545).await;
    let credentials = join_all((0..100).map(|_| provider.current())).await;
    assert!(credentials.iter().all(|credential| is(credential.as_ref().unwrap(), 1)));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_refresh_survives_the_caller_that_started_it() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    after(3_550).await;
    let caller = tokio::time::timeout(Duration::from_secs(1), provider.current()).await;
    assert!(caller.is_err(), "the caller gave up");
    after(10).await;
    assert_eq!(world.stored().await.unwrap().generation, 2, "the answer was kept");
    assert!(is(&provider.current().await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_hundred_refusals_of_one_credential_cause_one_refresh() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Pair(2)]);
    let fresh = join_all((0..100).map(|_| provider.rejected(&old, Rejection::Unauthorized))).await;
    assert!(fresh.iter().all(|credential| is(credential.as_ref().unwrap(), 1)));
    assert_eq!(world.server.requests(), 1);
    // A straggler that was refused with the old one costs nothing.
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_token_refused_right_after_its_refresh_is_not_refreshed_again() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    let new = provider.rejected(&old, Rejection::Unauthorized).await.unwrap();
    for _ in 0..200 {
        let error = provider.rejected(&new, Rejection::Unauthorized).await.unwrap_err();
        assert!(matches!(error, crate::AuthError::Rejected { .. }));
    }
    assert_eq!(world.server.requests(), 1);
    after(31).await;
    assert!(is(&provider.rejected(&new, Rejection::Unauthorized).await.unwrap(), 2));
}

#[tokio::test(start_paused = true)]
async fn a_refusal_during_a_refresh_waits_for_its_end() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    after(3_320).await;
    provider.current().await.unwrap();
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn another_process_takes_the_refreshed_token_from_the_store() {
    let world = World::new().await;
    let (one, other) = (world.provider(), world.provider());
    one.current().await.unwrap();
    other.current().await.unwrap();
    after(3_550).await;
    assert!(is(&one.current().await.unwrap(), 1));
    assert!(is(&other.current().await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn processes_that_find_it_due_at_once_refresh_once() {
    let world = World::new().await;
    let providers: Vec<_> = (0..6).map(|_| world.provider()).collect();
    join_all(providers.iter().map(super::super::OAuthProvider::current)).await;
    world.server.will([Act::Pair(3)]);
    after(3_550).await;
    let credentials = join_all(providers.iter().map(super::super::OAuthProvider::current)).await;
    assert!(credentials.iter().all(|credential| is(credential.as_ref().unwrap(), 1)));
    assert_eq!(world.server.spent(), ["refresh-0"]);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_jumps_costs_at_most_one_refresh() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    for shift in [-3_600, 86_400, 0, 12 * 3_600, -12 * 3_600] {
        world.clock.shift.store(shift, Ordering::SeqCst);
        after(60).await;
        assert!(provider.current().await.is_ok());
    }
    assert!(world.server.requests() <= 1);
}

#[tokio::test(start_paused = true)]
async fn keys_have_nothing_to_do_with_one_another() {
    let world = World::new().await;
    let sessions = world.process();
    let keys: Vec<_> = (0..50).map(|n| crate::TokenKey::new("app", format!("account {n}"), "user")).collect();
    for (number, key) in keys.iter().enumerate() {
        sessions.adopt(key, world.grant(100 + number)).await.unwrap();
    }
    for _ in 0..200 {
        for (number, key) in keys.iter().enumerate() {
            assert!(is(&sessions.provider(key).unwrap().current().await.unwrap(), 100 + number));
        }
    }
    assert!(is(&sessions.provider(&key()).unwrap().current().await.unwrap(), 0));
    let other = crate::TokenKey::new("another app", "account", "user");
    assert!(sessions.provider(&other).is_err());
}
