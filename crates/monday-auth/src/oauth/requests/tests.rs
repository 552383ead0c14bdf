//! Every URL and body of [`OAuthApp`] against the `oauth2` crate's own, byte for byte.
//!
//! `oauth2` gets the same inputs here without this crate between; monday's own parameters are appended as its
//! documentation has them. The snapshots show the result, with placeholders for what is random.

mod authorize;
mod tokens;

use std::convert::Infallible;
use std::sync::Mutex;

use oauth2::basic::BasicClient;
use oauth2::{AuthType, AuthUrl, ClientId, ClientSecret, RedirectUrl, TokenUrl};

use crate::{BodyKind, BoxFuture, HttpAnswer, HttpFault, HttpRequest, HttpSend, OAuthApp, Secret};

const AUTHORIZE: &str = "https://auth.monday.com/oauth2/authorize";
const TOKEN: &str = "https://auth.monday.com/oauth_ms/oauth/token";
const LEGACY_TOKEN: &str = "https://auth.monday.com/oauth2/token";
const REVOKE: &str = "https://auth.monday.com/oauth_ms/oauth/revoke";
const CALLBACK: &str = "https://app.example.com/callback";

const CLIENT_ID: &str = "client-1";
const CLIENT_SECRET: &str = "not-a-real-client-secret";
/// Characters that a form must encode.
const ODD_SECRET: &str = "s+e/c=r&e%t\"'<>#~;:@,{}|^`";
const ODD_CALLBACK: &str = "https://app.example.com:8443/call%20back;v=1?tenant=a+b&next=%2Fhome";

fn app(secret: &str, callbacks: &[&str]) -> crate::OAuthAppBuilder {
    let builder = OAuthApp::builder(CLIENT_ID, Secret::new(secret));
    callbacks.iter().fold(builder, |builder, callback| builder.redirect_uri(*callback))
}

type Client = BasicClient<
    oauth2::EndpointSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointNotSet,
    oauth2::EndpointSet,
>;

/// `oauth2`'s own client.
fn client(secret: &str, token: &str, callback: &str) -> Client {
    BasicClient::new(ClientId::new(CLIENT_ID.to_owned()))
        .set_client_secret(ClientSecret::new(secret.to_owned()))
        .set_auth_type(AuthType::RequestBody)
        .set_auth_uri(AuthUrl::new(AUTHORIZE.to_owned()).unwrap())
        .set_token_uri(TokenUrl::new(token.to_owned()).unwrap())
        .set_redirect_uri(RedirectUrl::new(callback.to_owned()).unwrap())
}

/// Method, URL and type of a request on one line, its body on the next.
fn text(method: &str, url: &str, kind: &str, body: &str) -> String {
    format!("{method} {url} {kind}\n{body}")
}

/// Takes what `oauth2` sends, and answers what it takes for tokens.
#[derive(Debug, Default)]
struct Theirs(Mutex<String>);

impl Theirs {
    fn http(&self) -> impl Fn(oauth2::HttpRequest) -> Result<oauth2::HttpResponse, Infallible> {
        |request| {
            let kind = request.headers()["content-type"].to_str().unwrap();
            let body = str::from_utf8(request.body()).unwrap();
            let uri = request.uri().to_string();
            *self.0.lock().unwrap() = text(request.method().as_str(), &uri, kind, body);
            Ok(http::Response::new(br#"{"access_token":"access-1","token_type":"bearer"}"#.to_vec()))
        }
    }

    fn sent(self) -> String {
        self.0.into_inner().unwrap()
    }
}

/// Takes what [`OAuthApp`] sends, and answers so.
#[derive(Debug)]
struct Ours {
    answer: String,
    sent: Mutex<Vec<String>>,
}

impl Ours {
    fn tokens() -> Self {
        Self::answering(r#"{"access_token":"access-token-2","token_type":"Bearer"}"#)
    }

    fn answering(answer: &str) -> Self {
        Self { answer: answer.to_owned(), sent: Mutex::default() }
    }

    /// The one request.
    fn sent(self) -> String {
        let sent = self.sent.into_inner().unwrap();
        assert_eq!(sent.len(), 1);
        sent.concat()
    }
}

impl HttpSend for Ours {
    fn send(&self, request: HttpRequest) -> BoxFuture<'_, Result<HttpAnswer, HttpFault>> {
        let url = request.endpoint().url().to_string();
        let (method, kind) = match request.kind() {
            BodyKind::None => ("GET", "-"),
            BodyKind::Form => ("POST", "application/x-www-form-urlencoded"),
            BodyKind::Json => ("POST", "application/json"),
        };
        let body = String::from_utf8(request.into_body()).unwrap();
        self.sent.lock().unwrap().push(text(method, &url, kind, &body));
        let body = self.answer.clone().into_bytes();
        Box::pin(async { Ok(HttpAnswer { status: 200, date: None, retry_after: None, body }) })
    }
}
