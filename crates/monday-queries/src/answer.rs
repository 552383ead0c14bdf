//! Answers written back as the JSON they were read from, for logs, caches and tests of one's own (feature `serialize`).
//!
//! Must not know: which answers there are.

use serde::Serializer;
use serde::ser::SerializeMap;

/// A type whose fields can stand among the fields of another.
pub(crate) trait AnswerFields {
    /// Writes the fields into an object.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// Writes an object of its own.
pub(crate) fn serialize<T: AnswerFields, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    value.write(&mut map)?;
    map.end()
}
