//! Logins, logouts, migrations, and tokens that do not end.

use std::sync::atomic::Ordering;

use super::scripted::{Act, World, after, is, key};
use crate::{AuthError, ConsentLost, CredentialKind, CredentialProvider as _, Rejection, Secret};

#[tokio::test(start_paused = true)]
async fn a_logout_revokes_refresh_then_access_and_deletes_whatever_the_server_says() {
    for (acts, is_ok) in [
        (vec![Act::Say(200, r#"{"success":true}"#), Act::Say(200, "")], true),
        (vec![Act::Say(503, ""), Act::Say(200, "")], false),
        (vec![Act::Say(200, r#"{"success":false}"#), Act::Say(200, "")], false),
    ] {
        let world = World::new().await;
        let sessions = world.process();
        let provider = sessions.provider(&key()).unwrap();
        provider.current().await.unwrap();
        world.server.will(acts);
        assert_eq!(sessions.log_out(&key()).await.is_ok(), is_ok);
        let bodies = world.server.bodies.lock().unwrap().clone();
        let order = [
            "token=refresh-0&token_type_hint=refresh_token",
            "token=access-0-1&token_type_hint=access_token",
        ];
        assert!(bodies.iter().zip(order).all(|(body, start)| body.starts_with(start)), "{bodies:?}");
        assert_eq!(bodies.len(), 2);
        assert!(world.stored().await.is_none());
        let gone = AuthError::ReauthorizationRequired(ConsentLost::NoToken);
        assert_eq!(provider.current().await.unwrap_err(), gone);
    }
}

#[tokio::test(start_paused = true)]
async fn a_logout_during_a_refresh_of_another_process_leaves_nothing_behind() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.server.will([Act::Pair(5)]);
    let (refreshed, deleted) = tokio::join!(provider.rejected(&old, Rejection::Unauthorized), async {
        after(1).await;
        // Someone deletes without the lease.
        crate::TokenStore::delete(&world.store.kept, &key()).await
    });
    deleted.unwrap();
    assert_eq!(refreshed.unwrap_err(), AuthError::ReauthorizationRequired(ConsentLost::NoToken));
    assert!(world.stored().await.is_none());
    assert!(
        world.server.bodies.lock().unwrap().last().unwrap().starts_with("token=refresh-1"),
        "revoked at once"
    );
}

#[tokio::test(start_paused = true)]
async fn another_process_notices_a_new_login_when_its_token_is_refused() {
    let world = World::new().await;
    let provider = world.provider();
    let old = provider.current().await.unwrap();
    world.process().adopt(&key(), world.grant(3)).await.unwrap();
    assert!(is(&provider.rejected(&old, Rejection::Unauthorized).await.unwrap(), 3));
    assert_eq!(world.server.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_new_login_is_newer_even_if_the_clock_was_set_back() {
    let world = World::new().await;
    let before = world.stored().await.unwrap().version();
    world.clock.shift.store(-86_400, Ordering::SeqCst);
    world.process().adopt(&key(), world.grant(3)).await.unwrap();
    assert!(world.stored().await.unwrap().version() > before);
}

#[tokio::test(start_paused = true)]
async fn a_legacy_token_does_not_end_and_is_not_refreshed() {
    let world = World::new().await;
    let mut grant = world.grant(4);
    (grant.kind, grant.expires_at, grant.refresh) = (CredentialKind::LegacyOAuth, None, None);
    let provider = world.process().adopt(&key(), grant).await.unwrap();
    after(86_400 * 400).await;
    let credential = provider.current().await.unwrap();
    assert_eq!((credential.kind(), credential.expires_at()), (CredentialKind::LegacyOAuth, None));
    let error = provider.rejected(&credential, Rejection::Unauthorized).await.unwrap_err();
    assert_eq!(error, AuthError::Rejected { fingerprint: credential.fingerprint() });
    assert_eq!(world.server.requests(), 0);
}

#[tokio::test(start_paused = true)]
async fn a_legacy_token_is_migrated_to_a_pair() {
    let world = World::new().await;
    let provider = world.process().migrate_legacy(&key(), &Secret::new("legacy-token-1")).await.unwrap();
    assert!(is(&provider.current().await.unwrap(), 1));
    let body: serde_json::Value = serde_json::from_str(&world.server.bodies.lock().unwrap()[0]).unwrap();
    let expected = serde_json::json!({"api_token": "legacy-token-1", "client_id": "app", "client_secret": "client-secret"});
    assert_eq!(body, expected);
    world.server.will([Act::Say(400, r#"{"error":"already_oauth_token"}"#)]);
    assert!(world.process().migrate_legacy(&key(), &Secret::new("oauth-token-1")).await.is_err());
    assert!(world.stored().await.unwrap().can_refresh());
}
