//! How one noun of a seed names another: by id, or by name.
//!
//! Must not know: what there is to name.

use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::ser::{Serialize, Serializer};

/// A number is an id, a text a name: that of a workspace, folder, team, board or item, or a user's name or e-mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reference {
    /// By its id.
    Id(u64),
    /// By its name.
    Name(String),
}

impl Serialize for Reference {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Id(id) => serializer.serialize_u64(*id),
            Self::Name(name) => serializer.serialize_str(name),
        }
    }
}

impl<'de> Deserialize<'de> for Reference {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(IdOrName)
    }
}

struct IdOrName;

impl Visitor<'_> for IdOrName {
    type Value = Reference;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an id, or a name")
    }

    fn visit_u64<E: Error>(self, id: u64) -> Result<Reference, E> {
        Ok(Reference::Id(id))
    }

    fn visit_i64<E: Error>(self, id: i64) -> Result<Reference, E> {
        u64::try_from(id).map(Reference::Id).map_err(|_| E::custom("an id is a whole number from 1"))
    }

    /// monday's own JSON has ids in strings.
    fn visit_str<E: Error>(self, text: &str) -> Result<Reference, E> {
        Ok(text.parse().map_or_else(|_| Reference::Name(text.to_owned()), Reference::Id))
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Id(id) => write!(formatter, "{id}"),
            Self::Name(name) => write!(formatter, "{name:?}"),
        }
    }
}

/// An optional id, as a number or as its digits in a text.
pub(super) fn id<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    match Reference::deserialize(deserializer)? {
        Reference::Id(0) => Err(D::Error::custom("an id is a whole number from 1")),
        Reference::Id(id) => Ok(Some(id)),
        Reference::Name(_) => {
            Err(D::Error::custom("an id is a whole number; leave it out for one of the sandbox's"))
        }
    }
}
