//! One answer of the script, as a test writes it and as it is sent.
//!
//! Must not know: who takes it.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};

use super::{Answers, fit};
use crate::execution::Operation;

/// The start of an answer: what it is, is still to be said. See [`Sandbox::answer`](crate::Sandbox::answer).
#[derive(Debug)]
#[must_use = "nothing is scripted until it is said with what"]
pub struct Unscripted<'s> {
    answers: &'s Answers,
    operation: String,
}

/// An answer, to be put into the script by [`once`](Self::once), [`times`](Self::times) or
/// [`always`](Self::always).
#[derive(Debug)]
#[must_use = "nothing is scripted until `once`, `times` or `always`"]
pub struct ScriptedAnswer<'s> {
    answers: &'s Answers,
    operation: String,
    answer: Scripted,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Scripted {
    data: Option<Value>,
    errors: Option<Value>,
    status: Option<u16>,
    is_unchecked: bool,
}

impl<'s> Unscripted<'s> {
    pub(crate) fn new(answers: &'s Answers, operation: &str) -> Self {
        Self { answers, operation: operation.to_owned() }
    }

    /// With this `data`: see [`ScriptedAnswer::with_data`].
    pub fn with_data(self, data: Value) -> ScriptedAnswer<'s> {
        self.scripted().with_data(data)
    }

    /// With these `errors`: see [`ScriptedAnswer::with_errors`].
    pub fn with_errors(self, errors: Value) -> ScriptedAnswer<'s> {
        self.scripted().with_errors(errors)
    }

    /// With this HTTP status: see [`ScriptedAnswer::with_status`].
    pub fn with_status(self, status: u16) -> ScriptedAnswer<'s> {
        self.scripted().with_status(status)
    }

    fn scripted(self) -> ScriptedAnswer<'s> {
        let Self { answers, operation } = self;
        ScriptedAnswer { answers, operation, answer: Scripted::default() }
    }
}

impl ScriptedAnswer<'_> {
    /// With this `data`. It must be what the document of the request asks for: every field of it and no other,
    /// each of its type in the schema. Ids are strings. Otherwise the request is refused with all mistakes, by
    /// the code `SCRIPTED_ANSWER_REFUSED`.
    pub fn with_data(mut self, data: Value) -> Self {
        self.answer.data = Some(data);
        self
    }

    /// With these `errors`, a list of objects with a `message` each, or one of them. Beside data they are those
    /// of fields.
    pub fn with_errors(mut self, errors: Value) -> Self {
        self.answer.errors = Some(if errors.is_object() { json!([errors]) } else { errors });
        self
    }

    /// With this HTTP status instead of 200. Without data and errors the body has one error, which says it too.
    pub fn with_status(mut self, status: u16) -> Self {
        self.answer.status = Some(status);
        self
    }

    /// Whatever it is, for a server that does not keep to its schema.
    pub fn unchecked(mut self) -> Self {
        self.answer.is_unchecked = true;
        self
    }

    /// For one request, after those that are scripted for its operation already.
    pub fn once(self) {
        self.times(1);
    }

    /// For so many requests, after those that are scripted for its operation already.
    pub fn times(self, times: u64) {
        self.answers.put(self.operation, self.answer, Some(times));
    }

    /// For every request from then on, after those that are scripted for its operation already.
    pub fn always(self) {
        self.answers.put(self.operation, self.answer, None);
    }
}

impl Scripted {
    /// Why it cannot be the answer to this.
    pub(super) fn mistakes(&self, operation: &Operation) -> Vec<String> {
        let mut mistakes = Vec::new();
        if self.status.is_some_and(|status| StatusCode::from_u16(status).is_err()) {
            mistakes.push("its status is no HTTP status".to_owned());
        }
        if self.is_unchecked {
            return mistakes;
        }
        if let Some(errors) = &self.errors {
            let is_error = |error: &Value| error["message"].is_string();
            if !errors.as_array().is_some_and(|errors| !errors.is_empty() && errors.iter().all(is_error)) {
                mistakes.push("errors: wants objects with a `message` each".to_owned());
            }
        }
        match &self.data {
            // No data beside errors.
            Some(Value::Null) if self.errors.is_some() => {}
            Some(data) => mistakes.extend(fit::mistakes(operation, data)),
            None => {}
        }
        mistakes
    }

    /// Status and body.
    pub(super) fn body(&self) -> (u16, Value) {
        let status = self.status.unwrap_or(200);
        let mut body = Map::new();
        if let Some(data) = &self.data {
            body.insert("data".to_owned(), data.clone());
        }
        if let Some(errors) = &self.errors {
            body.insert("errors".to_owned(), errors.clone());
        }
        if body.is_empty() {
            let reason = StatusCode::from_u16(status).ok().and_then(|status| status.canonical_reason());
            let error = json!({
                "message": reason.unwrap_or("Unknown status"), "extensions": {"status_code": status},
            });
            body.insert("errors".to_owned(), json!([error]));
        }
        (status, Value::Object(body))
    }

    /// Which parts it has.
    pub(super) fn label(&self) -> String {
        let status = self.status.map(|status| format!("status {status}"));
        let parts = [status, self.data.as_ref().map(|_| "data".to_owned()), self.errors.as_ref().map(errors)];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

fn errors(errors: &Value) -> String {
    match errors.as_array().map_or(0, Vec::len) {
        1 => "1 error".to_owned(),
        number => format!("{number} errors"),
    }
}
