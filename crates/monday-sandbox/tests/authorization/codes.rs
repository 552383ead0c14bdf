//! The exchange of a code: what must be right, and that it works once.

use crate::http::{LEGACY_TOKEN, Server, TOKEN, app, exchange, refresh, with, without};

#[tokio::test]
async fn a_code_is_exchanged_as_a_form_and_as_json() {
    let server = Server::with([app("app")]).await;
    for as_json in [false, true] {
        let code = server.code("app").await;
        let fields = exchange("app", &code);
        let answer =
            if as_json { server.json(TOKEN, &fields).await } else { server.form(TOKEN, &fields).await };
        assert_eq!((answer.status, answer.text("token_type")), (200, "Bearer".to_owned()));
        assert!(answer.head.contains("cache-control: no-store"));
        let mut fields: Vec<_> = answer.json().as_object().unwrap().keys().cloned().collect();
        fields.sort();
        assert_eq!(fields, ["access_token", "refresh_token", "scope", "token_type"]);
    }
}

#[tokio::test]
async fn a_code_works_once_and_its_second_use_ends_what_it_began() {
    let server = Server::with([app("app")]).await;
    let code = server.code("app").await;
    let answer = server.json(TOKEN, &exchange("app", &code)).await;
    let (access, token) = (answer.text("access_token"), answer.text("refresh_token"));
    assert_eq!(server.api(&access).await, 200);
    let again = server.json(TOKEN, &exchange("app", &code)).await;
    assert_eq!(again.refusal(), (400, "invalid_grant".to_owned()));
    assert_eq!(server.api(&access).await, 401);
    assert_eq!(server.json(TOKEN, &refresh("app", &token)).await.refusal().1, "invalid_grant");
}

#[tokio::test]
async fn a_code_without_its_verifier_gives_nothing() {
    let server = Server::with([app("app")]).await;
    let code = server.code("app").await;
    let good = exchange("app", &code);
    for fields in [
        without(good.clone(), "code_verifier"),
        with(good.clone(), "code_verifier", ""),
        with(good.clone(), "code_verifier", "another-verifier-of-forty-three-characters-and"),
        // The challenge is no proof of the verifier.
        with(good.clone(), "code_verifier", crate::http::CHALLENGE),
    ] {
        let refused = server.form(TOKEN, &fields).await.refusal();
        assert_eq!(refused, (400, "invalid_grant".to_owned()), "{fields:?}");
    }
    assert_eq!(server.form(TOKEN, &good).await.status, 200);
}

#[tokio::test]
async fn a_code_is_for_its_redirect_uri() {
    let second = "http://127.0.0.1:2/cb";
    let server = Server::with([app("app").redirect_uri(second)]).await;
    let code = server.code("app").await;
    let elsewhere = with(exchange("app", &code), "redirect_uri", second);
    assert_eq!(server.form(TOKEN, &elsewhere).await.refusal(), (400, "invalid_grant".to_owned()));
    assert_eq!(server.form(TOKEN, &exchange("app", &code)).await.status, 200);
}

#[tokio::test]
async fn a_code_is_for_its_app() {
    let server = Server::with([app("app"), app("other")]).await;
    let code = server.code("app").await;
    let refused = server.form(TOKEN, &exchange("other", &code)).await.refusal();
    assert_eq!(refused, (400, "invalid_grant".to_owned()));
    assert_eq!(server.form(TOKEN, &exchange("app", &code)).await.status, 200);
}

#[tokio::test]
async fn an_unknown_code_is_refused() {
    let server = Server::with([app("app")]).await;
    let refused = server.form(TOKEN, &exchange("app", "unknown")).await.refusal();
    assert_eq!(refused, (400, "invalid_grant".to_owned()));
    assert_eq!(server.0.oauth_counts().invalid_grants, 1);
}

#[tokio::test]
async fn each_flow_has_its_own_endpoint() {
    let server = Server::with([app("app"), app("legacy").legacy()]).await;
    for (client, right, wrong) in [("app", TOKEN, LEGACY_TOKEN), ("legacy", LEGACY_TOKEN, TOKEN)] {
        let code = server.code(client).await;
        let refused = server.json(wrong, &exchange(client, &code)).await.refusal();
        assert_eq!(refused, (400, "unauthorized_client".to_owned()), "{client}");
        assert_eq!(server.json(right, &exchange(client, &code)).await.status, 200, "{client}");
    }
}

#[tokio::test]
async fn a_legacy_token_needs_no_verifier_and_has_no_end() {
    let server = Server::with([app("legacy").legacy()]).await;
    let code = server.code("legacy").await;
    let answer = server.json(LEGACY_TOKEN, &without(exchange("legacy", &code), "code_verifier")).await;
    assert!(answer.status == 200 && answer.json().get("refresh_token").is_none());
    let access = answer.text("access_token");
    assert!(crate::signatures::claims(&access).get("exp").is_none());
    assert_eq!(server.api(&format!("Bearer {access}")).await, 200);
}
