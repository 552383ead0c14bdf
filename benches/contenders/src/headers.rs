//! What every request of a client by hand carries, made once for each client.
//!
//! Must not know: who sends it.

use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};

use crate::TOKEN;

/// The credential and the API version.
#[must_use]
pub fn default_headers() -> HeaderMap {
    let mut token = HeaderValue::from_static(TOKEN);
    token.set_sensitive(true);
    let mut headers = HeaderMap::new();
    headers.insert(AUTHORIZATION, token);
    headers.insert("api-version", HeaderValue::from_static("2026-10"));
    headers
}
