//! What can be read from an answer: the trait, and the types that are not generated.
//!
//! Must not know: operations.

use serde_json::Value;

use super::Reader;
use crate::{CompareValue, Date, DecodeError, Id, Iso8601DateTime, Json};

/// A type that reads itself from JSON. Generated code implements it; it is no replacement for serde's `Deserialize`
/// where generality is wanted.
pub trait Decode: Sized {
    /// Reads the value at which the reader stands.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

/// Reads a whole text: a part of an answer that lies in a file, say.
///
/// ```
/// let ids: Vec<monday_core::BoardId> = monday_core::json::from_str(r#"["7", 8]"#)?;
/// assert_eq!(ids[1].as_str(), "8");
/// # Ok::<(), monday_core::DecodeError>(())
/// ```
pub fn from_str<T: Decode>(text: &str) -> Result<T, DecodeError> {
    let mut reader = Reader::new(text.as_bytes());
    let value = T::decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}

/// Reads a value into its place. Generated code has one such line a field, so that what it instantiates depends on the
/// types of fields and not on how many there are.
pub fn fill<T: Decode>(place: &mut T, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    match T::decode(reader) {
        Ok(value) => {
            *place = value;
            Ok(())
        }
        Err(error) => Err(error),
    }
}

/// Reads a value that may not be missing into its place.
pub fn fill_required<T: Decode>(place: &mut Option<T>, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
    match T::decode(reader) {
        Ok(value) => {
            *place = Some(value);
            Ok(())
        }
        Err(error) => Err(error),
    }
}

impl Decode for bool {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.bool()
    }
}

impl Decode for i64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.int()
    }
}

impl Decode for f64 {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.float()
    }
}

impl Decode for String {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.str().map(str::to_owned)
    }
}

impl Decode for Id {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.str_or_int().map(Id::from)
    }
}

impl Decode for Date {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.str().map(Date::from)
    }
}

impl Decode for Iso8601DateTime {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.str().map(Iso8601DateTime::from)
    }
}

impl Decode for Json {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        value(reader).map(Self)
    }
}

impl Decode for CompareValue {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        value(reader).map(Self)
    }
}

/// Any JSON. What the reader has skipped is JSON; serde_json refuses strings that are no UTF-8, numbers beyond those of
/// an `f64`, and more than 128 levels besides. Most is text, since monday writes JSON into strings: that is read at once.
fn value(reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
    if reader.is_str()? {
        return reader.str().map(Value::from);
    }
    let start = reader.index();
    let text = reader.skip()?;
    serde_json::from_slice(text).map_err(|_| reader.at(crate::DecodeErrorKind::Syntax, start))
}

impl<T: Decode> Decode for Option<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        if reader.null()? {
            return Ok(None);
        }
        match T::decode(reader) {
            Ok(value) => Ok(Some(value)),
            Err(error) => Err(error),
        }
    }
}

impl<T: Decode> Decode for Vec<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut list = Vec::new();
        let mut more = reader.list()?;
        while more {
            list.push(T::decode(reader)?);
            more = reader.element()?;
        }
        Ok(list)
    }
}

impl<T: Decode> Decode for Box<T> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Box::new)
    }
}
