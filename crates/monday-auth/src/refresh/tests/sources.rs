//! A session as a source of a chain.

use std::sync::atomic::Ordering;

use super::scripted::{World, after, is, key};
use crate::{
    Audience, AuthError, Chain, ConsentLost, Credential, CredentialProvider as _, Rejection, RequestContext,
    SourceOutcome, StoreError,
};

async fn ask(chain: &Chain) -> Result<Credential, AuthError> {
    let audience = Audience::monday();
    chain.credential(&RequestContext::new("Me", &audience)).await
}

#[tokio::test(start_paused = true)]
async fn a_session_without_a_record_is_absent_and_the_next_source_wins() {
    let world = World::new().await;
    world.process().log_out(&key()).await.unwrap();
    let requests = world.server.requests();
    let next = Credential::personal_token("token-1234").unwrap();
    let chain = Chain::new().then(world.provider()).then(next.clone());
    assert_eq!(ask(&chain).await, Ok(next));
    assert_eq!(chain.trace().await.steps()[0].outcome, SourceOutcome::Absent);
    assert_eq!(world.server.requests(), requests);
    // A login right after is seen at once.
    let alone = Chain::new().then(world.provider());
    let missing = AuthError::Missing { tried: vec!["the token store"] };
    assert_eq!(ask(&alone).await, Err(missing));
    world.process().adopt(&key(), world.grant(3)).await.unwrap();
    assert!(is(&ask(&alone).await.unwrap(), 3));
}

#[tokio::test(start_paused = true)]
async fn a_session_that_wins_keeps_its_token_fresh_and_answers_refusals_itself() {
    let world = World::new().await;
    let chain = Chain::new().then(world.provider()).then(Credential::personal_token("token-1234").unwrap());
    assert!(is(&ask(&chain).await.unwrap(), 0));
    after(3_550).await;
    let due = ask(&chain).await.unwrap();
    assert!(is(&due, 1), "refreshed in time");
    let fresh = chain.rejected(&due, Rejection::Unauthorized).await.unwrap();
    assert!(is(&fresh, 2), "refreshed when refused");
    assert_eq!(world.server.spent(), ["refresh-0", "refresh-1"]);
    assert_eq!(chain.trace().await.winner(), Some("the token store"));
    // Logged out, it does not become someone else.
    world.process().log_out(&key()).await.unwrap();
    after(3_600).await;
    let gone = AuthError::ReauthorizationRequired(ConsentLost::NoToken);
    assert_eq!(ask(&chain).await, Err(gone));
}

#[tokio::test(start_paused = true)]
async fn a_store_that_is_down_stops_the_chain() {
    let world = World::new().await;
    world.store.down.store(true, Ordering::SeqCst);
    let chain = Chain::new().then(world.provider()).then(Credential::personal_token("token-1234").unwrap());
    assert_eq!(ask(&chain).await, Err(AuthError::Store(StoreError::Unavailable)));
}
