//! Requests that are refused before anything is executed, with monday's own bodies.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refused request: HTTP status and body.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) errors: Value,
}

impl Refusal {
    fn new(status: StatusCode, code: &str, message: &str) -> Self {
        let extensions = json!({"code": code, "status_code": status.as_u16()});
        Self { status, errors: json!([{"message": message, "extensions": extensions}]) }
    }

    /// No token, or a wrong one.
    pub(crate) fn not_authenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", "Not Authenticated")
    }

    /// Not JSON by its content type, or without `query`.
    pub(crate) fn bad_request() -> Self {
        Self { status: StatusCode::BAD_REQUEST, errors: json!([{"message": "Bad request"}]) }
    }

    /// JSON that does not parse, or `variables` that are no object.
    pub(crate) fn json() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "JsonParseException", "JSON parse error")
    }

    /// A version header that is no version.
    pub(crate) fn version() -> Self {
        Self::new(StatusCode::OK, "InvalidVersionException", "Invalid API version")
    }

    /// Mistakes in the document.
    pub(crate) fn document(errors: Vec<Value>) -> Self {
        Self { status: StatusCode::OK, errors: Value::Array(errors) }
    }
}
