//! Requests that are refused before anything is executed, with monday's own bodies.
//!
//! Must not know: when one is due.

use axum::http::StatusCode;
use serde_json::{Value, json};

/// A refused request: HTTP status and body.
#[derive(Debug)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) errors: Value,
    /// Seconds, for the header `Retry-After`.
    pub(crate) retry_after: Option<u64>,
}

impl Refusal {
    pub(crate) fn new(status: StatusCode, code: &str, message: &str) -> Self {
        let extensions = json!({"code": code, "status_code": status.as_u16()});
        Self { status, errors: json!([{"message": message, "extensions": extensions}]), retry_after: None }
    }

    /// The same, with the wait in the header and in the body.
    pub(crate) fn retry_in(mut self, seconds: u64) -> Self {
        self.errors[0]["extensions"]["retry_in_seconds"] = json!(seconds);
        self.retry_after = Some(seconds);
        self
    }

    /// No token, or a wrong one.
    pub(crate) fn not_authenticated() -> Self {
        Self::new(StatusCode::UNAUTHORIZED, "Unauthorized", "Not Authenticated")
    }

    /// Not JSON by its content type, or without `query`.
    pub(crate) fn bad_request() -> Self {
        let errors = json!([{"message": "Bad request"}]);
        Self { status: StatusCode::BAD_REQUEST, errors, retry_after: None }
    }

    /// A multipart form that monday's file endpoint cannot use.
    pub(crate) fn form(message: &str) -> Self {
        Self { errors: json!([{"message": message}]), ..Self::bad_request() }
    }

    /// A body that is too large.
    pub(crate) fn too_large(most: usize) -> Self {
        let refusal = Self::form(&format!("The upload is larger than {most} bytes"));
        Self { status: StatusCode::PAYLOAD_TOO_LARGE, ..refusal }
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
        Self { status: StatusCode::OK, errors: Value::Array(errors), retry_after: None }
    }

    /// A rate limit.
    pub(crate) fn rate(code: &str, message: &str, seconds: u64) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, code, message).retry_in(seconds)
    }

    /// The complexity budget. Since version 2025-07 the extensions hold the code and the wait only.
    pub(crate) fn complexity(seconds: u64) -> Self {
        let mut refusal = Self::rate("COMPLEXITY_BUDGET_EXHAUSTED", "Complexity budget exhausted", seconds);
        refusal.errors[0]["extensions"] =
            json!({"code": "COMPLEXITY_BUDGET_EXHAUSTED", "retry_in_seconds": seconds});
        refusal
    }

    /// An operation that no budget is large enough for.
    pub(crate) fn too_complex(cost: u64, most: u64) -> Self {
        let message = format!("Query has complexity of {cost}, which exceeds max complexity of {most}");
        Self::new(StatusCode::OK, "maxComplexityExceeded", &message)
    }

    /// A scripted answer that the schema does not allow.
    pub(crate) fn scripted(message: &str) -> Self {
        Self::new(StatusCode::OK, "SCRIPTED_ANSWER_REFUSED", message)
    }

    /// The same idempotency key is being worked on.
    pub(crate) fn conflict() -> Self {
        let message = "A request with the same idempotency key is in progress";
        let mut refusal = Self::new(StatusCode::CONFLICT, "IDEMPOTENCY_CONFLICT", message);
        refusal.retry_after = Some(1);
        refusal
    }
}
