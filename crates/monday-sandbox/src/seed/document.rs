//! Docs with their blocks.
//!
//! Must not know: which types of blocks there are.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::Fields;
use super::reference::{Reference, id};
use super::short_form::short_form;

/// A doc of a workspace, or of an item. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Document {
    /// Of the same numbers as those of items unless told; the next one is that of its object.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// `public` unless told; or `private`, `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// The workspace it is in; that of its folder or item, or the first one, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Reference>,
    /// The folder it is in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<Reference>,
    /// The item it stands in a column of.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub item: Option<Reference>,
    /// The id of that column, which is of type `doc`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Who made it; the first user unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Reference>,
    /// When it was made; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// What is in it, in its order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub blocks: Vec<Block>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A block of a doc. Short form: the text of one of type `normal_text`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Block {
    /// Of the same numbers as those of items unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// As monday names it, such as `large_title`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What is in it, as JSON: `{deltaFormat: [{insert: Hello}]}`; nothing unless told.
    #[serde(default, skip_serializing_if = "Value::is_null")]
    pub content: Value,
    /// The block of the same doc that it is in.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub parent: Option<u64>,
    /// When it was made; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

short_form!(Document, "a doc: a name, or a map with `name`", |name| Document { name, ..Document::default() });
short_form!(Block, "a block: a text, or a map with `type`", |text| Block {
    kind: "normal_text".to_owned(),
    content: json!({"deltaFormat": [{"insert": text}]}),
    ..Block::default()
});
