//! One entry of `errors`, as the server sent it.
//!
//! Must not know: what a code means or whether to try again (`monday-client` judges).

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// An error of the GraphQL layer. The set of codes is open and mixes three spellings, so the code stays text.
///
/// `Display` and `Debug` show code, path and size of the message. The message itself may repeat what was sent:
/// read it with [`message`](Self::message) and log it knowingly.
#[derive(Clone, PartialEq, Deserialize)]
pub struct GraphQlError {
    #[serde(default)]
    message: String,
    #[serde(default, deserialize_with = "lenient")]
    locations: Vec<Location>,
    #[serde(default, deserialize_with = "lenient")]
    path: Vec<PathSegment>,
    #[serde(default, deserialize_with = "lenient")]
    extensions: Map<String, Value>,
}

/// A place in the document that was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize, Serialize)]
pub struct Location {
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

/// A step on the way to the field that failed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Deserialize, Serialize)]
#[serde(untagged)]
pub enum PathSegment {
    /// An element of a list, from 0.
    Index(u64),
    /// A field, by its response key.
    Field(String),
}

/// Decorations of an error must not cost the error: one of another shape counts as absent.
fn lenient<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: serde::de::DeserializeOwned + Default,
    D: serde::Deserializer<'de>,
{
    let value = Value::deserialize(deserializer)?;
    Ok(T::deserialize(value).unwrap_or_default())
}

impl GraphQlError {
    /// An error from its message and extensions.
    #[must_use]
    pub fn new(message: impl Into<String>, extensions: Map<String, Value>) -> Self {
        Self { message: message.into(), locations: Vec::new(), path: Vec::new(), extensions }
    }

    /// monday's own words. May repeat what was sent.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// `extensions.code`, or the older shape's `error_code`.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.extensions.get("code")?.as_str()
    }

    /// `extensions.status_code`; it may differ from the HTTP status.
    #[must_use]
    pub fn status_code(&self) -> Option<u16> {
        let value = self.extensions.get("status_code")?;
        value.as_u64().or_else(|| value.as_str()?.parse().ok()).and_then(|status| u16::try_from(status).ok())
    }

    /// `extensions.error_data`: what the code is about, such as a column's id.
    #[must_use]
    pub fn error_data(&self) -> Option<&Value> {
        self.extensions.get("error_data")
    }

    /// How many seconds to wait, at any of the three places where monday puts it: `retry_in_seconds` in the
    /// extensions or in `error_data`, or "reset in N seconds" in the message.
    #[must_use]
    pub fn retry_in_seconds(&self) -> Option<f64> {
        let named =
            self.extensions.get("retry_in_seconds").or_else(|| self.error_data()?.get("retry_in_seconds"));
        let seconds = match named {
            Some(value) => value.as_f64().or_else(|| value.as_str()?.trim().parse().ok()),
            None => seconds_in(&self.message),
        };
        seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0)
    }

    /// Places in the document.
    #[must_use]
    pub fn locations(&self) -> &[Location] {
        &self.locations
    }

    /// The way to the field that failed; empty when the whole operation did.
    #[must_use]
    pub fn path(&self) -> &[PathSegment] {
        &self.path
    }

    /// Everything in `extensions`.
    #[must_use]
    pub fn extensions(&self) -> &Map<String, Value> {
        &self.extensions
    }
}

fn seconds_in(message: &str) -> Option<f64> {
    let rest = message.split_once("reset in ")?.1;
    let (number, unit) = rest.split_once(' ')?;
    unit.starts_with("second").then(|| number.parse().ok())?
}

impl fmt::Display for GraphQlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().unwrap_or("error without code"))?;
        for (position, segment) in self.path.iter().enumerate() {
            f.write_str(if position == 0 { " at " } else { "." })?;
            match segment {
                PathSegment::Field(name) => f.write_str(name)?,
                PathSegment::Index(index) => write!(f, "{index}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for GraphQlError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("GraphQlError")
            .field("code", &self.code())
            .field("status_code", &self.status_code())
            .field("path", &self.path)
            .field("message_bytes", &self.message.len())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for GraphQlError {}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(json: &str) -> GraphQlError {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn the_wait_is_found_at_each_of_its_three_places() {
        assert_eq!(error(r#"{"extensions":{"retry_in_seconds":7}}"#).retry_in_seconds(), Some(7.0));
        assert_eq!(
            error(r#"{"extensions":{"error_data":{"retry_in_seconds":8}}}"#).retry_in_seconds(),
            Some(8.0)
        );
        assert_eq!(error(r#"{"message":"budget, reset in 9 seconds"}"#).retry_in_seconds(), Some(9.0));
        assert_eq!(error(r#"{"message":"reset in few minutes"}"#).retry_in_seconds(), None);
        assert_eq!(error(r#"{"extensions":{"retry_in_seconds":-4}}"#).retry_in_seconds(), None);
    }

    #[test]
    fn decorations_of_another_shape_do_not_cost_the_error() {
        let error = error(r#"{"message":"m","path":"me","locations":{},"extensions":{"code":"C"}}"#);
        assert_eq!((error.code(), error.path().len()), (Some("C"), 0));
    }

    #[test]
    fn display_and_debug_show_code_and_path_but_no_message() {
        let error = error(r#"{"message":"canary","path":["boards",0,"id"],"extensions":{"code":"C"}}"#);
        assert_eq!(error.to_string(), "C at boards.0.id");
        assert!(!format!("{error:?}").contains("canary"));
    }
}
