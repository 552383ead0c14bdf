//! Ids of monday's nouns: a board's id is no item's id.
//!
//! Must not know: which field holds which (`monday-codegen` has the rule).

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::json::{Decode, Reader};
use crate::{DecodeError, Id, Nullable};

macro_rules! noun_ids {
    ($($(#[$doc:meta])* $name:ident)+) => { $(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Id);

        impl $name {
            /// The id as text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }

        impl AsRef<str> for $name {
            fn as_ref(&self) -> &str {
                self.0.as_str()
            }
        }

        impl From<Id> for $name {
            fn from(id: Id) -> Self {
                Self(id)
            }
        }

        impl From<$name> for Id {
            fn from(id: $name) -> Self {
                id.0
            }
        }

        impl From<&$name> for $name {
            fn from(id: &$name) -> Self {
                id.clone()
            }
        }

        impl From<&str> for $name {
            fn from(id: &str) -> Self {
                Self(id.into())
            }
        }

        impl From<String> for $name {
            fn from(id: String) -> Self {
                Self(id.into())
            }
        }

        impl From<u64> for $name {
            fn from(id: u64) -> Self {
                Self(id.into())
            }
        }

        nullable_from!($name);

        impl Decode for $name {
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                Id::decode(reader).map(Self)
            }
        }
    )+ };
}

/// What an id is made from makes a nullable id as well.
macro_rules! nullable_from {
    ($name:ident) => {
        impl From<&$name> for Nullable<$name> {
            fn from(id: &$name) -> Self {
                Self::Value(id.clone())
            }
        }

        impl From<&str> for Nullable<$name> {
            fn from(id: &str) -> Self {
                Self::Value(id.into())
            }
        }

        impl From<String> for Nullable<$name> {
            fn from(id: String) -> Self {
                Self::Value(id.into())
            }
        }

        impl From<u64> for Nullable<$name> {
            fn from(id: u64) -> Self {
                Self::Value(id.into())
            }
        }
    };
}

nullable_from!(Id);

noun_ids! {
    /// An account's id.
    AccountId
    /// An app's id.
    AppId
    /// An asset's (file's) id.
    AssetId
    /// A board's id.
    BoardId
    /// A column's id on its board: text such as `status` or `date4`.
    ColumnId
    /// A department's id.
    DepartmentId
    /// A document's id. The `object_id` of a document is another one.
    DocId
    /// A folder's id.
    FolderId
    /// A group's id on its board: text such as `topics`.
    GroupId
    /// An item's id; subitems are items.
    ItemId
    /// A tag's id.
    TagId
    /// A team's id.
    TeamId
    /// An update's id; replies are updates.
    UpdateId
    /// A user's id.
    UserId
    /// A webhook's id.
    WebhookId
    /// A workspace's id.
    WorkspaceId
}

#[cfg(test)]
mod tests {
    use super::*;

    fn board(id: impl Into<BoardId>) -> BoardId {
        id.into()
    }

    fn maybe(id: impl Into<Nullable<BoardId>>) -> Nullable<BoardId> {
        id.into()
    }

    #[test]
    fn an_id_is_made_from_text_and_numbers_and_lies_on_the_wire_as_text() {
        assert_eq!(board(7), board("7"));
        assert_eq!(serde_json::to_string(&board(7)).unwrap(), r#""7""#);
        assert_eq!(maybe("7"), Nullable::Value(board(7)));
        assert_eq!(
            (maybe(None), maybe(Some(board(7))), maybe(board(7))),
            (Nullable::Absent, maybe(7), maybe("7"))
        );
    }
}
