//! The body of an answer: `{"data": …, "errors": […], "extensions": …}` and monday's older shape.
//!
//! One pass over it where the data fits; data that does not fit its type is kept as text when errors came with it. Must
//! not know: HTTP, and what an error code means.

use std::fmt;

use serde::de::{DeserializeOwned, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use crate::json::{Decode, Reader, fill_required};
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

/// The keys of the two shapes that are live, and of the token host's (RFC 6749, section 5.2).
const KEYS: [&str; 10] = [
    "data",
    "errors",
    "extensions",
    "account_id",
    "error_code",
    "error_message",
    "status_code",
    "error_data",
    "error",
    "error_description",
];

/// Everything beside the data, and where the data stands. The same code for every type of data.
#[derive(Default)]
struct Wire<'a> {
    /// The text of `data`: none when the key is missing.
    data: Option<&'a [u8]>,
    data_is_null: bool,
    /// Why `data` does not fit its type.
    unfit: Option<DecodeError>,
    /// The texts of what every answer has beside them.
    extensions: Option<&'a [u8]>,
    account_id: Option<&'a [u8]>,
    parts: Map<String, Value>,
    errors: Option<Errors>,
}

/// `errors`: objects in the GraphQL shape, strings in the older one, sometimes mixed.
struct Errors(Vec<AnyError>);

/// The place into which `data` is read. A trait and no closure: what each type of data instantiates stays small.
trait Place {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError>;
}

/// For a generated type.
struct Decoded<D>(Option<D>);

/// For a type of serde's.
struct Deserialized<D>(Option<D>);

/// For nobody.
struct Ignored;

impl<D: Decode> Place for Decoded<D> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        fill_required(&mut self.0, reader)
    }
}

impl<D: DeserializeOwned> Place for Deserialized<D> {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let (text, start) = reader.here()?;
        let mut values = serde_json::Deserializer::from_slice(&text[start..]).into_iter();
        match values.next() {
            Some(Ok(data)) => {
                self.0 = Some(data);
                reader.go_to(start + values.byte_offset());
                Ok(())
            }
            Some(Err(error)) => {
                // What is no JSON at all is told by the reader, and what stands behind the data is still read.
                reader.ignore()?;
                Err(DecodeError::from_json(&error, reader.position(start)))
            }
            None => reader.ignore(),
        }
    }
}

impl Place for Ignored {
    fn read(&mut self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.ignore()
    }
}

impl<D> Envelope<D> {
    /// Reads a body whose data is a generated type: one pass. One byte order mark is skipped.
    pub fn decode(body: &[u8]) -> Result<Self, DecodeError>
    where
        D: Decode,
    {
        let mut data = Decoded(None);
        match read(body, &mut data) {
            Ok(envelope) => Ok(envelope.with_data(data.0)),
            Err(error) => Err(error),
        }
    }

    /// Reads a body whose data is any type of serde's.
    pub fn deserialize(body: &[u8]) -> Result<Self, DecodeError>
    where
        D: DeserializeOwned,
    {
        let mut data = Deserialized(None);
        read(body, &mut data).map(|envelope| envelope.with_data(data.0))
    }

    /// The data, and the rest, which still tells whether there was any.
    #[must_use]
    pub fn take_data(self) -> (Option<D>, Envelope<()>) {
        let Self { data, undecoded_data, is_hollow, errors, request_id, account_id } = self;
        let there = data.as_ref().map(|_| ());
        (data, Envelope { data: there, undecoded_data, is_hollow, errors, request_id, account_id })
    }
}

impl Envelope<()> {
    /// The same envelope with its data.
    #[must_use]
    pub fn with_data<D>(self, data: Option<D>) -> Envelope<D> {
        let Self { data: _, undecoded_data, is_hollow, errors, request_id, account_id } = self;
        Envelope { data, undecoded_data, is_hollow, errors, request_id, account_id }
    }
}

/// Everything but the data. Not generic, so that it is compiled once.
fn read(body: &[u8], data: &mut dyn Place) -> Result<Envelope<()>, DecodeError> {
    Wire::read(body, data)?.into_envelope()
}

/// `extensions.request_id` of a body whose data does not fit.
#[must_use]
pub fn request_id_of(body: &[u8]) -> Option<String> {
    read(body, &mut Ignored).ok()?.request_id
}

impl<'a> Wire<'a> {
    /// Reads a body once. Data that does not fit is kept as text: errors beside it may say why.
    fn read(body: &'a [u8], data: &mut dyn Place) -> Result<Self, DecodeError> {
        let body = body.strip_prefix(BYTE_ORDER_MARK).unwrap_or(body);
        if body.iter().all(u8::is_ascii_whitespace) {
            return Err(DecodeError::new(DecodeErrorKind::Empty));
        }
        let mut wire = Self::default();
        let mut reader = Reader::new(body);
        let in_envelope = |error: DecodeError| error.or_envelope();
        let mut fields = reader.object().map_err(in_envelope)?;
        while let Some(key) = reader.field(&mut fields, &KEYS)? {
            let name = KEYS[key];
            let twice = match name {
                "data" => wire.data.is_some(),
                "errors" => wire.errors.is_some(),
                "extensions" => wire.extensions.is_some(),
                "account_id" => wire.account_id.is_some(),
                _ => wire.parts.contains_key(name),
            };
            if twice {
                return Err(reader.at(DecodeErrorKind::Envelope, reader.index()));
            }
            if name == "data" {
                wire.read_data(&mut reader, data)?;
                continue;
            }
            let start = reader.index();
            let text = reader.skip()?;
            let unfit = |error: serde_json::Error| {
                DecodeError::from_json(&error, reader.position(start)).or_envelope()
            };
            match name {
                "errors" => wire.errors = serde_json::from_slice::<Option<Errors>>(text).map_err(unfit)?,
                "extensions" => wire.extensions = Some(text),
                "account_id" => wire.account_id = Some(text),
                _ => drop(wire.parts.insert(name.to_owned(), serde_json::from_slice(text).map_err(unfit)?)),
            }
        }
        reader.finish()?;
        Ok(wire)
    }

    fn read_data(&mut self, reader: &mut Reader<'a>, data: &mut dyn Place) -> Result<(), DecodeError> {
        let mut start = reader.clone();
        if reader.null()? {
            self.data_is_null = true;
        } else if let Err(error) = data.read(reader) {
            if error.kind() != DecodeErrorKind::Data {
                return Err(error);
            }
            self.unfit = Some(error);
            reader.clone_from(&start);
            reader.skip()?;
        }
        self.data = Some(start.text_until(reader));
        Ok(())
    }

    /// The text of a part, where it is text.
    fn text(&mut self, name: &str) -> Option<String> {
        match self.parts.remove(name) {
            Some(Value::String(text)) => Some(text),
            _ => None,
        }
    }

    fn into_envelope(mut self) -> Result<Envelope<()>, DecodeError> {
        let given = |part: Option<Value>| part.filter(|part| !part.is_null());
        let mut code = given(self.parts.remove("error_code"));
        let mut message = self.text("error_message");
        if let Some(Value::String(error)) = self.parts.remove("error") {
            code = code.or(Some(Value::String(error)));
            message = message.or(self.text("error_description"));
        }
        let legacy = code.is_some() || message.is_some();
        if self.data.is_none() && self.errors.is_none() && !legacy {
            return Err(DecodeError::new(DecodeErrorKind::Envelope));
        }
        let mut entries = self.errors.map_or_else(Vec::new, |errors| errors.0);
        if legacy {
            let first = entries.first().map(|entry| entry.error.message());
            let message = message.or_else(|| first.map(str::to_owned)).unwrap_or_default();
            // The strings in `errors` repeat `error_message`; others, and objects, are news.
            entries.retain(|entry| !entry.is_text || entry.error.message() != message);
            let mut extensions = Map::new();
            let known = [
                ("code", code),
                ("status_code", self.parts.remove("status_code")),
                ("error_data", self.parts.remove("error_data")),
            ];
            for (key, value) in known {
                if let Some(value) = given(value) {
                    extensions.insert(key.to_owned(), value);
                }
            }
            entries.insert(0, AnyError { error: GraphQlError::new(message, extensions), is_text: true });
        }
        let errors: Vec<GraphQlError> = entries.into_iter().map(|entry| entry.error).collect();
        // An answer without errors that does not fit is a fault.
        let undecoded_data = match self.unfit {
            Some(unfit) if errors.is_empty() => return Err(unfit),
            Some(_) => self.data.and_then(raw),
            None => None,
        };
        let is_hollow = !errors.is_empty() && self.data.is_none_or(is_hollow);
        Ok(Envelope {
            data: None,
            undecoded_data,
            is_hollow,
            errors,
            request_id: self.extensions.and_then(request_id),
            account_id: self.account_id.and_then(|id| Reader::new(id).str_or_int().ok()?.parse().ok()),
        })
    }
}

/// The text as serde's type for it; none where a string in it is no UTF-8.
fn raw(text: &[u8]) -> Option<Box<RawValue>> {
    serde_json::from_slice(text).ok()
}

/// An id of any form; decorations of another shape count as absent.
fn request_id(extensions: &[u8]) -> Option<String> {
    let mut reader = Reader::new(extensions);
    let mut fields = reader.object().ok()?;
    reader.field(&mut fields, &["request_id"]).ok()??;
    reader.str_or_int().ok().map(str::to_owned)
}

/// Whether `data` is null, empty, or null in every root field. Asked only where there are errors.
fn is_hollow(data: &[u8]) -> bool {
    match serde_json::from_slice(data) {
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
