//! What the token host refuses before it looks at any token; and the metadata.

use crate::http::{Fields, MIGRATE, REVOKE, Server, TOKEN, app, client, exchange, refresh, with, without};

#[tokio::test]
async fn whoever_is_no_app_is_refused_with_401() {
    let server = Server::with([app("app"), app("other").legacy()]).await;
    let code = server.code("app").await;
    let good = exchange("app", &code);
    let table: [Fields<'_>; 6] = [
        with(good.clone(), "client_secret", "guessed"),
        with(good.clone(), "client_secret", ""),
        with(good.clone(), "client_secret", "SECRET"),
        without(good.clone(), "client_secret"),
        with(good.clone(), "client_id", "unknown"),
        without(good.clone(), "client_id"),
    ];
    for fields in table {
        for path in [TOKEN, REVOKE, MIGRATE, "/oauth2/token"] {
            for answer in [server.form(path, &fields).await, server.json(path, &fields).await] {
                assert_eq!(answer.refusal(), (401, "invalid_client".to_owned()), "{path} {fields:?}");
            }
        }
    }
    assert_eq!(server.form(TOKEN, &good).await.status, 200);
}

#[tokio::test]
async fn other_grants_are_refused() {
    let server = Server::with([app("app")]).await;
    for kind in ["password", "client_credentials", "implicit", "Authorization_Code", ""] {
        let answer = server.json(TOKEN, &with(client("app"), "grant_type", kind)).await;
        assert_eq!(answer.refusal(), (400, "unsupported_grant_type".to_owned()), "{kind}");
    }
    for fields in
        [client("app"), without(exchange("app", ""), "code"), without(refresh("app", ""), "refresh_token")]
    {
        let refused = server.json(TOKEN, &fields).await.refusal();
        assert_eq!(refused, (400, "invalid_request".to_owned()), "{fields:?}");
    }
    let nothing = server.json(REVOKE, &client("app")).await.refusal();
    assert_eq!(nothing, (400, "invalid_request".to_owned()));
}

#[tokio::test]
async fn a_body_that_is_neither_a_form_nor_json_is_refused() {
    let server = Server::with([app("app")]).await;
    let form = "client_id=app&client_secret=secret&grant_type=refresh_token&refresh_token=x";
    let json = "Content-Type: application/json\r\n";
    for (headers, body) in [
        ("", form),
        ("Content-Type: text/plain\r\n", form),
        ("Content-Type: multipart/form-data\r\n", form),
        (json, form),
        (json, "[]"),
        (json, "{\"client_id\":1}"),
        (json, "{\"client_id\":\"app\",\"client_secret\":\"secret\""),
        (json, ""),
    ] {
        let answer = server.send(&format!("POST {TOKEN}"), headers, body).await;
        assert_eq!(answer.refusal(), (400, "invalid_request".to_owned()), "{headers} {body}");
    }
    let get = server.send(&format!("GET {TOKEN}?{form}"), "", "").await;
    assert_eq!(get.status, 405);
}

#[tokio::test]
async fn the_metadata_name_this_server_and_pkce() {
    let server = Server::with([]).await;
    let answer = server.send("GET /oauth_ms/.well-known/oauth-authorization-server", "", "").await;
    assert!(answer.status == 200 && answer.head.contains("content-type: application/json"));
    let base = server.0.authorization_url();
    for (field, path) in [
        ("issuer", "/oauth_ms"),
        ("authorization_endpoint", "/oauth2/authorize"),
        ("token_endpoint", TOKEN),
        ("revocation_endpoint", REVOKE),
    ] {
        assert_eq!(answer.text(field), format!("{base}{path}"));
    }
    let list = |field: &str| answer.json()[field].clone();
    assert_eq!(list("code_challenge_methods_supported"), serde_json::json!(["S256"]));
    assert_eq!(list("response_types_supported"), serde_json::json!(["code"]));
    assert_eq!(list("token_endpoint_auth_methods_supported"), serde_json::json!(["client_secret_post"]));
    let grants = list("grant_types_supported");
    assert_eq!(grants, serde_json::json!(["authorization_code", "refresh_token"]));
}
