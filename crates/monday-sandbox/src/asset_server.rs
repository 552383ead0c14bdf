//! Where assets are downloaded from: an origin of its own, which wants a signature and no credential.
//!
//! Must not know: GraphQL, who uploaded what.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::site::Site;

/// What has been asked of the origin of assets.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct DownloadCounts {
    /// Answered with a file.
    pub served: u64,
    /// Answered otherwise: 403 for an address that has ended, 404 for one that never was, 400 for a
    /// credential.
    pub refused: u64,
    /// Requests with an `Authorization`, which belongs to the API alone: a client that sends one here has
    /// leaked it.
    pub with_credential: u64,
}

pub(crate) fn router(site: Arc<Site>) -> Router {
    Router::new().fallback(download).with_state(site)
}

async fn download(State(site): State<Arc<Site>>, uri: Uri, headers: HeaderMap) -> Response {
    let has_credential = headers.contains_key(AUTHORIZATION);
    let found = if has_credential { Err(StatusCode::BAD_REQUEST) } else { find(&site, &uri) };
    let mut counts = site.downloads();
    counts.with_credential += u64::from(has_credential);
    counts.served += u64::from(found.is_ok());
    counts.refused += u64::from(found.is_err());
    found.unwrap_or_else(IntoResponse::into_response)
}

fn find(site: &Site, uri: &Uri) -> Result<Response, StatusCode> {
    let world = site.world();
    let id = uri.path().split('/').nth(1).and_then(|id| id.parse().ok());
    let asset = id.and_then(|id| world.assets.get(id)).ok_or(StatusCode::NOT_FOUND)?;
    if !world.assets.signs(uri.query()) {
        return Err(StatusCode::FORBIDDEN);
    }
    let content_type = asset.file.content_type.as_deref().unwrap_or("application/octet-stream");
    Ok(([(CONTENT_TYPE, content_type)], asset.file.bytes.clone()).into_response())
}
