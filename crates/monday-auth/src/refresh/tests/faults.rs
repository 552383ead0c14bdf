//! Faults of the authorization server and of the store, F50 to F60 of the fault model.

use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use super::scripted::{Act, World, after, is, key};
use crate::{
    AuthError, ConsentLost, CredentialProvider as _, Expect, HttpFault, OAuthCode, Rejection, StoreError,
    TokenRecord, TokenStore as _,
};

const INVALID_GRANT: Act = Act::Say(400, r#"{"error":"invalid_grant"}"#);

fn code(error: &AuthError) -> Option<&OAuthCode> {
    match error {
        AuthError::OAuth(fault) => Some(&fault.code),
        _ => None,
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_refresh_token_is_never_played_again() {
    let world = World::new().await;
    let (one, other) = (world.provider(), world.provider());
    one.current().await.unwrap();
    other.current().await.unwrap();
    world.server.will([INVALID_GRANT]);
    after(3_550).await;
    assert!(is(&one.current().await.unwrap(), 0), "what is valid is used to its end");
    after(60).await;
    let refused = AuthError::ReauthorizationRequired(ConsentLost::Refused);
    let before = AuthError::ReauthorizationRequired(ConsentLost::RefusedBefore);
    let seen = one.current().await.unwrap_err();
    assert!(seen == refused || seen == before, "{seen}");
    assert_eq!(other.current().await.unwrap_err(), before);
    assert_eq!(world.provider().current().await.unwrap_err(), before);
    for _ in 0..200 {
        assert!(one.current().await.is_err());
    }
    assert_eq!(world.server.requests(), 1);
    assert!(world.stored().await.unwrap().needs_consent());
    // A new login ends it, in every process.
    world.process().adopt(&key(), world.grant(7)).await.unwrap();
    after(31).await;
    assert!(is(&one.current().await.unwrap(), 7) && is(&other.current().await.unwrap(), 7));
}

#[tokio::test(start_paused = true)]
async fn a_refused_refresh_token_that_another_has_replaced_is_no_loss() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([INVALID_GRANT]);
    let (store, newer) = (world.store.kept.clone(), {
        let old = world.stored().await.unwrap();
        Arc::new(old.succeeded_by(world.grant(5)))
    });
    // Someone without our lease saves two seconds later.
    tokio::spawn(async move {
        after(2).await;
        let lease = crate::Lease::new(&key(), Duration::from_secs(30), ());
        let found = store.load(&key()).await.unwrap().unwrap();
        store.save(&key(), newer, Expect::Version(found.version()), &lease).await.unwrap();
    });
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 5));
    assert!(!world.stored().await.unwrap().needs_consent());
}

#[tokio::test(start_paused = true)]
async fn refusals_of_the_app_are_typed_and_bury_nothing() {
    for (status, body, expected) in [
        (401, r#"{"error":"invalid_client"}"#, OAuthCode::InvalidClient),
        (400, r#"{"error":"unauthorized_client"}"#, OAuthCode::UnauthorizedClient),
        (400, r#"{"error":"invalid_scope"}"#, OAuthCode::InvalidScope),
        (400, r#"{"error":"unsupported_grant_type"}"#, OAuthCode::UnsupportedGrantType),
    ] {
        let world = World::new().await;
        let provider = world.provider();
        let old = provider.current().await.unwrap();
        world.server.will([Act::Say(status, body)]);
        let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
        assert_eq!(code(&error), Some(&expected));
        assert!(!error.is_retryable());
        assert_eq!(world.server.requests(), 1, "not tried again");
        assert!(!world.stored().await.unwrap().needs_consent());
    }
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_a_usable_access_token_keeps_the_next_refresh_token() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Say(200, r#"{"access_token":"","refresh_token":"refresh-next"}"#)]);
    let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert!(matches!(error, AuthError::TokenResponse { field: "access_token", .. }));
    after(31).await;
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    assert_eq!(world.server.spent(), ["refresh-0", "refresh-next"]);
}

#[tokio::test(start_paused = true)]
async fn an_answer_without_a_refresh_token_keeps_the_old_one_and_the_consents_date() {
    let world = World::new().await;
    let provider = world.provider();
    let before = world.stored().await.unwrap();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Say(200, r#"{"access_token":"access-1-1","token_type":"bearer"}"#)]);
    after(100).await;
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    let after = world.stored().await.unwrap();
    assert_eq!(after.refresh.as_ref().unwrap().expose(), "refresh-0");
    assert_eq!(after.authorized_at(), before.authorized_at());
    assert_eq!(after.scope(), before.scope());
    assert_eq!(after.generation, before.generation + 1);
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_asked_for_again_with_the_same_token_at_most_twice() {
    let lost = Act::Fail(HttpFault::MaybeSent);
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([lost.clone(), lost.clone()]);
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    assert_eq!(world.server.spent(), ["refresh-0"; 3]);

    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([lost.clone(), lost.clone(), lost]);
    let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::Transport(HttpFault::MaybeSent));
    assert_eq!(world.server.requests(), 3);
    // The server had burnt it: said so, and not blamed on a thief.
    world.server.will([INVALID_GRANT]);
    after(31).await;
    let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::ReauthorizationRequired(ConsentLost::AnswerLost));
}

#[tokio::test(start_paused = true)]
async fn a_server_that_hangs_is_given_up_within_the_lease() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.server.will([Act::Hang, Act::Hang, Act::Hang]);
    after(3_550).await;
    let begun = tokio::time::Instant::now();
    assert!(is(&provider.current().await.unwrap(), 0), "the valid token is served meanwhile");
    assert!(begun.elapsed() <= super::super::LEASE_TIME + Duration::from_secs(4), "{:?}", begun.elapsed());
    assert!((2..=3).contains(&world.server.requests()));
}

#[tokio::test(start_paused = true)]
async fn what_was_not_sent_is_tried_three_times() {
    let fail = Act::Fail(HttpFault::NotSent);
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will(vec![fail; 3]);
    let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::Transport(HttpFault::NotSent));
    assert_eq!(world.server.requests(), 3);
    after(3).await;
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_failing_server_is_left_alone_and_the_token_used_to_its_end() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.server.will([Act::Say(429, "slow down"), Act::Say(503, "<html>"), Act::Say(502, "")]);
    after(3_400).await;
    for _ in 0..190 {
        assert!(is(&provider.current().await.unwrap(), 0));
        after(1).await;
    }
    assert_eq!(world.server.requests(), 1, "429 means five minutes");
    after(20).await;
    let error = provider.current().await.unwrap_err();
    assert!(matches!(error, AuthError::ServerUnavailable { status: 429, .. }) && error.is_retryable());
    after(100).await;
    assert!(matches!(
        provider.current().await.unwrap_err(),
        AuthError::ServerUnavailable { status: 503, .. }
    ));
    after(3).await;
    assert!(matches!(
        provider.current().await.unwrap_err(),
        AuthError::ServerUnavailable { status: 502, .. }
    ));
    after(5).await;
    assert!(is(&provider.current().await.unwrap(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_cannot_be_written_stops_the_refresh_before_the_request() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.store.read_only.store(true, Ordering::SeqCst);
    after(3_550).await;
    assert!(is(&provider.current().await.unwrap(), 0));
    after(60).await;
    assert!(matches!(provider.current().await.unwrap_err(), AuthError::Store(StoreError::Io { .. })));
    assert_eq!(world.server.requests(), 0);
    world.store.read_only.store(false, Ordering::SeqCst);
    after(31).await;
    assert!(is(&provider.current().await.unwrap(), 1));
}

#[tokio::test(start_paused = true)]
async fn a_pair_that_cannot_be_saved_is_used_and_saved_later() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.store.fails_late.store(true, Ordering::SeqCst);
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
    assert_eq!(world.stored().await.unwrap().generation, 1);
    after(10).await;
    world.store.fails_late.store(false, Ordering::SeqCst);
    after(120).await;
    let stored = world.stored().await.unwrap();
    assert_eq!((stored.generation, stored.refresh.as_ref().unwrap().expose()), (2, "refresh-1"));
    assert!(is(&world.provider().current().await.unwrap(), 1));
    assert_eq!(world.server.requests(), 1);
}

#[tokio::test(start_paused = true)]
async fn an_unsaved_pair_is_saved_before_it_is_refreshed() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.store.fails_late.store(true, Ordering::SeqCst);
    let first = provider.rejected(&old, Rejection::Unauthorized).await.unwrap();
    after(900).await;
    world.store.fails_late.store(false, Ordering::SeqCst);
    assert!(is(&provider.rejected(&first, Rejection::Unauthorized).await.unwrap(), 2));
    assert_eq!(world.server.spent(), ["refresh-0", "refresh-1"]);
    assert_eq!(world.stored().await.unwrap().generation, 3);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_means_no_refresh_and_the_token_to_its_end() {
    let world = World::new().await;
    let provider = world.provider();
    provider.current().await.unwrap();
    world.store.down.store(true, Ordering::SeqCst);
    after(3_550).await;
    assert!(is(&provider.current().await.unwrap(), 0));
    after(60).await;
    assert_eq!(provider.current().await.unwrap_err(), AuthError::Store(StoreError::Unavailable));
    assert_eq!(world.server.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_lease_that_is_never_given_back_is_waited_for_and_never_broken() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    let lease = world.store.kept.lease(&key(), Duration::from_secs(30)).await.unwrap().unwrap();
    let begun = tokio::time::Instant::now();
    let error = provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::LeaseTimeout);
    assert!((10..12).contains(&begun.elapsed().as_secs()));
    assert_eq!(world.server.requests(), 0);
    drop(lease);
    after(2).await;
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 1));
}

#[tokio::test(start_paused = true)]
async fn whoever_saves_second_takes_what_the_first_has_saved() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    let before = world.stored().await.unwrap();
    let other: Arc<TokenRecord> = Arc::new(before.succeeded_by(world.grant(9)).succeeded_by(world.grant(9)));
    let store = world.store.kept.clone();
    // A process whose lease had run out saves while this one waits for its answer.
    tokio::spawn(async move {
        after(2).await;
        let lease = crate::Lease::new(&key(), Duration::from_secs(30), ());
        store.save(&key(), other, Expect::Version(before.version()), &lease).await.unwrap();
    });
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 9));
    assert_eq!(world.stored().await.unwrap().fingerprint(), crate::Secret::new("access-9-1").fingerprint());
}

#[tokio::test(start_paused = true)]
async fn a_pair_that_came_late_takes_the_place_of_the_end_that_another_wrote_for_want_of_it() {
    let world = World::new().await;
    let provider = world.provider();
    let first = provider.current().await.unwrap();
    let old = world.stored().await.unwrap();
    // The lease was lost while the answer was on its way: the save finds another's tombstone.
    world.store.fails_late.store(true, Ordering::SeqCst);
    assert!(is(&provider.rejected(&first, Rejection::Unauthorized).await.unwrap(), 1));
    let lease = world.store.kept.lease(&key(), Duration::from_secs(30)).await.unwrap().unwrap();
    let expect = Expect::Version(old.version());
    world.store.kept.save(&key(), Arc::new(old.tombstone()), expect, &lease).await.unwrap();
    drop(lease);
    world.store.fails_late.store(false, Ordering::SeqCst);
    after(120).await;
    assert!(!world.stored().await.unwrap().needs_consent(), "the session is lost");
    assert!(is(&world.provider().current().await.unwrap(), 1));
}
