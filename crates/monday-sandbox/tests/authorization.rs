//! The authorization server over TCP: the consent page, the token, and the GraphQL endpoint that takes it.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use monday_sandbox::{Sandbox, SandboxApp};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

async fn send(base: &str, line: &str, headers: &str, body: &str) -> String {
    let host = base.strip_prefix("http://").unwrap();
    let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
    let length = body.len();
    let request = format!(
        "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    answer
}

fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    text.split_once(from).unwrap().1.split_once(to).unwrap().0
}

#[tokio::test]
async fn a_consent_gives_a_token_that_the_api_takes_until_it_is_revoked() {
    let app = SandboxApp::new("app", "secret").redirect_uri("http://127.0.0.1:1/cb");
    let sandbox = Sandbox::builder().items(3).app(app).start().await.unwrap();
    let base = sandbox.authorization_url();
    let asked = format!(
        "client_id=app&redirect_uri=http%3A%2F%2F127.0.0.1%3A1%2Fcb&state=s1&code_challenge={CHALLENGE}&code_challenge_method=S256"
    );
    let form = "Content-Type: application/x-www-form-urlencoded\r\n";
    let page = send(&base, &format!("GET /oauth2/authorize?{asked}"), "", "").await;
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("id=\"allow\""));
    let denied = send(&base, "POST /oauth2/authorize", form, &format!("{asked}&decision=deny")).await;
    assert!(denied.contains("error=access_denied&state=s1"));
    let elsewhere = asked.replace("1%2Fcb", "1%2Fcb2");
    let refused = send(&base, &format!("GET /oauth2/authorize?{elsewhere}"), "", "").await;
    assert!(refused.starts_with("HTTP/1.1 400") && !refused.contains("location"));
    let unproven = send(&base, "GET /oauth2/authorize?client_id=app&state=s1", "", "").await;
    assert!(unproven.contains("error=invalid_request&state=s1"));
    let back = send(&base, "POST /oauth2/authorize", form, &format!("{asked}&decision=allow")).await;
    let code = between(&back, "code=", "&");
    let client = "client_id=app&client_secret=secret";
    let exchange = format!("{client}&grant_type=authorization_code&code={code}&code_verifier={VERIFIER}");
    let answer = send(&base, "POST /oauth_ms/oauth/token", form, &exchange).await;
    assert!(!answer.contains("expires_in"));
    let access = between(&answer, "\"access_token\":\"", "\"");
    let json = format!("Authorization: Bearer {access}\r\nContent-Type: application/json\r\n");
    let me = "{\"query\":\"{ me { id } }\"}";
    assert!(send(&base, "POST /v2", &json, me).await.starts_with("HTTP/1.1 200"));
    let revoked = send(&base, "POST /oauth_ms/oauth/revoke", form, &format!("{client}&token={access}")).await;
    assert!(revoked.contains("{\"success\":true}"));
    assert!(send(&base, "POST /v2", &json, me).await.starts_with("HTTP/1.1 401"));
}
