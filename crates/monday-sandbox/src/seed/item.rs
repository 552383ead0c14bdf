//! Items with their values, subitems, updates and files.
//!
//! Must not know: which columns take which values.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{SerializeMap as _, Serializer};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Fields;
use super::reference::{Reference, id};
use super::short_form::short_form;

/// The items of a board.
#[derive(Debug, Clone, PartialEq)]
pub enum Items {
    /// These.
    Listed(Vec<Item>),
    /// So many that the sandbox makes up, `{count: 500}`, each with a value in every column of a usual type. They are the
    /// same in every run.
    Generated {
        /// How many.
        count: usize,
    },
}

/// An item. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Item {
    /// From 3000000001 on unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// 1 to 255 characters.
    pub name: String,
    /// Id or title of its group; the first one unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
    /// `active` unless told; or `archived`, `deleted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// Who made it; the first user unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Reference>,
    /// When it was made; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// When it was last changed; when it was made unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub updated_at: Option<String>,
    /// By column id, each in the JSON that `create_item` takes in `column_values`, and by the same rules.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub values: BTreeMap<String, Value>,
    /// When columns were changed, by their id, where that is not when the item was.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub changed: BTreeMap<String, String>,
    /// The files in its file columns, by column id.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub files: BTreeMap<String, Vec<File>>,
    /// Its subitems, which have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub subitems: Vec<Item>,
    /// What was said of it, oldest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<Update>,
}

/// An update. Short form: the body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Update {
    /// Of the same numbers as those of items unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// HTML.
    pub body: String,
    /// Who wrote it; the first user unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub creator: Option<Reference>,
    /// When; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
    /// What hangs on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<File>,
    /// The replies to it, oldest first; they have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replies: Vec<Update>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A file. Its bytes are `text`, or `base64`, or `size` zeros; none unless told. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct File {
    /// Of the same numbers as those of items unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// With its ending.
    pub name: String,
    /// Such as `text/plain`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content_type: Option<String>,
    /// What is in it, as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// What is in it, in Base64.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base64: Option<String>,
    /// So many zero bytes, at most 64 MiB.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// When it was added; 2026-11-01T09:00:00Z unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<String>,
}

short_form!(Item, "an item: a name, or a map with `name`", |name| Item { name, ..Item::default() });
short_form!(Update, "an update: a body, or a map with `body`", |body| Update { body, ..Update::default() });
short_form!(File, "a file: a name, or a map with `name`", |name| File { name, ..File::default() });

impl Default for Items {
    fn default() -> Self {
        Self::Listed(Vec::new())
    }
}

impl Items {
    /// Whether there are none.
    #[must_use]
    pub fn is_none(&self) -> bool {
        matches!(self, Self::Listed(items) if items.is_empty())
    }
}

impl Serialize for Items {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Listed(items) => serializer.collect_seq(items),
            Self::Generated { count } => {
                let mut map = serializer.serialize_map(Some(1))?;
                map.serialize_entry("count", count)?;
                map.end()
            }
        }
    }
}

impl<'de> Deserialize<'de> for Items {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListOrCount)
    }
}

struct ListOrCount;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Count {
    count: usize,
}

impl<'de> Visitor<'de> for ListOrCount {
    type Value = Items;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("items: a list of them, or {count: 500}")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Items, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = list.next_element()? {
            items.push(item);
        }
        Ok(Items::Listed(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Items, A::Error> {
        let Count { count } = Count::deserialize(MapAccessDeserializer::new(map))?;
        Ok(Items::Generated { count })
    }
}
