//! A small authorization server and API in one: rotation, families that die, and a count of everything.
//!
//! Real TCP, so that processes of their own can use it. Must not know: the SDK.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use wiremock::matchers::{method, path};
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

/// What the server has seen and knows.
#[derive(Default)]
pub(crate) struct Known {
    /// Refresh token to family; removed when used.
    refresh: HashMap<String, usize>,
    used: HashMap<String, usize>,
    dead: HashSet<usize>,
    access: HashMap<String, (usize, Instant)>,
    issued: usize,
    pub(crate) refreshes: usize,
    pub(crate) invalid_grants: usize,
    pub(crate) refused_calls: usize,
    pub(crate) served_calls: usize,
    pub(crate) revoked: Vec<String>,
    /// Put into every token.
    pub(crate) mark: String,
}

#[derive(Clone)]
pub(crate) struct TokenServer {
    pub(crate) known: Arc<Mutex<Known>>,
    life: Duration,
    think: Duration,
}

fn json(status: u16, body: &serde_json::Value) -> ResponseTemplate {
    ResponseTemplate::new(status).set_body_json(body)
}

impl TokenServer {
    /// A server whose access tokens live so long and whose answers take so long.
    pub(crate) async fn start(life: Duration, think: Duration) -> (MockServer, Self) {
        let this = Self { known: Arc::default(), life, think };
        let server = MockServer::start().await;
        Mock::given(method("POST"))
            .and(path("/oauth_ms/oauth/token"))
            .respond_with(Token(this.clone()))
            .mount(&server)
            .await;
        Mock::given(method("POST"))
            .and(path("/oauth_ms/oauth/revoke"))
            .respond_with(Revoke(this.clone()))
            .mount(&server)
            .await;
        Mock::given(method("POST")).and(path("/v2")).respond_with(Api(this.clone())).mount(&server).await;
        (server, this)
    }

    fn pair(&self, family: usize) -> serde_json::Value {
        let mut known = self.known.lock().unwrap();
        known.issued += 1;
        let number = known.issued;
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
        let exp = (now + self.life).as_secs_f64();
        let claims =
            serde_json::json!({"exp": exp.ceil(), "iat": now.as_secs(), "n": number, "mark": known.mark});
        let access =
            format!("eyJhbGciOiJIUzI1NiJ9.{}.{}", URL_SAFE_NO_PAD.encode(claims.to_string()), known.mark);
        let refresh = format!("refresh-{}-{number}", known.mark);
        known.access.insert(access.clone(), (family, Instant::now() + self.life));
        known.refresh.insert(refresh.clone(), family);
        serde_json::json!({"access_token": access, "refresh_token": refresh, "token_type": "Bearer", "scope": "me:read"})
    }
}

struct Token(TokenServer);
struct Revoke(TokenServer);
struct Api(TokenServer);

fn form(request: &Request) -> HashMap<String, String> {
    url::form_urlencoded::parse(&request.body).into_owned().collect()
}

impl Respond for Token {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let fields = form(request);
        let server = &self.0;
        if fields.get("grant_type").map(String::as_str) == Some("authorization_code") {
            let family = server.known.lock().unwrap().issued;
            return json(200, &server.pair(family));
        }
        let token = fields.get("refresh_token").cloned().unwrap_or_default();
        let family = {
            let mut known = server.known.lock().unwrap();
            known.refreshes += 1;
            if let Some(family) = known.used.get(&token).copied() {
                // Used twice: whoever it was, the whole family dies.
                known.dead.insert(family);
            }
            match known.refresh.remove(&token) {
                Some(family) if !known.dead.contains(&family) => {
                    known.used.insert(token, family);
                    Some(family)
                }
                _ => {
                    known.invalid_grants += 1;
                    None
                }
            }
        };
        match family {
            Some(family) => json(200, &server.pair(family)).set_delay(server.think),
            None => json(
                400,
                &serde_json::json!({"error": "invalid_grant", "error_description": token_mark(server)}),
            ),
        }
    }
}

fn token_mark(server: &TokenServer) -> String {
    server.known.lock().unwrap().mark.clone()
}

impl Respond for Revoke {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut known = self.0.known.lock().unwrap();
        let token = form(request).remove("token").unwrap_or_default();
        let family =
            known.refresh.remove(&token).or_else(|| known.access.get(&token).map(|(family, _)| *family));
        if let Some(family) = family {
            known.dead.insert(family);
        }
        known.revoked.push(token);
        json(200, &serde_json::json!({"success": true}))
    }
}

impl Respond for Api {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let mut known = self.0.known.lock().unwrap();
        let header =
            request.headers.get("authorization").and_then(|value| value.to_str().ok()).unwrap_or_default();
        let token = header.strip_prefix("Bearer ").unwrap_or_default();
        let is_good = known
            .access
            .get(token)
            .is_some_and(|(family, end)| *end > Instant::now() && !known.dead.contains(family));
        if is_good {
            known.served_calls += 1;
            json(
                200,
                &serde_json::json!({"data": {"me": {"id": "1", "name": "me", "email": "me@example.com"}}}),
            )
        } else {
            known.refused_calls += 1;
            json(
                401,
                &serde_json::json!({"errors": [{"message": "Not Authenticated", "extensions": {"code": "NOT_AUTHENTICATED"}}]}),
            )
        }
    }
}
