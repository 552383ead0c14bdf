//! monday's column types, and the value types that they have.
//!
//! Must not know: attributes.

use proc_macro2::TokenStream;
use quote::format_ident;
use quote::quote;
use syn::{LitStr, Result};

const COLUMN_TYPES: &[(&str, &str)] = &[
    ("board_relation", "BoardRelationValue"),
    ("button", "ButtonValue"),
    ("checkbox", "CheckboxValue"),
    ("color_picker", "ColorPickerValue"),
    ("country", "CountryValue"),
    ("creation_log", "CreationLogValue"),
    ("date", "DateValue"),
    ("dependency", "DependencyValue"),
    ("direct_doc", "DirectDocValue"),
    ("doc", "DocValue"),
    ("dropdown", "DropdownValue"),
    ("email", "EmailValue"),
    ("file", "FileValue"),
    ("formula", "FormulaValue"),
    ("group", "GroupValue"),
    ("hour", "HourValue"),
    ("integration", "IntegrationValue"),
    ("item_id", "ItemIdValue"),
    ("last_updated", "LastUpdatedValue"),
    ("link", "LinkValue"),
    ("location", "LocationValue"),
    ("long_text", "LongTextValue"),
    ("mirror", "MirrorValue"),
    ("numbers", "NumbersValue"),
    ("people", "PeopleValue"),
    ("person", "PersonValue"),
    ("phone", "PhoneValue"),
    ("progress", "ProgressValue"),
    ("rating", "RatingValue"),
    ("status", "StatusValue"),
    ("subtasks", "SubtasksValue"),
    ("tags", "TagsValue"),
    ("team", "TeamValue"),
    ("text", "TextValue"),
    ("time_tracking", "TimeTrackingValue"),
    ("timeline", "TimelineValue"),
    ("vote", "VoteValue"),
    ("week", "WeekValue"),
    ("world_clock", "WorldClockValue"),
];

/// Types of columns whose values monday does not give out.
const WITHOUT_VALUES: &[&str] = &["auto_number", "item_assignees"];

/// The value type of a column type.
pub(crate) fn value_type(name: &LitStr) -> Result<TokenStream> {
    let wanted = name.value();
    if let Some((_, value)) = COLUMN_TYPES.iter().find(|(column_type, _)| *column_type == wanted) {
        let value = format_ident!("{value}", span = name.span());
        return Ok(quote!(::monday_sdk::columns::#value));
    }
    let message = if WITHOUT_VALUES.contains(&wanted.as_str()) {
        format!("monday does not give out the values of columns of the type `{wanted}`")
    } else {
        let all: Vec<_> = COLUMN_TYPES.iter().map(|(column_type, _)| *column_type).collect();
        format!("no column type is called `{wanted}`; there are: {}", all.join(", "))
    };
    Err(syn::Error::new(name.span(), message))
}
