//! Several columns' values as the JSON that monday wants.
//!
//! Must not know: what one column's value looks like.

use monday_core::{ColumnId, Json};
use serde_json::{Map, Value};

use crate::{Change, InvalidColumn, InvalidColumns, InvalidValue};

/// How many bytes monday keeps for one item's column values: about 64 KB. How it counts them is not documented, so
/// refused is only what is over by any count: of texts and numbers alone, unescaped, without the JSON around them.
pub const MAX_BYTES: usize = 65_536;

/// What an item's name is written as.
const NAME: &str = "name";

/// New values for columns of one item: what `ChangeMultipleColumnValues`, `CreateItem` and `CreateSubitem` take.
///
/// ```
/// use monday_columns::{ColumnValues, FileChange, InvalidColumns, RatingChange, TextChange};
///
/// let json = ColumnValues::new()
///     .name("Report")
///     .set("text", TextChange::text("by Friday"))
///     .clear::<FileChange>("files")
///     .json()?;
/// assert_eq!(json.0, r#"{"files":{"clear_all":true},"name":"Report","text":"by Friday"}"#);
///
/// let refused = ColumnValues::new().set("rating", RatingChange::stars(0)).json().unwrap_err();
/// assert!(matches!(refused, InvalidColumns::Columns(columns) if columns[0].column.as_str() == "rating"));
/// # Ok::<(), InvalidColumns>(())
/// ```
///
/// What cannot be written does not compile:
///
/// ```compile_fail
/// monday_columns::ColumnValues::new().set("formula", monday_columns::FormulaChange::text("1"));
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "nothing is sent until the JSON is given to an operation"]
pub struct ColumnValues {
    columns: Vec<(ColumnId, &'static str, Result<Value, InvalidValue>)>,
}

impl ColumnValues {
    /// No values yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets a column. Of several values for one column, the last counts. The item's name is none:
    /// [`name`](Self::name) sets it.
    pub fn set<C: Change>(self, column: impl Into<ColumnId>, change: C) -> Self {
        self.put(column.into(), C::NAME, change.into_value())
    }

    /// Clears a column, which has the type that `C` changes.
    pub fn clear<C: Change>(self, column: impl Into<ColumnId>) -> Self {
        self.set(column, C::clear())
    }

    /// Renames the item. A name cannot be cleared.
    pub fn name(self, name: &str) -> Self {
        let is_fit = (1..=255).contains(&name.chars().count());
        let value = if is_fit { Ok(name.into()) } else { Err(InvalidValue::Name) };
        self.put(NAME.into(), NAME, value)
    }

    /// Refuses a change, with its reason.
    pub(crate) fn refuse(self, what: &'static str, reason: InvalidValue) -> Self {
        self.put(what.into(), what, Err(reason))
    }

    fn put(mut self, column: ColumnId, change: &'static str, value: Result<Value, InvalidValue>) -> Self {
        let value = match column.as_str() {
            "" => Err(InvalidValue::ColumnId),
            NAME if change != NAME => Err(InvalidValue::NameColumn),
            _ => value,
        };
        self.columns.retain(|(other, ..)| *other != column);
        self.columns.push((column, change, value));
        self
    }

    /// Whether no column is set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// How many columns are set.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Text that holds the JSON, as the operations' `column_values` want it. Refused are all values that break a rule, and
    /// what is surely more than [`MAX_BYTES`].
    pub fn json(&self) -> Result<Json, InvalidColumns> {
        let mut values = Map::new();
        let mut invalid = Vec::new();
        for (column, change, value) in &self.columns {
            match value {
                Ok(value) => drop(values.insert(column.to_string(), value.clone())),
                Err(reason) => {
                    invalid.push(InvalidColumn { column: column.clone(), change, reason: *reason });
                }
            }
        }
        if !invalid.is_empty() {
            return Err(InvalidColumns::Columns(invalid));
        }
        let kept = values.iter().filter(|(column, _)| *column != NAME);
        match kept.map(|(_, value)| bytes(value)).sum() {
            bytes if bytes > MAX_BYTES => Err(InvalidColumns::TooLong { bytes }),
            _ => Ok(Json(Value::String(Value::Object(values).to_string()))),
        }
    }
}

/// The least that a value takes, however it is kept.
fn bytes(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Number(number) => number.to_string().len(),
        Value::Array(values) => values.iter().map(bytes).sum(),
        Value::Object(values) => values.values().map(bytes).sum(),
        Value::Null | Value::Bool(_) => 0,
    }
}
