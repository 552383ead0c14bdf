//! Fields that choose: statuses, dropdowns, checkboxes, tags, colours.
//!
//! Must not know: which labels a column has.

use monday_core::TagId;

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, always, default, optional, parsed};
use crate::board_item::Label;
use crate::{
    CheckboxChange, CheckboxValue, Color, ColorPickerChange, ColorPickerValue, DropdownChange, DropdownValue,
    StatusChange, StatusValue, TagsChange, TagsValue,
};

default! {
    bool: CheckboxValue;
    Vec<TagId>: TagsValue;
    Color: ColorPickerValue;
}

impl<L: Label> DefaultColumn for Vec<L> {
    type Kind = DropdownValue;
}

impl<L: Label> ColumnField<StatusValue> for L {
    fn read(value: StatusValue) -> Result<Self, UnfitField> {
        status(value)?.ok_or(UnfitField::Empty)
    }

    fn write(&self) -> Option<StatusChange> {
        Some(StatusChange::label(self.label()))
    }
}

impl<L: Label> ColumnField<StatusValue> for Option<L> {
    fn read(value: StatusValue) -> Result<Self, UnfitField> {
        status(value)
    }

    fn write(&self) -> Option<StatusChange> {
        Some(match self {
            Some(label) => StatusChange::label(label.label()),
            None => StatusChange::clear(),
        })
    }
}

/// A status without a label is an empty one.
fn status<L: Label>(value: StatusValue) -> Result<Option<L>, UnfitField> {
    match value.label.filter(|label| !label.is_empty()) {
        Some(label) => L::from_label(&label).map(Some).ok_or(UnfitField::UnknownLabel),
        None => Ok(None),
    }
}

impl<L: Label> ColumnField<DropdownValue> for Vec<L> {
    fn read(value: DropdownValue) -> Result<Self, UnfitField> {
        let labels = value.values.iter().map(|option| L::from_label(&option.label));
        labels.collect::<Option<_>>().ok_or(UnfitField::UnknownLabel)
    }

    fn write(&self) -> Option<DropdownChange> {
        Some(DropdownChange::labels(self.iter().map(Label::label)))
    }
}

always!(bool: CheckboxValue, |value| Ok(value.checked.unwrap_or_default()), |is_checked| {
    Some(CheckboxChange::checked(*is_checked))
});
always!(Vec<TagId>: TagsValue, |value| Ok(value.tag_ids), |ids| Some(TagsChange::ids(ids.clone())));
optional!(Color: ColorPickerValue, |value| parsed(value.color), |color| Some(ColorPickerChange::color(*color)));
