//! The multipart form of `/v2/file`, and of monday's JavaScript client, as a GraphQL call: `query`, perhaps `variables`, `map`, and the files it
//! names.
//!
//! Source: <https://developer.monday.com/api-reference/reference/assets-1>. It is not the `operations` form
//! of the GraphQL multipart specification. Must not know: what becomes of a file.

use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody as _};
use axum::extract::multipart::{Multipart, MultipartError};
use axum::extract::{FromRequest as _, Request as HttpRequest};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::execution::{Call, Files};
use crate::refusal::Refusal;
use crate::request::{self, Request};
use crate::site::Site;

/// How large a body may be unless told.
pub(crate) const LARGEST: usize = 64 * 1024 * 1024;

/// After an early answer the rest of the body is read for so long: a connection that is closed with bytes
/// unread takes the answer with it.
const LINGER: Duration = Duration::from_secs(5);

/// A file as it came.
#[derive(Debug)]
pub(crate) struct SentFile {
    pub(crate) name: String,
    pub(crate) content_type: Option<String>,
    pub(crate) bytes: Bytes,
}

/// The parts by name.
#[derive(Default)]
struct Form {
    texts: BTreeMap<String, String>,
    files: BTreeMap<String, Arc<SentFile>>,
}

/// Reads the form. A bad credential is answered before the body has come, and one that is too large before
/// its end.
pub(crate) async fn read(site: &Site, request: HttpRequest) -> Result<Request, Refusal> {
    let most = site.largest_upload;
    let caller = request::caller(&site.authorization, request.headers(), "multipart/form-data");
    let mut caller = match caller {
        Ok(caller) => caller,
        Err(refusal) => {
            drop(site.tasks.spawn(tokio::time::timeout(LINGER, discard(request.into_body()))));
            return Err(refusal);
        }
    };
    let Ok(mut parts) = Multipart::from_request(request, &()).await else {
        return Err(Refusal::form("The boundary is missing"));
    };
    let form = match Form::read(&mut parts, most).await {
        Ok(form) => form,
        Err(refusal) => {
            drop(site.tasks.spawn(tokio::time::timeout(LINGER, discard_parts(parts))));
            return Err(refusal);
        }
    };
    if !site.idempotent_uploads {
        caller.idempotency_key = None;
    }
    Ok(Request { caller, call: form.call()? })
}

/// Whether a body says that it is such a form.
pub(crate) fn is_form(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().is_some_and(|kind| kind.trim().eq_ignore_ascii_case("multipart/form-data"))
}

async fn discard(mut body: Body) {
    while let Some(Ok(_)) = std::future::poll_fn(|context| Pin::new(&mut body).poll_frame(context)).await {}
}

async fn discard_parts(mut parts: Multipart) {
    while let Ok(Some(mut part)) = parts.next_field().await {
        while let Ok(Some(_)) = part.chunk().await {}
    }
}

impl Form {
    async fn read(parts: &mut Multipart, most: usize) -> Result<Self, Refusal> {
        let mut form = Self::default();
        let mut left = most;
        while let Some(mut part) = parts.next_field().await.map_err(|error| broken(&error))? {
            let name = part.name().unwrap_or_default().to_owned();
            let file_name = part.file_name().map(str::to_owned);
            let content_type = part.content_type().map(str::to_owned);
            let mut bytes = Vec::new();
            while let Some(piece) = part.chunk().await.map_err(|error| broken(&error))? {
                left = left.checked_sub(piece.len()).ok_or_else(|| Refusal::too_large(most))?;
                bytes.extend_from_slice(&piece);
            }
            if let "query" | "variables" | "map" | "operations" = name.as_str() {
                let text = String::from_utf8(bytes).map_err(|_| Refusal::bad_request())?;
                form.texts.insert(name, text);
            } else {
                let file =
                    SentFile { name: file_name.unwrap_or_default(), content_type, bytes: bytes.into() };
                form.files.insert(name, Arc::new(file));
            }
        }
        Ok(form)
    }

    fn call(mut self) -> Result<Call, Refusal> {
        if self.texts.contains_key("operations") {
            return Err(Refusal::form("`operations` is not taken: send `query`, `variables` and `map`"));
        }
        let query = self.texts.remove("query").filter(|query| !query.trim().is_empty());
        let query = query.ok_or_else(|| Refusal::form("The part `query` is missing"))?;
        let variables = self.texts.get("variables").map(|text| serde_json::from_str(text));
        let variables = request::variables(variables.transpose().map_err(|_| Refusal::json())?)?;
        let map = self.texts.get("map").ok_or_else(|| Refusal::form("The part `map` is missing"))?;
        let map: BTreeMap<String, Value> = serde_json::from_str(map).map_err(|_| Refusal::json())?;
        let mut files = Files::new();
        for (part, paths) in map {
            let file = self.files.get(&part).filter(|file| !file.name.is_empty());
            let file = file.ok_or_else(|| Refusal::form(&format!("map: there is no file part `{part}`")))?;
            for path in paths.as_array().unwrap_or(&vec![paths.clone()]) {
                let variable = path.as_str().and_then(|path| path.strip_prefix("variables."));
                let variable = variable
                    .ok_or_else(|| Refusal::form(&format!("map: {path} is no path to a variable")))?;
                files.insert(variable.to_owned(), Arc::clone(file));
            }
        }
        Ok(Call { query, variables, files, ..Call::default() })
    }
}

fn broken(error: &MultipartError) -> Refusal {
    Refusal::form(&format!("The form cannot be read: {}", error.status()))
}
