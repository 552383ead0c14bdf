//! One type for each kind of column that can be written: its constructors are all that monday takes.
//!
//! A change holds the JSON that monday documents for it, or the rule it breaks. Must not know: which columns a board has.

mod choices;
mod moments;
mod numbers;
mod people;
mod places;
mod relations;
mod texts;

use monday_core::Json;
use serde_json::Value;

use crate::InvalidValue;

pub use choices::{CheckboxChange, ColorPickerChange, DropdownChange, StatusChange, TagsChange};
pub use moments::{DateChange, HourChange, TimelineChange, WeekChange, WorldClockChange};
pub use numbers::{NumbersChange, RatingChange};
pub use people::{PeopleChange, TeamChange};
pub use places::{CountryChange, LocationChange, PhoneChange};
pub use relations::{BoardRelationChange, DependencyChange, FileChange};
pub use texts::{EmailChange, LinkChange, LongTextChange, TextChange};

/// A new value for a column. Only types of this crate are changes.
pub trait Change: Sized + PartialEq + sealed::Sealed {
    /// The type's name, for errors.
    #[doc(hidden)]
    const NAME: &'static str;

    /// The type of the columns that it is for, as monday names it.
    const COLUMN_TYPE: &'static str;

    /// Empties the column.
    #[must_use]
    fn clear() -> Self;

    /// The JSON that monday wants, or the rule that the value breaks.
    fn value(&self) -> Result<Value, InvalidValue>;

    #[doc(hidden)]
    fn into_value(self) -> Result<Value, InvalidValue>;
}

/// A change that `ChangeColumnValue` takes, which writes one column alone. All are but that of connected boards, which
/// monday writes by [`ColumnValues`](crate::ColumnValues) only:
///
/// ```compile_fail,E0599
/// use monday_columns::{BoardRelationChange, SingleChange};
/// let json = BoardRelationChange::items([123]).json();
/// ```
///
/// ```
/// use monday_columns::{DependencyChange, SingleChange};
/// assert_eq!(DependencyChange::replace([123]).json()?.0, r#"{"item_ids":["123"]}"#);
/// # Ok::<(), monday_columns::InvalidValue>(())
/// ```
pub trait SingleChange: Change {
    /// Text that holds the JSON, as `ChangeColumnValue` wants it.
    fn json(&self) -> Result<Json, InvalidValue> {
        self.value().map(|value| Json(Value::String(value.to_string())))
    }
}

/// By name, so that a new change is not taken for one unseen.
macro_rules! single {
    ($($name:ident)*) => { $(impl SingleChange for $name {})* };
}

single! {
    CheckboxChange ColorPickerChange CountryChange DateChange DependencyChange DropdownChange EmailChange FileChange
    HourChange LinkChange LocationChange LongTextChange NumbersChange PeopleChange PhoneChange RatingChange StatusChange
    TagsChange TeamChange TextChange TimelineChange WeekChange WorldClockChange
}

pub(crate) mod sealed {
    pub trait Sealed {}
}

/// A change: its documentation, the columns it is for, the JSON that clears them.
macro_rules! change {
    ($(#[$doc:meta])* $name:ident, $column_type:literal, $clear:expr) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq)]
        #[must_use = "nothing is sent until it is set in column values"]
        pub struct $name(Result<serde_json::Value, crate::InvalidValue>);

        impl $name {
            /// Empties the column, by the JSON that monday documents for it.
            pub fn clear() -> Self {
                Self(Ok($clear))
            }
        }

        impl crate::change::sealed::Sealed for $name {}

        impl crate::Change for $name {
            const NAME: &'static str = stringify!($name);
            const COLUMN_TYPE: &'static str = $column_type;

            fn clear() -> Self {
                Self::clear()
            }

            fn value(&self) -> Result<serde_json::Value, crate::InvalidValue> {
                self.0.clone()
            }

            fn into_value(self) -> Result<serde_json::Value, crate::InvalidValue> {
                self.0
            }
        }
    };
}
use change;

/// An id that monday wants as a number.
fn number(id: &str) -> Result<Value, InvalidValue> {
    digits(id)?.parse::<u64>().map(Value::from).map_err(|_| InvalidValue::Id)
}

/// An id as text: digits only, since monday would not know another.
fn digits(id: &str) -> Result<&str, InvalidValue> {
    let are_digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    if are_digits { Ok(id) } else { Err(InvalidValue::Id) }
}

/// Text that may not be empty.
fn filled(text: String) -> Result<String, InvalidValue> {
    if text.is_empty() { Err(InvalidValue::Empty) } else { Ok(text) }
}
