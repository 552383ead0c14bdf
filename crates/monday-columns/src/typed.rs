//! From the fields of the answer to the types of this crate, field by field.
//!
//! Must not know: which columns have which fields.

use jiff::SignedDuration;
use jiff::civil::Date as Day;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use monday_core::{
    AssetId, BoardId, ColumnId, Date, GroupId, Id, ItemId, Json, TagId, TeamId, UpdateId, UserId,
};
use monday_queries::enums::{ColumnType, FileLinkValueKind, NumberValueUnitDirection};

use crate::parsed::{self, Moment, Parsed};
use crate::value::Color;

/// What becomes of a field.
pub(crate) trait Typed<T> {
    fn typed(self) -> T;
}

/// Fields that stay as they are.
macro_rules! same {
    ($($name:ident)*) => { $(
        impl Typed<$name> for $name {
            fn typed(self) -> $name {
                self
            }
        }

        impl Typed<Option<$name>> for Option<$name> {
            fn typed(self) -> Option<$name> {
                self
            }
        }

        impl Typed<Vec<$name>> for Vec<$name> {
            fn typed(self) -> Vec<$name> {
                self
            }
        }
    )* };
}

same! {
    String bool i64 f64 Id AssetId BoardId ColumnId GroupId ItemId Json UpdateId UserId
    ColumnType FileLinkValueKind NumberValueUnitDirection
}

/// Texts that are read. Empty text is no value: some types send it in place of null.
macro_rules! read {
    ($($from:ident => $to:ident by $parse:expr;)*) => { $(
        impl Typed<Parsed<$to>> for $from {
            fn typed(self) -> Parsed<$to> {
                $parse(self.as_str())
            }
        }

        impl Typed<Option<Parsed<$to>>> for Option<$from> {
            fn typed(self) -> Option<Parsed<$to>> {
                self.filter(|text| !text.as_str().is_empty()).map(Typed::typed)
            }
        }
    )* };
}

read! {
    Date => Moment by parsed::moment;
    Date => Day by parsed::day;
    String => Day by parsed::day;
    String => Time by parsed::time;
    String => TimeZone by parsed::time_zone;
    String => Color by parsed::color;
}

/// Seconds.
impl Typed<Option<SignedDuration>> for Option<i64> {
    fn typed(self) -> Option<SignedDuration> {
        self.map(SignedDuration::from_secs)
    }
}

impl Typed<Option<TeamId>> for Option<i64> {
    fn typed(self) -> Option<TeamId> {
        self.map(|id| TeamId::from(id.to_string()))
    }
}

impl Typed<Vec<TagId>> for Vec<i64> {
    fn typed(self) -> Vec<TagId> {
        self.into_iter().map(|id| TagId::from(id.to_string())).collect()
    }
}

impl Typed<Option<UserId>> for Option<Id> {
    fn typed(self) -> Option<UserId> {
        self.map(UserId::from)
    }
}

impl Typed<TagId> for TagId {
    fn typed(self) -> TagId {
        self
    }
}

/// A type of this crate that has the fields of one in the answer, and how it is made from it.
macro_rules! value {
    (
        $(#[$doc:meta])*
        $name:ident from $wire:ident {
            $($(#[$field_doc:meta])* $field:ident: $type:ty,)*
        }
    ) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl crate::typed::Typed<$name> for monday_queries::fragments::$wire {
            fn typed(self) -> $name {
                $name { $($field: crate::typed::Typed::typed(self.$field),)* }
            }
        }

        crate::typed::lists!($name from $wire);
    };
}
pub(crate) use value;

/// What can be read once can be read as an option and in a list.
macro_rules! lists {
    ($name:ident from $wire:ident) => {
        impl crate::typed::Typed<Option<$name>> for Option<monday_queries::fragments::$wire> {
            fn typed(self) -> Option<$name> {
                self.map(crate::typed::Typed::typed)
            }
        }

        impl crate::typed::Typed<Vec<$name>> for Vec<monday_queries::fragments::$wire> {
            fn typed(self) -> Vec<$name> {
                self.into_iter().map(crate::typed::Typed::typed).collect()
            }
        }
    };
}
pub(crate) use lists;
