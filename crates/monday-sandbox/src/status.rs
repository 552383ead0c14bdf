//! The status page: what the sandbox holds and what has been asked of it, for people.
//!
//! Neither tokens nor variables nor documents are on it. Its rooms: `page` (the HTML), `table` (one table of it),
//! `state` (what is told). Must not know: how anything of it came about.

mod page;
mod state;
mod table;

use std::sync::Arc;

use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderName;
use axum::http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS,
};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use url::form_urlencoded;

use crate::site::Site;

const STYLE: &str = include_str!("status/style.css");

const HEADERS: [(HeaderName, &str); 5] = [
    (CONTENT_TYPE, "text/html; charset=utf-8"),
    (CACHE_CONTROL, "no-store"),
    (X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (REFERRER_POLICY, "no-referrer"),
    (
        CONTENT_SECURITY_POLICY,
        "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
];

pub(crate) fn routes() -> Router<Arc<Site>> {
    let style = || async { ([(CONTENT_TYPE, "text/css; charset=utf-8")], STYLE) };
    Router::new().route("/", get(status)).route("/status", get(status)).route("/status.css", get(style))
}

/// `?refresh=5` lets the page load itself again every five seconds.
async fn status(State(site): State<Arc<Site>>, RawQuery(query): RawQuery) -> Response {
    let query = query.unwrap_or_default();
    let mut query = form_urlencoded::parse(query.as_bytes());
    let refresh = query.find(|(name, _)| name == "refresh").and_then(|(_, value)| value.parse().ok());
    let refresh = refresh.filter(|seconds| (1..=3_600).contains(seconds));
    (HEADERS, page::page(&state::State::of(&site), refresh)).into_response()
}
