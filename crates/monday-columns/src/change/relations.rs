//! Changes of what columns point at: items and files.
//!
//! Must not know: the boards of the items.

use monday_core::ItemId;
use serde_json::{Value, json};

use super::{change, digits};
use crate::InvalidValue;

/// The whole list; the empty one clears.
fn items<T: Into<ItemId>>(ids: impl IntoIterator<Item = T>) -> Result<Value, InvalidValue> {
    let mut list = Vec::new();
    for id in ids {
        list.push(Value::from(digits(id.into().as_str())?));
    }
    Ok(if list.is_empty() { Value::Null } else { json!({ "item_ids": list }) })
}

change! {
    /// The connected items: the whole list. Only `ChangeMultipleColumnValues` and the operations that create items write
    /// it; `ChangeColumnValue` does not.
    ///
    /// ```
    /// use monday_columns::{BoardRelationChange, Change};
    /// let change = BoardRelationChange::items([123, 456]).value()?;
    /// assert_eq!(change, serde_json::json!({"item_ids": ["123", "456"]}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    BoardRelationChange, "board_relation", Value::Null
}

impl BoardRelationChange {
    /// These items; none clears the column.
    pub fn items<T: Into<ItemId>>(ids: impl IntoIterator<Item = T>) -> Self {
        Self(items(ids))
    }
}

change! {
    /// The items that an item depends on. It replaces the list, with its kinds and lags: to add or remove one, there is
    /// `UpdateDependencyColumn`.
    ///
    /// ```
    /// use monday_columns::{Change, DependencyChange};
    /// assert_eq!(DependencyChange::replace([111]).value()?, serde_json::json!({"item_ids": ["111"]}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    DependencyChange, "dependency", Value::Null
}

impl DependencyChange {
    /// These items in place of all others; none clears the column.
    pub fn replace<T: Into<ItemId>>(ids: impl IntoIterator<Item = T>) -> Self {
        Self(items(ids))
    }
}

change! {
    /// Files can only be cleared this way. `AddFileToColumn` adds one, `UpdateAssetsOnItem` replaces them.
    ///
    /// ```
    /// use monday_columns::{Change, FileChange};
    /// assert_eq!(FileChange::clear().value()?, serde_json::json!({"clear_all": true}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    FileChange, "file", json!({ "clear_all": true })
}
