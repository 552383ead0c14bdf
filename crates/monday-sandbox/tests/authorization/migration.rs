//! A legacy token for a pair of OAuth 2.1.

use crate::http::{Answer, Fields, MIGRATE, Server, TOKEN, app, client, refresh, with, without};

async fn server() -> Server {
    Server::with([app("legacy").legacy(), app("other").legacy(), app("app")]).await
}

fn fields<'a>(client_id: &'a str, token: &'a str) -> Fields<'a> {
    with(client(client_id), "api_token", token)
}

async fn migrate(server: &Server, client_id: &str, token: &str) -> Answer {
    server.json(MIGRATE, &fields(client_id, token)).await
}

#[tokio::test]
async fn a_legacy_token_becomes_a_pair_and_the_same_one_again() {
    let server = server().await;
    let legacy = server.legacy("legacy").await;
    let answer = migrate(&server, "legacy", &legacy).await;
    assert_eq!(answer.status, 200);
    assert_eq!(server.api(&answer.text("access_token")).await, 200);
    assert_eq!(migrate(&server, "legacy", &legacy).await.json(), answer.json());
    // As a form as well.
    assert_eq!(server.form(MIGRATE, &fields("legacy", &legacy)).await.json(), answer.json());
    let refreshed = server.json(TOKEN, &refresh("legacy", &answer.text("refresh_token"))).await;
    assert_eq!(refreshed.status, 200);
}

#[tokio::test]
async fn what_is_no_legacy_token_of_the_app_is_refused_with_its_code() {
    let server = server().await;
    let legacy = server.legacy("legacy").await;
    let (oauth, _) = server.pair("app").await;
    let personal = server.0.personal_token();
    let table = [
        ("app", &*oauth, "already_oauth_token"),
        ("legacy", personal, "personal_tokens_not_supported"),
        ("other", &*legacy, "api_app_id_mismatch"),
        ("legacy", "unknown", "invalid_token"),
        ("legacy", "", "invalid_token"),
    ];
    for (client_id, token, error) in table {
        let refused = migrate(&server, client_id, token).await.refusal();
        assert_eq!(refused, (400, error.to_owned()));
    }
    let nothing = server.json(MIGRATE, &without(fields("legacy", ""), "api_token")).await;
    assert_eq!(nothing.refusal(), (400, "invalid_request".to_owned()));
    let stranger = server.json(MIGRATE, &with(fields("legacy", &legacy), "client_secret", "guessed")).await;
    assert_eq!(stranger.refusal(), (401, "invalid_client".to_owned()));
    assert_eq!(migrate(&server, "legacy", &legacy).await.status, 200);
}

#[tokio::test]
async fn a_revoked_legacy_token_is_not_migrated() {
    let server = server().await;
    let legacy = server.legacy("legacy").await;
    server.json(crate::http::REVOKE, &with(client("legacy"), "token", &legacy)).await;
    assert_eq!(migrate(&server, "legacy", &legacy).await.refusal(), (400, "invalid_token".to_owned()));
}

#[tokio::test]
async fn too_many_migrations_are_told_to_wait() {
    let server = server().await;
    let legacy = server.legacy("legacy").await;
    for _ in 0..30 {
        assert_eq!(migrate(&server, "legacy", &legacy).await.status, 200);
    }
    let refused = migrate(&server, "legacy", &legacy).await.refusal();
    assert_eq!(refused, (429, "too_many_requests".to_owned()));
}
