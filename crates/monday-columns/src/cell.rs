//! One column of one item: what all columns have, and the typed value.
//!
//! Must not know: what the types hold.

use monday_core::{ColumnId, Json};
use monday_queries::enums::ColumnType;
use monday_queries::fragments::TypedColumnValueFields;

use crate::ColumnValue;

/// One column of one item.
///
/// ```
/// use monday_columns::{Cell, ColumnValue};
///
/// let answer = r#"{"__typename":"RatingValue","id":"rating","type":"rating","text":"4","value":null,
///     "is_leaf":true,"rating":4,"updated_at":null}"#;
/// let cell = Cell::from(monday_core::json::from_str::<monday_queries::fragments::TypedColumnValueFields>(answer)?);
/// let ColumnValue::Rating(rating) = cell.value else { panic!() };
/// assert_eq!(rating.rating, Some(4));
/// # Ok::<(), monday_core::DecodeError>(())
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Cell {
    /// The column's id.
    pub id: ColumnId,
    /// The column's type, which is not always the value's: roll-ups have a type of their own.
    pub column_type: ColumnType,
    /// The value as people read it. It is empty or null for connected boards, dependencies, formulas and mirrors, whose
    /// text is `display_value`; the text of a date is in the caller's time zone.
    pub text: Option<String>,
    /// The value as monday keeps it: JSON in text. It is null where the value lies elsewhere, as that of connected boards,
    /// dependencies and subitems does.
    pub raw: Option<Json>,
    /// monday's flag `is_leaf`, as it came.
    pub is_leaf: bool,
    /// The typed value.
    pub value: ColumnValue,
}

impl From<TypedColumnValueFields> for Cell {
    fn from(fields: TypedColumnValueFields) -> Self {
        let TypedColumnValueFields { id, type_, text, value, is_leaf, on } = fields;
        let typed = ColumnValue::new(on, &type_, text.as_ref(), value.as_ref());
        Self { id, column_type: type_, text, raw: value, is_leaf, value: typed }
    }
}
