//! Values that are chosen: status, dropdown, checkbox, tags, colour, button, group, and how they are spread.
//!
//! Must not know: which choices there are.

use monday_core::{GroupId, Id, TagId, UpdateId};

use crate::parsed::{Moment, Parsed};
use crate::typed::value;

value! {
    /// A status.
    StatusValue from TypedColumnValueFieldsOnStatusValue {
        /// The label's index, which stays when the label is renamed.
        index: Option<i64>,
        /// Whether the label stands for being done.
        is_done: Option<bool>,
        /// The label's text.
        label: Option<String>,
        /// The label's colours.
        label_style: Option<StatusStyle>,
        /// The update that was written with it.
        update_id: Option<UpdateId>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// A label's colours, as monday writes them.
    StatusStyle from TypedColumnValueFieldsOnStatusValueLabelStyle {
        /// Of its border.
        border: String,
        /// Of its ground.
        color: String,
    }
}

value! {
    /// Labels of a dropdown.
    DropdownValue from TypedColumnValueFieldsOnDropdownValue {
        /// The labels, in monday's order.
        values: Vec<DropdownOption>,
    }
}

value! {
    /// A label of a dropdown.
    DropdownOption from TypedColumnValueFieldsOnDropdownValueValues {
        /// Its id.
        id: Id,
        /// Its text.
        label: String,
    }
}

value! {
    /// A checkbox.
    CheckboxValue from TypedColumnValueFieldsOnCheckboxValue {
        /// Whether it is checked; a box that never was may be null.
        checked: Option<bool>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// Tags.
    TagsValue from TypedColumnValueFieldsOnTagsValue {
        /// Their ids.
        tag_ids: Vec<TagId>,
        /// The tags that the caller may see.
        tags: Vec<Tag>,
    }
}

value! {
    /// A tag.
    Tag from TagFields {
        /// Its id.
        id: TagId,
        /// Its name.
        name: String,
        /// Its colour, as monday writes it.
        color: String,
    }
}

value! {
    /// A colour. It is null if it was written in its three parts.
    ColorPickerValue from TypedColumnValueFieldsOnColorPickerValue {
        /// The colour.
        color: Option<Parsed<Color>>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

/// A colour in its three parts.
///
/// ```
/// use monday_columns::Color;
/// let orange = Color { red: 255, green: 87, blue: 51 };
/// assert_eq!(Color::from_hex("#FF5733"), Some(orange));
/// assert_eq!(orange.to_string(), "#ff5733");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Color {
    /// Red.
    pub red: u8,
    /// Green.
    pub green: u8,
    /// Blue.
    pub blue: u8,
}

impl Color {
    /// Reads `#` and six hexadecimal digits.
    #[must_use]
    pub fn from_hex(text: &str) -> Option<Self> {
        let digits = text.strip_prefix('#')?;
        if digits.len() != 6 || !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
        Some(Self { red, green, blue })
    }
}

impl std::fmt::Display for Color {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.red, self.green, self.blue)
    }
}

value! {
    /// A button.
    ButtonValue from TypedColumnValueFieldsOnButtonValue {
        /// Its colour, as monday writes it.
        color: Option<String>,
        /// What stands on it.
        label: Option<String>,
    }
}

value! {
    /// The group that the item is in. `MoveItemToGroup` changes it.
    GroupValue from TypedColumnValueFieldsOnGroupValue {
        /// The group.
        group: Option<Group>,
        /// Its id.
        group_id: Option<GroupId>,
    }
}

value! {
    /// A group.
    Group from TypedColumnValueFieldsOnGroupValueGroup {
        /// Its id.
        id: GroupId,
        /// Its title.
        title: String,
        /// Its colour, as monday writes it.
        color: String,
    }
}

value! {
    /// How the items below are spread over the labels of a status.
    BatteryValue from TypedColumnValueFieldsOnBatteryValue {
        /// Its parts.
        battery_value: Vec<BatteryPart>,
    }
}

value! {
    /// How many items have one label.
    BatteryPart from TypedColumnValueFieldsOnBatteryValueBatteryValue {
        /// The label's key.
        key: Id,
        /// How many.
        count: i64,
    }
}
