//! What an error of the client says of itself.
//!
//! Must not know: bodies, variables, URLs.

use std::fmt;

use super::Error;
use crate::judge;

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.operation().is_empty() {
            write!(f, "{}: ", self.operation())?;
        }
        f.write_str(self.kind().says())?;
        if let Some(error) = self.page_error() {
            write!(f, ": {error}")?;
        }
        let status = self.status().unwrap_or(200);
        let telling = self.api_errors().iter().find(|error| judge::classify(error, status) == self.kind());
        if let Some(error) = telling.or(self.api_errors().first()) {
            write!(f, " ({error})")?;
        }
        if let Some(wait) = self.retry_after() {
            write!(f, ", again in {} s", wait.as_secs_f64().ceil())?;
        }
        if let Some(scope) = self.missing_scope() {
            write!(f, ", scope {scope}")?;
        }
        if let Some(column) = self.column_id() {
            write!(f, ", column {column}")?;
        }
        if let Some(request_id) = self.request_id() {
            write!(f, ", request id {request_id}")?;
        }
        if self.is_ambiguous() {
            f.write_str(match self.idempotency_key() {
                Some(_) => "; it may have been done: repeat it under its idempotency key only",
                None => "; it may have been done: look before you repeat it",
            })?;
        }
        if self.0.flags.beside_data {
            f.write_str("; there is data too: `send` gives it")?;
        }
        write!(f, "; {}", self.advice())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Error")
            .field("kind", &self.0.kind)
            .field("operation", &self.0.operation)
            .field("api_errors", &self.0.api_errors)
            .field("status", &self.0.status)
            .field("retry_after", &self.0.retry_after)
            .field("request_id", &self.0.request_id)
            .field("idempotency_key", &self.0.idempotency_key)
            .field("source", &self.0.source)
            .finish()
    }
}
