//! Access and refresh tokens: how they are sent, when they end, what a second use does.

use std::time::Duration;

use monday_sandbox::Sandbox;

use crate::http::{REVOKE, Server, TOKEN, app, client, refresh, with};

#[tokio::test]
async fn the_api_takes_an_access_token_raw_and_as_bearer() {
    let server = Server::with([app("app")]).await;
    let (access, refresh) = server.pair("app").await;
    assert_eq!(server.api(&access).await, 200);
    assert_eq!(server.api(&format!("Bearer {access}")).await, 200);
    let mut other = access.clone();
    other.replace_range(other.len() - 1.., if other.ends_with('A') { "E" } else { "A" });
    for wrong in [&*other, &*refresh, &format!("Bearer Bearer {access}"), &format!("Token {access}"), ""] {
        assert_eq!(server.api(wrong).await, 401, "{wrong}");
    }
}

#[tokio::test]
async fn an_access_token_that_has_ended_is_refused() {
    let builder = Sandbox::builder().items(3).app(app("app")).token_life(Duration::from_secs(1));
    let server = Server(builder.start().await.unwrap());
    let (access, token) = server.pair("app").await;
    assert_eq!(server.api(&access).await, 200);
    // It ends at a whole second of the clock: two later at the latest.
    tokio::time::sleep(Duration::from_millis(2_100)).await;
    assert_eq!(server.api(&access).await, 401);
    assert_eq!(server.api(&format!("Bearer {access}")).await, 401);
    let fresh = server.form(TOKEN, &refresh("app", &token)).await.text("access_token");
    assert_eq!(server.api(&fresh).await, 200);
}

#[tokio::test]
async fn a_refresh_gives_a_new_pair_as_a_form_and_as_json() {
    let server = Server::with([app("app")]).await;
    let (access, first) = server.pair("app").await;
    let answer = server.form(TOKEN, &refresh("app", &first)).await;
    let second = answer.text("refresh_token");
    assert!(answer.text("access_token") != access && second != first);
    let answer = server.json(TOKEN, &refresh("app", &second)).await;
    assert!(answer.status == 200 && answer.text("refresh_token") != second);
    assert_eq!(server.api(&answer.text("access_token")).await, 200);
    assert_eq!(server.0.oauth_counts().refreshes, 2);
}

#[tokio::test]
async fn a_refresh_token_works_once() {
    let server = Server::with([app("app")]).await;
    let (_, first) = server.pair("app").await;
    assert_eq!(server.json(TOKEN, &refresh("app", &first)).await.status, 200);
    let again = server.json(TOKEN, &refresh("app", &first)).await;
    assert_eq!(again.refusal(), (400, "invalid_grant".to_owned()));
    assert_eq!(server.0.oauth_counts().reuses, 1);
}

#[tokio::test]
async fn a_refresh_token_played_twice_ends_its_family_and_no_other() {
    let server = Server::with([app("app")]).await;
    let (first_access, first) = server.pair("app").await;
    let (other_access, other) = server.pair("app").await;
    let answer = server.json(TOKEN, &refresh("app", &first)).await;
    let (access, second) = (answer.text("access_token"), answer.text("refresh_token"));
    let _ = server.json(TOKEN, &refresh("app", &first)).await;
    assert_eq!((server.api(&first_access).await, server.api(&access).await), (401, 401));
    assert_eq!(server.json(TOKEN, &refresh("app", &second)).await.refusal().1, "invalid_grant");
    assert_eq!(server.api(&other_access).await, 200);
    assert_eq!(server.json(TOKEN, &refresh("app", &other)).await.status, 200);
}

#[tokio::test]
async fn a_refresh_token_is_for_its_app() {
    let server = Server::with([app("app"), app("other")]).await;
    let (access, token) = server.pair("app").await;
    let refused = server.json(TOKEN, &refresh("other", &token)).await.refusal();
    assert_eq!(refused, (400, "invalid_grant".to_owned()));
    assert_eq!(server.api(&access).await, 200);
    assert_eq!(server.json(TOKEN, &refresh("app", &token)).await.status, 200);
}

#[tokio::test]
async fn revoking_takes_json_and_ends_the_tokens_of_its_app_only() {
    let server = Server::with([app("app"), app("other")]).await;
    for which in [0, 1] {
        let (access, token) = server.pair("app").await;
        let revoked = [&access, &token][which];
        let others = server.json(REVOKE, &with(client("other"), "token", revoked)).await;
        assert_eq!((others.status, server.api(&access).await), (200, 200));
        let answer = server.json(REVOKE, &with(client("app"), "token", revoked)).await;
        assert_eq!((answer.status, &*answer.body), (200, "{\"success\":true}"));
        assert_eq!(server.api(&access).await, 401);
        assert_eq!(server.json(TOKEN, &refresh("app", &token)).await.refusal().1, "invalid_grant");
    }
    let unknown = server.json(REVOKE, &with(client("app"), "token", "unknown")).await;
    assert_eq!(unknown.status, 200);
}
