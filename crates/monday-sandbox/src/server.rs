//! HTTP: one POST endpoint that takes JSON, one GET that gives the schema away.
//!
//! Must not know: GraphQL beyond the request's parts.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use monday_core::ApiVersion;
use serde::Deserialize;
use serde_json::{Value, json};

use crate::authorization::{self, Authorization};
use crate::execution::{self, Call};
use crate::quota::{self, Calls};
use crate::refusal::Refusal;
use crate::schema;
use crate::world::World;

pub(crate) const PERSONAL_TOKEN: &str = "sandbox-personal-token";
pub(crate) const OAUTH_TOKEN: &str = "sandbox-oauth-access-token";

const ACCOUNT_ID: u64 = 1_000_001;

/// What one sandbox serves from.
#[derive(Debug)]
pub(crate) struct Site {
    pub(crate) authorization: Authorization,
    world: Mutex<World>,
    calls: Mutex<Calls>,
    requests: AtomicU64,
}

impl Site {
    pub(crate) fn seeded(items: usize, authorization: Authorization) -> Self {
        let world = Mutex::new(World::seeded(items));
        Self { authorization, world, calls: Mutex::default(), requests: AtomicU64::new(0) }
    }

    pub(crate) fn requests(&self) -> u64 {
        self.requests.load(Ordering::Relaxed)
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new()
        .route("/v2", post(graphql))
        .route(
            "/v2/get_schema",
            get(|| async { ([(CONTENT_TYPE, "text/plain; charset=utf-8")], schema::SDL) }),
        )
        .merge(authorization::routes())
        .with_state(site)
}

async fn graphql(State(site): State<Arc<Site>>, headers: HeaderMap, body: Bytes) -> Response {
    site.requests.fetch_add(1, Ordering::Relaxed);
    let request_id = uuid::Uuid::new_v4().to_string();
    let limits = site.calls.lock().unwrap_or_else(PoisonError::into_inner).count();
    let (status, mut answer) = match check(&site.authorization, &headers, &body) {
        Ok(call) => match execution::execute(&site, &call) {
            Ok(answer) => (StatusCode::OK, answer),
            Err(refusal) => (refusal.status, json!({"errors": refusal.errors})),
        },
        Err(refusal) => (refusal.status, json!({"errors": refusal.errors})),
    };
    answer["extensions"] = json!({"request_id": request_id});
    if status != StatusCode::UNAUTHORIZED {
        answer["account_id"] = json!(ACCOUNT_ID);
    }
    // The schema is one version, so every version asked for becomes this one, as monday does with unknown ones.
    let version = ApiVersion::pinned();
    let headers = [
        ("content-type", "application/json; charset=utf-8"),
        ("api-version", version.as_str()),
        ("ratelimit-policy", quota::POLICY),
        ("ratelimit", &limits),
    ];
    (status, headers, answer.to_string()).into_response()
}

fn check(authorization: &Authorization, headers: &HeaderMap, body: &[u8]) -> Result<Call, Refusal> {
    let header = |name| headers.get(name).and_then(|value| value.to_str().ok()).map(str::trim);
    match header(AUTHORIZATION.as_str()) {
        Some(PERSONAL_TOKEN | OAUTH_TOKEN) => {}
        Some(bearer) if bearer.strip_prefix("Bearer ") == Some(OAUTH_TOKEN) => {}
        Some(token) if authorization.is_live(token.strip_prefix("Bearer ").unwrap_or(token)) => {}
        _ => return Err(Refusal::not_authenticated()),
    }
    let is_json = header(CONTENT_TYPE.as_str()).is_some_and(|kind| {
        kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
    });
    if !is_json {
        return Err(Refusal::bad_request());
    }
    if header("api-version").is_some_and(|version| !is_version(version)) {
        return Err(Refusal::version());
    }
    call(body)
}

/// An unknown version becomes the current one without a word; only a malformed one is refused.
fn is_version(text: &str) -> bool {
    let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    matches!(text, "current" | "dev")
        || text.split_once('-').is_some_and(|(year, month)| digits(year, 4) && digits(month, 2))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    query: Option<String>,
    variables: Option<Value>,
    operation_name: Option<String>,
}

fn call(body: &[u8]) -> Result<Call, Refusal> {
    let body: Body = serde_json::from_slice(body).map_err(|_| Refusal::json())?;
    let variables = match body.variables {
        None | Some(Value::Null) => serde_json::Map::new(),
        Some(Value::Object(variables)) => variables,
        Some(_) => return Err(Refusal::json()),
    };
    let query = body.query.filter(|query| !query.trim().is_empty()).ok_or_else(Refusal::bad_request)?;
    Ok(Call { query, variables, operation_name: body.operation_name })
}
