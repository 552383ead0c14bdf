//! Many mutations of one operation as one document: each root field under an alias of its own.
//!
//! Text in, text out. Must not know: how many go together, or how they are sent.

mod document;
mod token;

use std::collections::HashMap;
use std::fmt;

use bytes::Bytes;
use serde_json::value::RawValue;

use crate::complexity;
use crate::request::{self, Request};
use crate::{DecodeError, EncodeError, Envelope};

use document::Parts;

/// The name of the operation that is sent.
const NAME: &str = "Bulk";

/// Requests of one operation that can be put into one document, which also asks what it costs. The document
/// is read once.
///
/// ```
/// use monday_core::{BulkDocument, OperationKind, Request};
/// let entry = |name: &str| {
///     let document = "mutation Make($name: String!) { create_board(board_name: $name) { id } }";
///     Request::<serde_json::Value>::from_document(OperationKind::Mutation, "Make", document, &serde_json::json!({"name": name}))
/// };
/// let (one, two) = (entry("a")?, entry("b")?);
/// let body = BulkDocument::of(&one).unwrap().body([&one, &two])?;
/// assert_eq!(
///     serde_json::from_slice::<serde_json::Value>(&body).unwrap(),
///     serde_json::json!({
///         "query": "mutation Bulk($name_0:String!,$name_1:String!){bulk_0_create_board:create_board(board_name:$name_0){id} \
///                   bulk_1_create_board:create_board(board_name:$name_1){id} complexity{query}}",
///         "operationName": "Bulk",
///         "variables": {"name_0": "a", "name_1": "b"},
///     })
/// );
/// # Ok::<(), monday_core::EncodeError>(())
/// ```
#[derive(Debug)]
pub struct BulkDocument(Parts);

/// An answer, taken apart.
#[derive(Debug)]
pub struct BulkAnswer<D> {
    /// The data of each entry, in their order. An entry that is not in the answer has none.
    pub entries: Vec<EntryData<D>>,
    /// What all of them have cost together, in points of complexity, where the answer says so.
    pub points: Option<u64>,
    /// The rest, with all errors, whose paths begin with the root field's alias.
    pub envelope: Envelope<()>,
}

/// What an answer has of one entry.
pub type EntryData<D> = Option<Result<D, DecodeError>>;

/// An operation that cannot be aliased: its document has a fragment among its root fields, uses variables in
/// a fragment, or is no single operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotBulkable;

impl fmt::Display for NotBulkable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the document cannot be sent many times in one: its root fields must be plain fields")
    }
}

impl std::error::Error for NotBulkable {}

impl BulkDocument {
    /// Reads the document of an entry.
    pub fn of<D>(entry: &Request<D>) -> Result<Self, NotBulkable> {
        let (document, _) = entry.document_and_variables();
        Parts::read(&document).map(Self).ok_or(NotBulkable)
    }

    /// The body of a request for these entries, which are of the same operation.
    pub fn body<'a, D: 'a>(
        &self,
        entries: impl IntoIterator<Item = &'a Request<D>>,
    ) -> Result<Bytes, EncodeError> {
        let mut all: Vec<(String, Box<RawValue>)> = Vec::new();
        let mut count = 0;
        for entry in entries {
            if let (_, Some(variables)) = entry.document_and_variables() {
                let variables: HashMap<String, Box<RawValue>> =
                    serde_json::from_str(&variables).map_err(|_| EncodeError)?;
                all.extend(variables.into_iter().map(|(name, value)| (format!("{name}_{count}"), value)));
            }
            count += 1;
        }
        let body = request::without_variables(&self.0.repeated(count), NAME);
        if all.is_empty() {
            return Ok(body);
        }
        request::with_variables(&body, &mut |body| {
            use serde::ser::{SerializeMap as _, Serializer as _};
            let mut json = serde_json::Serializer::new(body);
            let mut map = json.serialize_map(Some(all.len()))?;
            for (name, value) in &all {
                map.serialize_entry(name, value)?;
            }
            map.end()
        })
    }

    /// The entry that a root field of the answer belongs to, and the field's name in the entry's own answer.
    #[must_use]
    pub fn entry_of(key: &str) -> Option<(usize, &str)> {
        let (number, key) = key.strip_prefix("bulk_")?.split_once('_')?;
        Some((number.parse().ok()?, key))
    }

    /// Takes the answer to a request of `count` entries apart.
    pub fn read<D>(body: &[u8], count: usize, entry: &Request<D>) -> Result<BulkAnswer<D>, DecodeError> {
        let (fields, envelope) = Envelope::<HashMap<String, Box<RawValue>>>::deserialize(body)?.take_data();
        let fields = fields.unwrap_or_default();
        let points = fields.get(complexity::FIELD).and_then(|field| complexity::points_in(field.get()));
        let mut texts = vec![String::new(); count];
        for (key, value) in fields {
            let Some((number, key)) = Self::entry_of(&key) else {
                continue;
            };
            if let Some(text) = texts.get_mut(number) {
                // A response key is a name: nothing in it needs escaping.
                text.push_str(if text.is_empty() { "{\"data\":{\"" } else { ",\"" });
                text.push_str(key);
                text.push_str("\":");
                text.push_str(value.get());
            }
        }
        let read = |mut text: String| {
            if text.is_empty() {
                return None;
            }
            text.push_str("}}");
            entry.decode(&Bytes::from(text)).map(|envelope| envelope.data).transpose()
        };
        Ok(BulkAnswer { entries: texts.into_iter().map(read).collect(), points, envelope })
    }
}

#[cfg(test)]
mod tests;
