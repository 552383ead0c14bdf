//! Token requests: code, refresh, revoke, migrate; and the metadata.

use std::time::SystemTime;

use oauth2::{
    AccessToken, AuthorizationCode, PkceCodeVerifier, RefreshToken, RevocationUrl, StandardRevocableToken,
};

use super::*;

/// A token that a form must encode.
const ODD_TOKEN: &str = "refresh/token+1=&%~.-_";

/// The request for a code, compared with `oauth2`'s and with a placeholder for the verifier.
async fn exchange(app: &OAuthApp, secret: &str, endpoint: &str, callback: &str) -> String {
    let (_, pending) = app.begin().unwrap();
    let verifier = pending.verifier.expose().to_owned();
    let code = format!("code=c%2Fo%2Bd%3De&state={}", pending.state.expose());
    let ours = Ours::tokens();
    app.exchange(pending.finish(&code).unwrap(), &ours).await.unwrap();

    let theirs = Theirs::default();
    client(secret, endpoint, callback)
        .exchange_code(AuthorizationCode::new("c/o+d=e".to_owned()))
        .set_pkce_verifier(PkceCodeVerifier::new(verifier.clone()))
        .request(&theirs.http())
        .unwrap();
    let sent = ours.sent();
    assert_eq!(sent, theirs.sent());
    sent.replace(&verifier, "VERIFIER")
}

#[tokio::test]
async fn a_code() {
    let app = app(CLIENT_SECRET, &[CALLBACK]).build().unwrap();
    let sent = exchange(&app, CLIENT_SECRET, TOKEN, CALLBACK).await;
    insta::assert_snapshot!(sent, @r"
    POST https://auth.monday.com/oauth_ms/oauth/token application/x-www-form-urlencoded
    grant_type=authorization_code&code=c%2Fo%2Bd%3De&code_verifier=VERIFIER&client_id=client-1&client_secret=not-a-real-client-secret&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback
    ");
}

#[tokio::test]
async fn a_code_of_the_legacy_flow() {
    let app = app(CLIENT_SECRET, &[CALLBACK]).legacy().build().unwrap();
    let sent = exchange(&app, CLIENT_SECRET, LEGACY_TOKEN, CALLBACK).await;
    insta::assert_snapshot!(sent, @r"
    POST https://auth.monday.com/oauth2/token application/x-www-form-urlencoded
    grant_type=authorization_code&code=c%2Fo%2Bd%3De&code_verifier=VERIFIER&client_id=client-1&client_secret=not-a-real-client-secret&redirect_uri=https%3A%2F%2Fapp.example.com%2Fcallback
    ");
}

#[tokio::test]
async fn a_code_with_a_secret_and_a_redirect_uri_that_need_encoding() {
    let app = app(ODD_SECRET, &[ODD_CALLBACK]).build().unwrap();
    let sent = exchange(&app, ODD_SECRET, TOKEN, ODD_CALLBACK).await;
    insta::assert_snapshot!(sent, @r"
    POST https://auth.monday.com/oauth_ms/oauth/token application/x-www-form-urlencoded
    grant_type=authorization_code&code=c%2Fo%2Bd%3De&code_verifier=VERIFIER&client_id=client-1&client_secret=s%2Be%2Fc%3Dr%26e%25t%22%27%3C%3E%23%7E%3B%3A%40%2C%7B%7D%7C%5E%60&redirect_uri=https%3A%2F%2Fapp.example.com%3A8443%2Fcall%2520back%3Bv%3D1%3Ftenant%3Da%2Bb%26next%3D%252Fhome
    ");
}

#[tokio::test]
async fn a_refresh() {
    let ours = Ours::tokens();
    let app = app(ODD_SECRET, &[CALLBACK]).build().unwrap();
    app.refresh(&app.secret.current(), &Secret::new(ODD_TOKEN), &ours, SystemTime::now()).await.unwrap();
    let theirs = Theirs::default();
    let token = RefreshToken::new(ODD_TOKEN.to_owned());
    let client = client(ODD_SECRET, TOKEN, CALLBACK);
    client.exchange_refresh_token(&token).request(&theirs.http()).unwrap();
    let sent = ours.sent();
    assert_eq!(sent, theirs.sent());
    insta::assert_snapshot!(sent, @r"
    POST https://auth.monday.com/oauth_ms/oauth/token application/x-www-form-urlencoded
    grant_type=refresh_token&refresh_token=refresh%2Ftoken%2B1%3D%26%25%7E.-_&client_id=client-1&client_secret=s%2Be%2Fc%3Dr%26e%25t%22%27%3C%3E%23%7E%3B%3A%40%2C%7B%7D%7C%5E%60
    ");
}

async fn revoke(is_refresh: bool) -> String {
    let ours = Ours::answering(r#"{"success":true}"#);
    let app = app(CLIENT_SECRET, &[CALLBACK]).build().unwrap();
    app.revoke(&Secret::new(ODD_TOKEN), is_refresh, &ours).await.unwrap();
    let theirs = Theirs::default();
    let token = if is_refresh {
        StandardRevocableToken::RefreshToken(RefreshToken::new(ODD_TOKEN.to_owned()))
    } else {
        StandardRevocableToken::AccessToken(AccessToken::new(ODD_TOKEN.to_owned()))
    };
    client(CLIENT_SECRET, TOKEN, CALLBACK)
        .set_revocation_url(RevocationUrl::new(REVOKE.to_owned()).unwrap())
        .revoke_token(token)
        .unwrap()
        .request(&theirs.http())
        .unwrap();
    let sent = ours.sent();
    assert_eq!(sent, theirs.sent());
    sent
}

#[tokio::test]
async fn revoking_a_refresh_token() {
    insta::assert_snapshot!(revoke(true).await, @r"
    POST https://auth.monday.com/oauth_ms/oauth/revoke application/x-www-form-urlencoded
    token=refresh%2Ftoken%2B1%3D%26%25%7E.-_&token_type_hint=refresh_token&client_id=client-1&client_secret=not-a-real-client-secret
    ");
}

#[tokio::test]
async fn revoking_an_access_token() {
    insta::assert_snapshot!(revoke(false).await, @r"
    POST https://auth.monday.com/oauth_ms/oauth/revoke application/x-www-form-urlencoded
    token=refresh%2Ftoken%2B1%3D%26%25%7E.-_&token_type_hint=access_token&client_id=client-1&client_secret=not-a-real-client-secret
    ");
}

#[tokio::test]
async fn migrating_a_legacy_token() {
    let ours = Ours::tokens();
    let app = app(ODD_SECRET, &[CALLBACK]).build().unwrap();
    app.migrate_legacy(&Secret::new(ODD_TOKEN), &ours).await.unwrap();
    let sent = ours.sent();
    let (line, body) = sent.split_once('\n').unwrap();
    assert_eq!(line, "POST https://auth.monday.com/oauth_ms/oauth/migrate application/json");
    // Not of `oauth2`, and its fields come in any order.
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    let expected = serde_json::json!({
        "api_token": ODD_TOKEN, "client_id": CLIENT_ID, "client_secret": ODD_SECRET,
    });
    assert_eq!(body, expected);
}

#[tokio::test]
async fn the_metadata() {
    let ours = Ours::answering(
        r#"{
            "issuer": "https://auth.monday.com/oauth_ms",
            "authorization_endpoint": "https://auth.monday.com/oauth2/authorize",
            "token_endpoint": "https://auth.monday.com/oauth_ms/oauth/token",
            "revocation_endpoint": "https://auth.monday.com/oauth_ms/oauth/revoke",
            "code_challenge_methods_supported": ["S256"]
        }"#,
    );
    app(CLIENT_SECRET, &[CALLBACK]).build().unwrap().check_metadata(&ours).await.unwrap();
    // No secret and no body: a GET.
    let expected = "GET https://auth.monday.com/oauth_ms/.well-known/oauth-authorization-server -\n";
    assert_eq!(ours.sent(), expected);
}
