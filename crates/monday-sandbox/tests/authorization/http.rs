//! A sandbox with apps, and requests to it written by hand.

use std::collections::BTreeMap;

use monday_sandbox::{Sandbox, SandboxApp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use url::form_urlencoded;

pub(crate) const CALLBACK: &str = "http://127.0.0.1:1/cb";
/// RFC 7636, appendix B.
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

pub(crate) const TOKEN: &str = "/oauth_ms/oauth/token";
pub(crate) const LEGACY_TOKEN: &str = "/oauth2/token";
pub(crate) const REVOKE: &str = "/oauth_ms/oauth/revoke";
pub(crate) const MIGRATE: &str = "/oauth_ms/oauth/migrate";

/// The fields of a body or query.
pub(crate) type Fields<'a> = BTreeMap<&'a str, &'a str>;

#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    /// Status and OAuth error code.
    pub(crate) fn refusal(&self) -> (u16, String) {
        assert!(self.head.contains("cache-control: no-store"));
        (self.status, self.text("error"))
    }

    pub(crate) fn text(&self, field: &str) -> String {
        self.json()[field].as_str().unwrap_or_else(|| panic!("no {field} in {self:?}")).to_owned()
    }

    /// A parameter of the redirect.
    pub(crate) fn parameter(&self, name: &str) -> Option<String> {
        let location = self.head.lines().find_map(|line| line.strip_prefix("location: "))?;
        let query = location.split_once('?')?.1;
        let mut pairs = form_urlencoded::parse(query.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }
}

/// A running sandbox whose apps have the secret `secret` and the callback [`CALLBACK`].
pub(crate) struct Server(pub(crate) Sandbox);

pub(crate) fn app(client_id: &str) -> SandboxApp {
    SandboxApp::new(client_id, "secret").redirect_uri(CALLBACK)
}

impl Server {
    pub(crate) async fn with(apps: impl IntoIterator<Item = SandboxApp>) -> Self {
        let builder = apps.into_iter().fold(Sandbox::builder().items(3), monday_sandbox::SandboxBuilder::app);
        Self(builder.start().await.unwrap())
    }

    pub(crate) async fn send(&self, line: &str, headers: &str, body: &str) -> Answer {
        let base = self.0.authorization_url();
        let host = base.strip_prefix("http://").unwrap();
        let mut stream = tokio::net::TcpStream::connect(host).await.unwrap();
        let length = body.len();
        let request = format!(
            "{line} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n{headers}Content-Length: {length}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        let (head, body) = answer.split_once("\r\n\r\n").unwrap();
        let status = head.split(' ').nth(1).unwrap().parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    pub(crate) async fn form(&self, path: &str, fields: &Fields<'_>) -> Answer {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let kind = "Content-Type: application/x-www-form-urlencoded\r\n";
        self.send(&format!("POST {path}"), kind, &body).await
    }

    pub(crate) async fn json(&self, path: &str, fields: &Fields<'_>) -> Answer {
        let kind = "Content-Type: application/json\r\n";
        self.send(&format!("POST {path}"), kind, &json!(fields).to_string()).await
    }

    /// The consent page with these fields: looked at, or answered with a click.
    pub(crate) async fn consent(&self, fields: &Fields<'_>, decide: Option<&str>) -> Answer {
        let mut fields = fields.clone();
        if let Some(decision) = decide {
            fields.insert("decision", decision);
            return self.form("/oauth2/authorize", &fields).await;
        }
        let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
        self.send(&format!("GET /oauth2/authorize?{query}"), "", "").await
    }

    /// A code for an app's user who has said yes.
    pub(crate) async fn code(&self, client_id: &str) -> String {
        let answer = self.consent(&asked(client_id), Some("allow")).await;
        assert_eq!(answer.parameter("state").as_deref(), Some("state-1"));
        answer.parameter("code").unwrap()
    }

    /// Access and refresh token of a new consent.
    pub(crate) async fn pair(&self, client_id: &str) -> (String, String) {
        let code = self.code(client_id).await;
        let answer = self.form(TOKEN, &exchange(client_id, &code)).await;
        (answer.text("access_token"), answer.text("refresh_token"))
    }

    /// The legacy token of a new consent.
    pub(crate) async fn legacy(&self, client_id: &str) -> String {
        let code = self.code(client_id).await;
        let answer = self.form(LEGACY_TOKEN, &exchange(client_id, &code)).await;
        assert!(answer.json().get("refresh_token").is_none());
        answer.text("access_token")
    }

    /// The status with which the GraphQL endpoint answers this value of `Authorization`.
    pub(crate) async fn api(&self, authorization: &str) -> u16 {
        let headers = format!("Authorization: {authorization}\r\nContent-Type: application/json\r\n");
        self.send("POST /v2", &headers, "{\"query\":\"{ me { id } }\"}").await.status
    }
}

/// What the browser asks for.
pub(crate) fn asked(client_id: &str) -> Fields<'_> {
    Fields::from([
        ("client_id", client_id),
        ("redirect_uri", CALLBACK),
        ("response_type", "code"),
        ("state", "state-1"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ])
}

/// The exchange of a code.
pub(crate) fn exchange<'a>(client_id: &'a str, code: &'a str) -> Fields<'a> {
    let mut fields = client(client_id);
    fields.extend([
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", CALLBACK),
        ("code_verifier", VERIFIER),
    ]);
    fields
}

/// The exchange of a refresh token.
pub(crate) fn refresh<'a>(client_id: &'a str, token: &'a str) -> Fields<'a> {
    let mut fields = client(client_id);
    fields.extend([("grant_type", "refresh_token"), ("refresh_token", token)]);
    fields
}

pub(crate) fn client(client_id: &str) -> Fields<'_> {
    Fields::from([("client_id", client_id), ("client_secret", "secret")])
}

/// The same fields with one changed.
pub(crate) fn with<'a>(mut fields: Fields<'a>, name: &'a str, value: &'a str) -> Fields<'a> {
    fields.insert(name, value);
    fields
}

/// The same fields with one left out.
pub(crate) fn without<'a>(mut fields: Fields<'a>, name: &str) -> Fields<'a> {
    fields.remove(name);
    fields
}
