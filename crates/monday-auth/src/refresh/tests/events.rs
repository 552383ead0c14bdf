//! What is told of a session's life, and that it names tokens by fingerprint only.

use std::time::Duration;

use super::scripted::{Act, HOUR, World, after, key};
use super::told::Told;
use crate::{AuthError, CredentialProvider as _, Rejection, Secret, TokenStore as _};

fn fingerprint(token: &str) -> String {
    Secret::new(token).fingerprint().to_string()
}

#[tokio::test(start_paused = true)]
async fn every_turn_of_a_session_is_told() {
    let (told, _guard) = Told::listening();
    let world = World::new().await;
    let (first, second) = (world.process(), world.process());
    let provider = first.provider(&key()).unwrap();
    let held = provider.current().await.unwrap();
    provider.rejected(&held, Rejection::Unauthorized).await.unwrap();
    // The other process finds it in the store, and waits for the lease before its own refresh.
    let other = second.provider(&key()).unwrap();
    other.current().await.unwrap();
    let lease = world.store.lease(&key(), HOUR).await.unwrap();
    let waiting = tokio::spawn(async move {
        let held = other.current().await.unwrap();
        other.rejected(&held, Rejection::Unauthorized).await
    });
    after(2).await;
    drop(lease);
    waiting.await.unwrap().unwrap();
    // A token that was refused right after its refresh is final for a while.
    after(60).await;
    let held = provider.current().await.unwrap();
    provider.rejected(&held, Rejection::Unauthorized).await.unwrap();
    let held = provider.current().await.unwrap();
    world.server.will([Act::Say(503, "")]);
    after(60).await;
    provider.rejected(&held, Rejection::Unauthorized).await.unwrap_err();
    let lines = told.events();
    let says = |message: &str, parts: &[&str]| {
        let found =
            lines.iter().any(|line| line.contains(message) && parts.iter().all(|part| line.contains(part)));
        assert!(found, "{message} {parts:?}: {lines:#?}");
    };
    says("logged in", &[&fingerprint("access-0-1"), "me:read", "app/account/user"]);
    says("token refused by the API", &[&fingerprint("access-0-1")]);
    says("token refreshed", &[&fingerprint("access-0-1"), &fingerprint("access-1-1"), "generation=2"]);
    says("token taken from the store", &[&fingerprint("access-1-1")]);
    says("token not refreshed", &["status 503"]);
    says("waited for another refresh", &["waited_ms=2"]);
    first.log_out(&key()).await.unwrap();
    assert!(told.events().iter().any(|line| line.contains("logged out") && line.contains("revoked=true")));
    let all = told.events().concat();
    assert!(!all.contains("access-") && !all.contains("refresh-") && !all.contains("client-secret"), "{all}");
}

#[tokio::test(start_paused = true)]
async fn the_end_of_a_consent_is_told_fourteen_days_ahead_and_again_when_it_is_there() {
    let (told, _guard) = Told::listening();
    let world = World::new().await;
    let provider = world.provider();
    let day = Duration::from_hours(24);
    let soon = || told.events().iter().filter(|line| line.contains("again soon")).count();
    for (passed, warnings) in [(day * 165, 0), (day * 3, 1), (day * 10, 2)] {
        tokio::time::sleep(passed).await;
        provider.current().await.unwrap();
        assert_eq!(soon(), warnings, "{passed:?}");
    }
    assert!(
        told.events().iter().any(|line| line.contains("again soon") && line.contains("days=1")),
        "12 days"
    );
    world.server.will([Act::Say(400, r#"{"error":"invalid_grant"}"#)]);
    after(7_200).await;
    let error = provider.current().await.unwrap_err();
    assert!(matches!(error, AuthError::ReauthorizationRequired(_)), "{error:?}");
    let required =
        |line: &String| line.contains("must authorize the app again") && line.contains("maybe_stolen=true");
    assert!(told.events().iter().any(required), "{:#?}", told.events());
}
