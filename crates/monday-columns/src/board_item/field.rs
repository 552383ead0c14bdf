//! The Rust types that a field of a [`BoardItem`](super::BoardItem) may have, and the columns they hold.
//!
//! Must not know: boards, items.

mod addresses;
mod choices;
mod moments;
mod numbers;
mod people;
mod relations;
mod texts;
mod whole;

use super::{ColumnKind, UnfitField};

pub use addresses::{Email, Link, Location, Phone};

/// A Rust type that holds a kind of column.
///
/// | column | field |
/// |---|---|
/// | `text`, `long_text` | `String` (empty where there is none), `Option<String>` |
/// | `status` | a [`Label`](super::Label) (an enum, or `String`), in an `Option` where it may be empty |
/// | `dropdown` | `Vec` of a [`Label`](super::Label) |
/// | `checkbox` | `bool` |
/// | `numbers` | `f64`, `i64` |
/// | `rating` | `u8` |
/// | `date` | [`Date`](jiff::civil::Date) where no day has a time, [`Timestamp`](jiff::Timestamp) where each has one (written to the second) |
/// | `timeline` | `RangeInclusive<Date>` |
/// | `week` | [`Date`](jiff::civil::Date), the first day |
/// | `hour` | [`Time`](jiff::civil::Time) |
/// | `world_clock` | [`TimeZone`](jiff::tz::TimeZone) |
/// | `people` | `Vec<UserId>`, `Vec<`[`Assignee`](crate::Assignee)`>` |
/// | `team` | `TeamId` |
/// | `email`, `link`, `phone`, `location` | [`Email`], [`Link`], [`Phone`], [`Location`] |
/// | `country` | [`Country`](crate::Country) |
/// | `color_picker` | [`Color`](crate::Color) |
/// | `tags` | `Vec<TagId>` |
/// | `board_relation` | `Vec<ItemId>` |
/// | `dependency` | `Vec<ItemId>` where all are finish to start and without lag: a change replaces the list with such |
/// | `creation_log`, `last_updated` | [`Timestamp`](jiff::Timestamp), read only |
/// | `formula`, `mirror`, `progress` | `String`, read only |
/// | each | the value's type, such as [`StatusValue`](crate::StatusValue), read only |
///
/// What a change would take away is refused when it is read: a `Date` does not hold a day with a time
/// ([`HasTime`](super::UnfitField::HasTime)), nor a list of items kinds and lags ([`HasTies`](super::UnfitField::HasTies)).
/// Where a column has both, read its value's type.
///
/// A type that is not a list holds a column that is never empty; in an `Option` it holds one that may be. Where a type
/// fits several columns, as `String` does, the first is meant, and `type = "long_text"` in the attribute says another.
/// Implement it for types of your own, with [`DefaultColumn`].
#[diagnostic::on_unimplemented(
    message = "a field of the type `{Self}` does not hold `{K}`",
    label = "not a type for this column",
    note = "the documentation of `ColumnField` has the types for each kind of column; `type = \"…\"` in `#[monday(…)]` says which kind it is",
    note = "`{K}` itself can be read, and not written; an enum of labels derives `Label`"
)]
pub trait ColumnField<K: ColumnKind>: Sized + PartialEq {
    /// Reads the value.
    fn read(value: K) -> Result<Self, UnfitField>;

    /// What writes the value; `None` where it cannot be written.
    fn write(&self) -> Option<K::Change>;
}

/// The kind of column that a type holds where the attribute does not say it.
#[diagnostic::on_unimplemented(
    message = "no kind of column is meant by a field of the type `{Self}` alone",
    label = "say which kind of column it is",
    note = "write `#[monday(column = \"…\", type = \"…\")]`, with the column's type as monday names it"
)]
pub trait DefaultColumn {
    /// The kind.
    type Kind: ColumnKind;
}

impl<T: DefaultColumn> DefaultColumn for Option<T> {
    type Kind = T::Kind;
}

/// A type whose column is never empty, and in an `Option` one that may be.
macro_rules! optional {
    ($type:ty: $kind:ident, $read:expr, $write:expr) => {
        impl ColumnField<$kind> for $type {
            fn read(value: $kind) -> Result<Self, UnfitField> {
                let read: fn($kind) -> Result<Option<$type>, UnfitField> = $read;
                read(value)?.ok_or(UnfitField::Empty)
            }

            fn write(&self) -> Option<<$kind as ColumnKind>::Change> {
                let write: fn(&$type) -> Option<<$kind as ColumnKind>::Change> = $write;
                write(self)
            }
        }

        impl ColumnField<$kind> for Option<$type> {
            fn read(value: $kind) -> Result<Self, UnfitField> {
                let read: fn($kind) -> Result<Option<$type>, UnfitField> = $read;
                read(value)
            }

            fn write(&self) -> Option<<$kind as ColumnKind>::Change> {
                match self {
                    Some(value) => ColumnField::<$kind>::write(value),
                    None => Some(<<$kind as ColumnKind>::Change as crate::Change>::clear()),
                }
            }
        }
    };
}
use optional;

/// A type that cannot be empty, since it has a value that says so.
macro_rules! always {
    ($type:ty: $kind:ident, $read:expr, $write:expr) => {
        impl ColumnField<$kind> for $type {
            fn read(value: $kind) -> Result<Self, UnfitField> {
                let read: fn($kind) -> Result<$type, UnfitField> = $read;
                read(value)
            }

            fn write(&self) -> Option<<$kind as ColumnKind>::Change> {
                let write: fn(&$type) -> Option<<$kind as ColumnKind>::Change> = $write;
                write(self)
            }
        }
    };
}
use always;

/// The first kind of a type.
macro_rules! default {
    ($($type:ty: $kind:ident;)*) => { $(
        impl DefaultColumn for $type {
            type Kind = $kind;
        }
    )* };
}
use default;

/// What was read of monday's text.
fn parsed<T>(text: Option<crate::Parsed<T>>) -> Result<Option<T>, UnfitField> {
    match text {
        None => Ok(None),
        Some(crate::Parsed::Value(value)) => Ok(Some(value)),
        Some(crate::Parsed::Unparsed { reason, .. }) => Err(UnfitField::Unparsed(reason)),
    }
}
