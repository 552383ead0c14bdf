//! Changes that choose: status, dropdown, checkbox, tags, colour.
//!
//! Must not know: which labels a column has.

use monday_core::{Id, TagId};
use serde_json::{Value, json};

use super::{change, filled, number};
use crate::{Color, InvalidValue};

change! {
    /// A status: one label, by its text or its index.
    ///
    /// ```
    /// use monday_columns::{Change, StatusChange};
    /// assert_eq!(StatusChange::label("Done").value()?, serde_json::json!({"label": "Done"}));
    /// assert_eq!(StatusChange::index(1).value()?, serde_json::json!({"index": 1}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    ///
    /// monday refuses a label that the column does not have, unless the operation says `create_labels_if_missing`, which
    /// makes a label of a typing error too.
    StatusChange, "status", Value::Null
}

impl StatusChange {
    /// By the label's text.
    pub fn label(label: impl Into<String>) -> Self {
        Self(filled(label.into()).map(|label| json!({ "label": label })))
    }

    /// By the label's index, which stays when the label is renamed: as it was read, or any number from 0 on.
    pub fn index(index: impl TryInto<u32>) -> Self {
        Self(index.try_into().map(|index| json!({ "index": index })).map_err(|_| InvalidValue::Index))
    }
}

change! {
    /// A dropdown: the whole set of its labels, by texts or by ids, which monday does not let mix. None clears it.
    ///
    /// ```
    /// use monday_columns::{Change, DropdownChange};
    /// assert_eq!(DropdownChange::labels(["A", "B"]).value()?, serde_json::json!({"labels": ["A", "B"]}));
    /// assert_eq!(DropdownChange::ids([1, 2]).value()?, serde_json::json!({"ids": [1, 2]}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    DropdownChange, "dropdown", Value::Null
}

impl DropdownChange {
    /// By the labels' texts.
    pub fn labels<T: Into<String>>(labels: impl IntoIterator<Item = T>) -> Self {
        let labels: Result<Vec<_>, _> = labels.into_iter().map(|label| filled(label.into())).collect();
        Self(labels.map(|labels| list("labels", labels)))
    }

    /// By the labels' ids, as they were read.
    pub fn ids<T: Into<Id>>(ids: impl IntoIterator<Item = T>) -> Self {
        let ids: Result<Vec<_>, _> = ids.into_iter().map(|id| number(id.into().as_str())).collect();
        Self(ids.map(|ids| list("ids", ids)))
    }
}

/// A set under its key; the empty one clears.
fn list<T: Into<Value>>(key: &str, values: Vec<T>) -> Value {
    if values.is_empty() {
        Value::Null
    } else {
        json!({ key: values.into_iter().map(Into::into).collect::<Vec<Value>>() })
    }
}

change! {
    /// A checkbox. Unchecked is the same as cleared.
    ///
    /// ```
    /// use monday_columns::{Change, CheckboxChange};
    /// assert_eq!(CheckboxChange::checked(true).value()?, serde_json::json!({"checked": "true"}));
    /// assert_eq!(CheckboxChange::checked(false), CheckboxChange::clear());
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    CheckboxChange, "checkbox", Value::Null
}

impl CheckboxChange {
    /// Checks or unchecks it.
    pub fn checked(is_checked: bool) -> Self {
        if is_checked { Self(Ok(json!({ "checked": "true" }))) } else { Self::clear() }
    }
}

change! {
    /// Tags: the whole set, by their ids.
    ///
    /// ```
    /// use monday_columns::{Change, TagsChange};
    /// assert_eq!(TagsChange::ids([295_026, 295_064]).value()?, serde_json::json!({"tag_ids": [295_026, 295_064]}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    TagsChange, "tags", json!({ "tag_ids": [] })
}

impl TagsChange {
    /// By ids; `create_or_get_tag` tells them. None clears the column.
    pub fn ids<T: Into<TagId>>(ids: impl IntoIterator<Item = T>) -> Self {
        let ids: Result<Vec<_>, _> = ids.into_iter().map(|id| number(id.into().as_str())).collect();
        Self(ids.map(|ids| json!({ "tag_ids": ids })))
    }
}

change! {
    /// A colour, as hexadecimal text or as its three parts. monday reads one that was written in parts as null.
    ///
    /// ```
    /// use monday_columns::{Change, ColorPickerChange};
    /// assert_eq!(ColorPickerChange::hex("#FF5733").value()?, serde_json::json!({"color": {"hex": "#FF5733"}}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    ColorPickerChange, "color_picker", Value::Null
}

impl ColorPickerChange {
    /// `#` and six hexadecimal digits, which are written as they are.
    pub fn hex(hex: &str) -> Self {
        let color = Color::from_hex(hex).ok_or(InvalidValue::Color);
        Self(color.map(|_| json!({ "color": { "hex": hex } })))
    }

    /// A colour, as it was read.
    pub fn color(color: Color) -> Self {
        Self::hex(&color.to_string())
    }

    /// Red, green and blue.
    pub fn rgb(red: u8, green: u8, blue: u8) -> Self {
        Self(Ok(json!({ "color": { "r": red, "g": green, "b": blue } })))
    }
}
