//! The body of an answer: `{"data": …, "errors": […], "extensions": …}` and monday's older shape.
//!
//! One pass where the answer is as expected; a second one only to save errors and partial data when `data` does
//! not fit. Must not know: HTTP, and what an error code means.

use std::fmt;

use serde::de::IgnoredAny;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::{DecodeError, DecodeErrorKind, GraphQlError};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The parts of an answer's body.
/// `Debug` shows what there is, never the data.
#[derive(Clone)]
#[non_exhaustive]
pub struct Envelope<D> {
    /// The data, when it fits the operation's type.
    pub data: Option<D>,
    /// `data` as text, when errors came with it and it does not fit the type.
    pub undecoded_data: Option<Box<RawValue>>,
    /// Data came with errors, and every root field of it is null.
    pub is_hollow: bool,
    /// All errors, of both shapes.
    pub errors: Vec<GraphQlError>,
    /// `extensions.request_id`.
    pub request_id: Option<String>,
    /// `account_id`.
    pub account_id: Option<i64>,
}

/// Every key of the two shapes that are live. serde's derive refuses a key that comes twice.
#[derive(Deserialize)]
#[serde(bound(deserialize = "D: Deserialize<'de>"))]
struct Wire<D> {
    #[serde(default = "none", deserialize_with = "present")]
    #[expect(clippy::option_option, reason = "absent, null and given are three answers")]
    data: Option<Option<D>>,
    #[serde(default)]
    errors: Option<Errors>,
    #[serde(default)]
    extensions: Option<Value>,
    #[serde(default)]
    account_id: Option<Value>,
    // The older shape, still sent by some services.
    #[serde(default)]
    error_code: Option<Value>,
    #[serde(default)]
    error_message: Option<String>,
    #[serde(default)]
    status_code: Option<Value>,
    #[serde(default)]
    error_data: Option<Value>,
    // The token host's shape (RFC 6749, section 5.2).
    #[serde(default)]
    error: Option<Value>,
    #[serde(default)]
    error_description: Option<String>,
}

/// `errors`: objects in the GraphQL shape, strings in the older one, sometimes mixed.
struct Errors(Vec<AnyError>);

#[expect(clippy::option_option, reason = "absent, null and given are three answers")]
fn none<D>() -> Option<Option<D>> {
    None
}

#[expect(clippy::option_option, reason = "absent, null and given are three answers")]
fn present<'de, D: Deserialize<'de>, X: Deserializer<'de>>(
    deserializer: X,
) -> Result<Option<Option<D>>, X::Error> {
    Option::deserialize(deserializer).map(Some)
}

impl<D: de::DeserializeOwned> Envelope<D> {
    /// Reads a body. One byte order mark is skipped.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError> {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(DecodeError::new(DecodeErrorKind::Empty));
        }
        if body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[') {
            // serde would read the list's elements as the fields of the answer.
            return Err(DecodeError::new(DecodeErrorKind::Envelope));
        }
        let mut envelope = match serde_json::from_slice::<Wire<D>>(body) {
            Ok(wire) => wire.into_envelope()?,
            Err(error) => Self::decode_beside_data(body, &error)?,
        };
        envelope.is_hollow = !envelope.errors.is_empty() && is_hollow(body);
        Ok(envelope)
    }

    /// `extensions.request_id` of a body whose data does not fit.
    #[must_use]
    pub fn request_id_of(body: &[u8]) -> Option<String> {
        serde_json::from_slice::<Wire<IgnoredAny>>(body).ok()?.into_envelope().ok()?.request_id
    }

    /// Saves errors and text when `data` did not fit. An answer without errors that does not fit is a fault.
    fn decode_beside_data(body: &[u8], error: &serde_json::Error) -> Result<Self, DecodeError> {
        let unfit = DecodeError::from_json(error, DecodeErrorKind::Data);
        if unfit.kind() != DecodeErrorKind::Data {
            return Err(unfit);
        }
        let wire: Wire<Box<RawValue>> = serde_json::from_slice(body)
            .map_err(|error| DecodeError::from_json(&error, DecodeErrorKind::Envelope))?;
        let rest = wire.into_envelope()?;
        if rest.errors.is_empty() {
            return Err(unfit);
        }
        Ok(Self {
            data: None,
            undecoded_data: rest.data,
            is_hollow: false,
            errors: rest.errors,
            request_id: rest.request_id,
            account_id: rest.account_id,
        })
    }
}

impl<D> Wire<D> {
    fn into_envelope(mut self) -> Result<Envelope<D>, DecodeError> {
        if self.error.as_ref().is_some_and(Value::is_string) {
            self.error_code = self.error_code.or(self.error.take());
            self.error_message = self.error_message.or(self.error_description.take());
        }
        let legacy = self.error_code.is_some() || self.error_message.is_some();
        if self.data.is_none() && self.errors.is_none() && !legacy {
            return Err(DecodeError::new(DecodeErrorKind::Envelope));
        }
        let mut entries = self.errors.map_or_else(Vec::new, |errors| errors.0);
        if legacy {
            let first = entries.first().map(|entry| entry.error.message());
            let message = self.error_message.or_else(|| first.map(str::to_owned)).unwrap_or_default();
            // The strings in `errors` repeat `error_message`; others, and objects, are news.
            entries.retain(|entry| !entry.is_text || entry.error.message() != message);
            let mut extensions = Map::new();
            let known = [
                ("code", self.error_code),
                ("status_code", self.status_code),
                ("error_data", self.error_data),
            ];
            for (key, value) in known {
                if let Some(value) = value.filter(|value| !value.is_null()) {
                    extensions.insert(key.to_owned(), value);
                }
            }
            entries.insert(0, AnyError { error: GraphQlError::new(message, extensions), is_text: true });
        }
        let errors = entries.into_iter().map(|entry| entry.error).collect();
        Ok(Envelope {
            data: self.data.flatten(),
            undecoded_data: None,
            is_hollow: false,
            errors,
            request_id: self.extensions.as_ref().and_then(request_id),
            account_id: self.account_id.and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok())),
        })
    }
}

/// An id of any form; decorations of another shape count as absent.
fn request_id(extensions: &Value) -> Option<String> {
    match extensions.get("request_id")? {
        Value::String(id) => Some(id.clone()),
        Value::Number(id) => Some(id.to_string()),
        _ => None,
    }
}

/// Whether `data` is null, empty, or null in every root field. Asked only where there are errors.
fn is_hollow(body: &[u8]) -> bool {
    #[derive(Deserialize)]
    struct Rest {
        #[serde(default)]
        data: Value,
    }
    match serde_json::from_slice::<Rest>(body).map(|rest| rest.data) {
        Ok(Value::Object(fields)) => fields.values().all(Value::is_null),
        Ok(Value::Array(list)) => list.is_empty(),
        Ok(data) => data.is_null(),
        Err(_) => false,
    }
}

impl<D> fmt::Debug for Envelope<D> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Envelope")
            .field("has_data", &self.data.is_some())
            .field("has_undecoded_data", &self.undecoded_data.is_some())
            .field("is_hollow", &self.is_hollow)
            .field("errors", &self.errors)
            .field("request_id", &self.request_id)
            .field("account_id", &self.account_id)
            .finish()
    }
}

impl<'de> Deserialize<'de> for Errors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Errors;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of errors")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Errors, A::Error> {
                let mut errors = Vec::new();
                while let Some(error) = list.next_element()? {
                    errors.push(error);
                }
                Ok(Errors(errors))
            }
        }

        deserializer.deserialize_seq(List)
    }
}

struct AnyError {
    error: GraphQlError,
    is_text: bool,
}

impl<'de> Deserialize<'de> for AnyError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrObject;

        impl<'de> Visitor<'de> for TextOrObject {
            type Value = AnyError;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an error object or its text")
            }

            fn visit_str<E: de::Error>(self, message: &str) -> Result<AnyError, E> {
                Ok(AnyError { error: GraphQlError::new(message.to_owned(), Map::new()), is_text: true })
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnyError, A::Error> {
                let error = GraphQlError::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(AnyError { error, is_text: false })
            }
        }

        deserializer.deserialize_any(TextOrObject)
    }
}

#[cfg(test)]
mod tests;
