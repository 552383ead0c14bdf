//! What the doctor finds in sessions, well and ill.

use std::sync::atomic::Ordering;

use super::scripted::{Act, World, after, key};
use crate::{
    CredentialKind, CredentialProvider as _, Diagnosis, FindingLevel, Rejection, ScopeNeed, ScopeSet,
    TokenKey, TokenStore as _,
};

async fn examine(world: &World, operations: &[&str]) -> Diagnosis {
    world.process().doctor(&key(), &ScopeSet::minimal_for(operations.iter().copied())).await
}

fn finding(diagnosis: &Diagnosis, start: &str) -> FindingLevel {
    let found = diagnosis.findings().iter().find(|finding| finding.what.starts_with(start));
    found.unwrap_or_else(|| panic!("no {start:?} in\n{diagnosis}")).level
}

#[tokio::test(start_paused = true)]
async fn a_session_that_is_well_is_good_throughout() {
    let world = World::new().await;
    let diagnosis = examine(&world, &["Me"]).await;
    assert_eq!(diagnosis.worst(), FindingLevel::Good);
    let token = world.stored().await.unwrap().fingerprint();
    let expected = format!(
        "good     the access token {token} ends in 1 hour\n\
         good     the consent lasts 180 days more, as far as is known\n\
         good     the scopes suffice: me:read\n\
         good     the token store can be written"
    );
    assert_eq!(diagnosis.to_string(), expected);
    assert_eq!(world.server.requests(), 0);
    assert!(!format!("{diagnosis:?}").contains("access-0"));
}

#[tokio::test(start_paused = true)]
async fn a_consent_is_a_warning_under_fourteen_days() {
    let world = World::new().await;
    for (days, level, start) in [
        (165, FindingLevel::Good, "the consent lasts 15 days more"),
        (166, FindingLevel::Good, "the consent lasts 14 days more"),
        (167, FindingLevel::Warning, "the consent ends in 13 days"),
        (181, FindingLevel::Warning, "the consent has ended"),
    ] {
        world.clock.shift.store(days * 86_400, Ordering::SeqCst);
        assert_eq!(finding(&examine(&world, &["Me"]).await, start), level, "{days}");
    }
    let ended = examine(&world, &["Me"]).await;
    assert_eq!(finding(&ended, "the access token"), FindingLevel::Good, "it can be refreshed");
}

#[tokio::test(start_paused = true)]
async fn missing_scopes_are_a_problem_and_unused_ones_a_warning() {
    let world = World::new().await;
    let diagnosis = examine(&world, &["CreateItem"]).await;
    assert_eq!(finding(&diagnosis, "the token lacks the scopes boards:write"), FindingLevel::Problem);
    assert_eq!(finding(&diagnosis, "scopes that nothing here needs: me:read"), FindingLevel::Warning);
    let diagnosis = examine(&world, &["Me", "NoSuchOperation"]).await;
    let unsettled = "nobody has said which scopes these need: NoSuchOperation";
    assert_eq!(finding(&diagnosis, unsettled), FindingLevel::Warning);
    let mut grant = world.grant(1);
    grant.scope = None;
    world.process().adopt(&key(), grant).await.unwrap();
    let diagnosis = examine(&world, &["Me"]).await;
    assert_eq!(finding(&diagnosis, "nothing says which scopes"), FindingLevel::Warning);
}

#[tokio::test(start_paused = true)]
async fn a_session_that_needs_consent_or_is_not_there_is_a_problem() {
    let world = World::new().await;
    let need = ScopeNeed::default();
    let other = world.process().doctor(&TokenKey::new("another app", "account", "user"), &need).await;
    assert_eq!(finding(&other, "the OAuth app is not usable"), FindingLevel::Problem);
    let nobody = world.process().doctor(&TokenKey::new("app", "account", "nobody"), &need).await;
    assert_eq!(
        finding(&nobody, "the user must authorize the app again: there is no token"),
        FindingLevel::Problem
    );
    assert_eq!(finding(&nobody, "the token store can be written"), FindingLevel::Good);
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Say(400, r#"{"error":"invalid_grant"}"#)]);
    provider.rejected(&old, Rejection::Unauthorized).await.unwrap_err();
    let diagnosis = examine(&world, &["Me"]).await;
    assert_eq!(finding(&diagnosis, "the user must authorize the app again"), FindingLevel::Problem);
    after(3_600).await;
    let diagnosis = examine(&world, &["Me"]).await;
    let token = world.stored().await.unwrap().fingerprint();
    assert_eq!(finding(&diagnosis, &format!("the access token {token} has ended")), FindingLevel::Problem);
}

#[tokio::test(start_paused = true)]
async fn a_legacy_token_and_one_without_a_refresh_token_are_warnings() {
    let world = World::new().await;
    let mut grant = world.grant(1);
    (grant.kind, grant.expires_at, grant.refresh) = (CredentialKind::LegacyOAuth, None, None);
    world.process().adopt(&key(), grant).await.unwrap();
    let diagnosis = examine(&world, &["Me"]).await;
    assert_eq!(finding(&diagnosis, "it is a token of the legacy flow"), FindingLevel::Warning);
    let mut grant = world.grant(2);
    grant.refresh = None;
    world.process().adopt(&key(), grant).await.unwrap();
    let diagnosis = examine(&world, &["Me"]).await;
    assert_eq!(finding(&diagnosis, "there is no refresh token"), FindingLevel::Warning);
}

#[tokio::test(start_paused = true)]
async fn a_store_that_cannot_be_written_or_is_busy_is_told() {
    let world = World::new().await;
    let written = "the token store can";
    world.store.read_only.store(true, Ordering::SeqCst);
    assert_eq!(
        finding(&examine(&world, &["Me"]).await, "the token store cannot be written"),
        FindingLevel::Problem
    );
    world.store.read_only.store(false, Ordering::SeqCst);
    let lease = world.store.lease(&key(), super::super::LEASE_TIME).await.unwrap();
    let busy = examine(&world, &["Me"]).await;
    assert_eq!(finding(&busy, "another process holds the lease"), FindingLevel::Warning);
    drop(lease);
    assert_eq!(finding(&examine(&world, &["Me"]).await, written), FindingLevel::Good);
    world.store.down.store(true, Ordering::SeqCst);
    assert_eq!(finding(&examine(&world, &["Me"]).await, "the token store is not"), FindingLevel::Problem);
    world.store.down.store(false, Ordering::SeqCst);
    // Tokens that could not be saved are told by the process that has them.
    let sessions = world.process();
    let provider = sessions.provider(&key()).unwrap();
    let old = provider.current().await.unwrap();
    world.store.fails_late.store(true, Ordering::SeqCst);
    provider.rejected(&old, Rejection::Unauthorized).await.unwrap();
    let diagnosis = sessions.doctor(&key(), &ScopeNeed::default()).await;
    assert_eq!(finding(&diagnosis, "the newest tokens are in memory only"), FindingLevel::Problem);
}
