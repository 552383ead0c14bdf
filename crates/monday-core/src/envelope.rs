//! The body of an answer: `{"data": …, "errors": […], "extensions": …}` and monday's older shape.
//!
//! One pass where the answer is as expected; a second one only to save errors and partial data when `data` does
//! not fit. Must not know: HTTP, and what an error code means.

use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::{DecodeError, DecodeErrorKind, GraphQlError};

const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";

/// The parts of an answer's body.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Envelope<D> {
    /// The data, when it fits the operation's type.
    pub data: Option<D>,
    /// `data` as text, when errors came with it and it does not fit the type.
    pub undecoded_data: Option<Box<RawValue>>,
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
    extensions: Option<Extensions>,
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

#[derive(Deserialize)]
struct Extensions {
    #[serde(default)]
    request_id: Option<String>,
}

/// `errors`: objects in the GraphQL shape, strings in the older one, sometimes mixed.
struct Errors(Vec<GraphQlError>);

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
        match serde_json::from_slice::<Wire<D>>(body) {
            Ok(wire) => wire.into_envelope(),
            Err(error) => Self::decode_beside_data(body, &error),
        }
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
        let mut errors = self.errors.map_or_else(Vec::new, |errors| errors.0);
        if legacy {
            let first = errors.first().map(GraphQlError::message);
            let message = self.error_message.or_else(|| first.map(str::to_owned)).unwrap_or_default();
            // The strings in `errors` repeat `error_message`; only others are news.
            errors.retain(|error| error.message() != message);
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
            errors.insert(0, GraphQlError::new(message, extensions));
        }
        Ok(Envelope {
            data: self.data.flatten(),
            undecoded_data: None,
            errors,
            request_id: self.extensions.and_then(|extensions| extensions.request_id),
            account_id: self.account_id.and_then(|id| id.as_i64().or_else(|| id.as_str()?.parse().ok())),
        })
    }
}

impl<'de> Deserialize<'de> for Errors {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;

        impl<'de> Visitor<'de> for List {
            type Value = Errors;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a list of errors")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Errors, A::Error> {
                let mut errors = Vec::new();
                while let Some(AnyError(error)) = list.next_element()? {
                    errors.push(error);
                }
                Ok(Errors(errors))
            }
        }

        deserializer.deserialize_seq(List)
    }
}

struct AnyError(GraphQlError);

impl<'de> Deserialize<'de> for AnyError {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextOrObject;

        impl<'de> Visitor<'de> for TextOrObject {
            type Value = AnyError;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an error object or its text")
            }

            fn visit_str<E: de::Error>(self, message: &str) -> Result<AnyError, E> {
                Ok(AnyError(GraphQlError::new(message.to_owned(), Map::new())))
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<AnyError, A::Error> {
                GraphQlError::deserialize(de::value::MapAccessDeserializer::new(map)).map(AnyError)
            }
        }

        deserializer.deserialize_any(TextOrObject)
    }
}

#[cfg(test)]
mod tests;
