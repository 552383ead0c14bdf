//! Boards with their groups and columns.
//!
//! Must not know: which columns take which values.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde::ser::Serializer;
use serde::{Deserialize, Serialize};

use super::item::Items;
use super::reference::{Reference, id};
use super::short_form::short_form;
use super::{Fields, Update};

/// A board. Short form: the name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Board {
    /// From 2000000001 on unless told.
    #[serde(default, deserialize_with = "id", skip_serializing_if = "Option::is_none")]
    pub id: Option<u64>,
    /// Its name.
    pub name: String,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// `public` unless told; or `private`, `share`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `active` unless told; or `archived`, `deleted`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub state: Option<String>,
    /// The workspace it is in; that of its folder, or the first one, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<Reference>,
    /// The folder it is in, whose workspace is the board's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub folder: Option<Reference>,
    /// The board whose items have their subitems here. Such a board lists no items of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subitems_of: Option<Reference>,
    /// The users who subscribe; the first one unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subscribers: Option<Vec<Reference>>,
    /// The users who own it; the first one unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub owners: Option<Vec<Reference>>,
    /// The teams that subscribe.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_subscribers: Option<Vec<Reference>>,
    /// The teams that own it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub team_owners: Option<Vec<Reference>>,
    /// `Name`, and these; the twelve of the sandbox's own boards unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub columns: Option<Vec<Column>>,
    /// At least one; the two of the sandbox's own boards unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub groups: Option<Vec<Group>>,
    /// In the order of the board.
    #[serde(default, skip_serializing_if = "Items::is_none")]
    pub items: Items,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A group. Short form: the title.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Group {
    /// `group_<place>` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Its title.
    pub title: String,
    /// `#579bfc` unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub color: Option<String>,
    /// More of it, by the schema's names.
    #[serde(default, skip_serializing_if = "Fields::is_empty")]
    pub fields: Fields,
}

/// A column. Short form: the type.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, remote = "Self")]
pub struct Column {
    /// The type, with `_2`, `_3` and so on where it is taken, unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// As monday names it, such as `long_text`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The type in words unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Those of a status or dropdown; a status has three unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub labels: Option<Labels>,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub width: Option<u64>,
    /// How often it has been changed, which its revision counts; never unless told.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changes: Option<u64>,
}

/// Labels by their index (of a status) or id (of a dropdown). Short form: a list, which counts from 0.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels(pub BTreeMap<u64, String>);

short_form!(Board, "a board: a name, or a map with `name`", |name| Board { name, ..Board::default() });
short_form!(Group, "a group: a title, or a map with `title`", |title| Group { title, ..Group::default() });
short_form!(Column, "a column: a type, or a map with `type`", |kind| Column { kind, ..Column::default() });

impl Serialize for Labels {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.keys().copied().eq(0..self.0.len() as u64) {
            serializer.collect_seq(self.0.values())
        } else {
            serializer.collect_map(&self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Labels {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListOrMap)
    }
}

struct ListOrMap;

impl<'de> Visitor<'de> for ListOrMap {
    type Value = Labels;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("labels: a list of texts, or a map from index to text")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Labels, A::Error> {
        let mut labels = BTreeMap::new();
        while let Some(label) = list.next_element::<String>()? {
            labels.insert(labels.len() as u64, label);
        }
        Ok(Labels(labels))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Labels, A::Error> {
        let mut labels = BTreeMap::new();
        while let Some((index, label)) = map.next_entry::<Reference, String>()? {
            let Reference::Id(index) = index else {
                return Err(A::Error::custom("the index of a label is a whole number from 0"));
            };
            labels.insert(index, label);
        }
        Ok(Labels(labels))
    }
}

impl Board {
    /// Every item that is listed, without their subitems; none where they are generated.
    #[must_use]
    pub fn listed(&self) -> &[super::Item] {
        match &self.items {
            Items::Listed(items) => items,
            Items::Generated { .. } => &[],
        }
    }

    /// The updates of all listed items.
    pub fn updates(&self) -> impl Iterator<Item = &Update> {
        self.listed().iter().flat_map(|item| &item.updates)
    }
}
