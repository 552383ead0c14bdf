//! What of a struct was changed, field by field.
//!
//! Must not know: which fields a struct has.

use super::{ColumnField, ColumnKind};
use crate::{Change, ColumnValues, InvalidValue};

/// Sets a column if its field was changed; of a new item, if it is not empty.
pub fn set<K: ColumnKind, F: ColumnField<K>>(
    values: ColumnValues,
    column: &'static str,
    now: &F,
    original: Option<&F>,
) -> ColumnValues {
    match original {
        Some(original) if original == now => values,
        Some(_) => match now.write() {
            Some(change) => values.set(column, change),
            None => values.refuse(column, InvalidValue::ReadOnly),
        },
        None => match now.write().filter(|change| *change != K::Change::clear()) {
            Some(change) => values.set(column, change),
            None => values,
        },
    }
}

/// Sets the item's name if it was changed. That of a new item is no column value.
pub fn set_name(values: ColumnValues, now: &str, original: Option<&str>) -> ColumnValues {
    if original.is_none_or(|original| original == now) { values } else { values.name(now) }
}

/// Refuses what cannot be changed: the id, the group.
pub fn set_fixed<F: PartialEq>(
    values: ColumnValues,
    what: &'static str,
    now: &F,
    original: Option<&F>,
) -> ColumnValues {
    let reason = if what == "group" { InvalidValue::Group } else { InvalidValue::ReadOnly };
    if original.is_none_or(|original| original == now) { values } else { values.refuse(what, reason) }
}
