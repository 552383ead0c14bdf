//! HTTP: one POST endpoint that takes JSON, one that takes files, one GET that gives the schema away.
//!
//! Must not know: GraphQL, what becomes of a request.

use std::sync::Arc;

use axum::Router;
use axum::body;
use axum::extract::{ConnectInfo, DefaultBodyLimit, Request, State};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use monday_core::ApiVersion;

use crate::authorization;
use crate::exchange::{self, Reply};
use crate::line::Hook;
use crate::refusal::Refusal;
use crate::request;
use crate::schema;
use crate::seen::Envelope;
pub(crate) use crate::site::Site;
use crate::{status, upload};

pub(crate) const PERSONAL_TOKEN: &str = "sandbox-personal-token";
pub(crate) const OAUTH_TOKEN: &str = "sandbox-oauth-access-token";

/// How large a body of `/v2` may be, in bytes; monday's own limit is not documented.
const LARGEST: usize = 2 * 1024 * 1024;

pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new()
        // The limits are their own.
        .route("/v2", post(graphql).layer(DefaultBodyLimit::disable()))
        .route("/v2/file", post(file).layer(DefaultBodyLimit::disable()))
        .route(
            "/v2/get_schema",
            get(|| async { ([(CONTENT_TYPE, "text/plain; charset=utf-8")], schema::SDL) }),
        )
        .merge(authorization::routes())
        .merge(status::routes())
        .with_state(site)
}

async fn graphql(
    State(site): State<Arc<Site>>,
    ConnectInfo(hook): ConnectInfo<Hook>,
    request: Request,
) -> Response {
    // monday's own JavaScript client sends files here and not to `/v2/file`, in the same form.
    if upload::is_form(request.headers()) {
        return file(State(site), ConnectInfo(hook), request).await;
    }
    let envelope = Envelope::of(&site.authorization, request.headers());
    let (head, body) = request.into_parts();
    let Ok(body) = body::to_bytes(body, LARGEST).await else {
        return StatusCode::PAYLOAD_TOO_LARGE.into_response();
    };
    let asked = request::read(&site.authorization, &head.headers, &body);
    answer(site, hook, envelope, asked).await
}

async fn file(
    State(site): State<Arc<Site>>,
    ConnectInfo(hook): ConnectInfo<Hook>,
    request: Request,
) -> Response {
    let envelope = Envelope::of(&site.authorization, request.headers());
    let asked = upload::read(&site, request).await;
    answer(site, hook, envelope, asked).await
}

async fn answer(
    site: Arc<Site>,
    hook: Hook,
    envelope: Envelope,
    asked: Result<request::Request, Refusal>,
) -> Response {
    // A task of its own: a caller who hangs up does not stop the work, as with monday.
    let working = Arc::clone(&site);
    let work = site.tasks.spawn(async move { exchange::exchange(&working, envelope, asked).await });
    match work.await {
        Ok(Reply::Json(answer)) => {
            // The schema is one version, so every version asked for becomes this one, as monday does with
            // unknown ones.
            let version = ApiVersion::pinned();
            let (policy, limits) = answer.limits;
            let mut response = (
                answer.status,
                [("content-type", "application/json; charset=utf-8"), ("api-version", version.as_str())],
                answer.body,
            )
                .into_response();
            let retry_after = answer.retry_after.map(|seconds| seconds.to_string());
            let replayed = answer.replayed.then(|| "true".to_owned());
            let headers = [
                ("ratelimit-policy", Some(policy).filter(|text| !text.is_empty())),
                ("ratelimit", Some(limits).filter(|text| !text.is_empty())),
                ("retry-after", retry_after),
                ("idempotency-replayed", replayed),
            ];
            for (name, value) in headers {
                if let Some(value) = value.and_then(|value| value.parse().ok()) {
                    response.headers_mut().insert(name, value);
                }
            }
            response
        }
        Ok(Reply::Gateway(status)) => {
            let status = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
            let page = format!("<html><head><title>{status}</title></head><body>{status}</body></html>\n");
            (status, [(CONTENT_TYPE, "text/html")], page).into_response()
        }
        Ok(Reply::Closed) => {
            hook.hang_up();
            StatusCode::NO_CONTENT.into_response()
        }
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}
