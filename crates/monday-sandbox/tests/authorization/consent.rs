//! The consent page: what it shows, and where it sends the browser.

use crate::http::{REVOKE, Server, TOKEN, app, asked, client, exchange, with, without};

#[tokio::test]
async fn a_consent_gives_a_token_that_the_api_takes_until_it_is_revoked() {
    let server = Server::with([app("app")]).await;
    let page = server.consent(&asked("app"), None).await;
    assert!(page.status == 200 && page.body.contains("id=\"allow\""));
    let code = server.code("app").await;
    let answer = server.form(TOKEN, &exchange("app", &code)).await;
    assert!(answer.status == 200 && !answer.body.contains("expires_in"));
    let access = answer.text("access_token");
    assert_eq!(server.api(&format!("Bearer {access}")).await, 200);
    let revoked = server.form(REVOKE, &with(client("app"), "token", &access)).await;
    assert_eq!((revoked.status, &*revoked.body), (200, "{\"success\":true}"));
    assert_eq!(server.api(&format!("Bearer {access}")).await, 401);
}

#[tokio::test]
async fn whoever_says_no_is_sent_back_with_the_state_and_no_code() {
    let server = Server::with([app("app")]).await;
    let denied = server.consent(&asked("app"), Some("deny")).await;
    assert_eq!((denied.status, denied.parameter("error").as_deref()), (303, Some("access_denied")));
    assert_eq!((denied.parameter("state").as_deref(), denied.parameter("code")), (Some("state-1"), None));
    let issuer = format!("{}/oauth_ms", server.0.authorization_url());
    assert_eq!(denied.parameter("iss"), Some(issuer));
}

#[tokio::test]
async fn an_unregistered_redirect_uri_or_app_is_sent_nowhere() {
    let server = Server::with([app("app")]).await;
    for fields in [
        with(asked("app"), "redirect_uri", "http://127.0.0.1:1/cb2"),
        with(asked("app"), "redirect_uri", "http://127.0.0.1:1/cb/"),
        with(asked("app"), "client_id", "unknown"),
        without(asked("app"), "client_id"),
    ] {
        for decision in [None, Some("allow"), Some("deny")] {
            let refused = server.consent(&fields, decision).await;
            assert!(refused.status == 400 && !refused.head.contains("location"), "{fields:?}");
        }
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_request_is_told_to_the_app() {
    let server = Server::with([app("app")]).await;
    let table = [
        (with(asked("app"), "scope", "me:read boards:write"), "invalid_scope"),
        (with(asked("app"), "scope", "unknown"), "invalid_scope"),
        (without(asked("app"), "code_challenge"), "invalid_request"),
        (with(asked("app"), "code_challenge", "short"), "invalid_request"),
        (with(asked("app"), "code_challenge_method", "plain"), "invalid_request"),
        (without(asked("app"), "code_challenge_method"), "invalid_request"),
        (with(asked("app"), "response_type", "token"), "invalid_request"),
    ];
    for (fields, error) in table {
        // No click makes it right.
        for decision in [None, Some("allow")] {
            let back = server.consent(&fields, decision).await;
            assert_eq!((back.status, back.parameter("error").as_deref()), (303, Some(error)), "{fields:?}");
            assert_eq!((back.parameter("state").as_deref(), back.parameter("code")), (Some("state-1"), None));
        }
    }
}

#[tokio::test]
async fn scopes_are_those_asked_for_or_all_of_the_app() {
    let server = Server::with([app("app")]).await;
    for (fields, scope) in [
        (with(asked("app"), "scope", "me:read"), "me:read"),
        (with(asked("app"), "scope", " "), "me:read boards:read"),
        (asked("app"), "me:read boards:read"),
    ] {
        let back = server.consent(&fields, Some("allow")).await;
        assert_eq!(back.parameter("scope").as_deref(), Some(scope));
        let code = back.parameter("code").unwrap();
        assert_eq!(server.form(TOKEN, &exchange("app", &code)).await.text("scope"), scope);
    }
}
