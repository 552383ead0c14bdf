//! Which Rust type a column's field has, and which column a Rust type is for.
//!
//! Must not know: files, names of fields.

use syn::{GenericArgument, PathArguments, Type};

/// How a column is read.
pub(super) enum Reading {
    /// As a field of this type; whether the attribute says the column's type too, since the Rust type alone means another.
    /// Paths stand in `[…]`, and `[]` is the enum of its labels.
    Field { template: &'static str, is_said: bool },
    /// Not, for this reason.
    Not(&'static str),
}

/// Column type, type of the field, whether the attribute has `type = "…"`.
const FIELDS: &[(&str, &str, bool)] = &[
    ("board_relation", "Vec<[monday_sdk::ItemId]>", false),
    ("button", "[monday_sdk::columns::ButtonValue]", false),
    ("checkbox", "bool", false),
    ("color_picker", "Option<[monday_sdk::columns::Color]>", false),
    ("country", "Option<[monday_sdk::columns::Country]>", false),
    ("creation_log", "Option<[monday_sdk::columns::jiff::Timestamp]>", true),
    ("date", "Option<[monday_sdk::columns::jiff::civil::Date]>", false),
    ("dependency", "Vec<[monday_sdk::ItemId]>", true),
    ("direct_doc", "[monday_sdk::columns::DirectDocValue]", false),
    ("doc", "[monday_sdk::columns::DocValue]", false),
    ("dropdown", "Vec<[]>", false),
    ("email", "Option<[monday_sdk::columns::Email]>", false),
    ("file", "[monday_sdk::columns::FileValue]", false),
    ("formula", "String", true),
    ("group", "[monday_sdk::columns::GroupValue]", false),
    ("hour", "Option<[monday_sdk::columns::jiff::civil::Time]>", false),
    ("integration", "[monday_sdk::columns::IntegrationValue]", false),
    ("item_id", "[monday_sdk::columns::ItemIdValue]", false),
    ("last_updated", "Option<[monday_sdk::columns::jiff::Timestamp]>", true),
    ("link", "Option<[monday_sdk::columns::Link]>", false),
    ("location", "Option<[monday_sdk::columns::Location]>", false),
    ("long_text", "String", true),
    ("mirror", "String", true),
    ("numbers", "Option<f64>", false),
    ("people", "Vec<[monday_sdk::columns::Assignee]>", false),
    ("person", "[monday_sdk::columns::PersonValue]", false),
    ("phone", "Option<[monday_sdk::columns::Phone]>", false),
    ("progress", "String", true),
    ("rating", "Option<u8>", false),
    ("status", "Option<[]>", false),
    ("tags", "Vec<[monday_sdk::TagId]>", false),
    ("team", "Option<[monday_sdk::TeamId]>", false),
    ("text", "String", false),
    ("time_tracking", "[monday_sdk::columns::TimeTrackingValue]", false),
    ("timeline", "Option<[std::ops::RangeInclusive]<[monday_sdk::columns::jiff::civil::Date]>>", false),
    ("vote", "[monday_sdk::columns::VoteValue]", false),
    ("week", "Option<[monday_sdk::columns::jiff::civil::Date]>", true),
    ("world_clock", "Option<[monday_sdk::columns::jiff::tz::TimeZone]>", false),
];

/// How columns of a type are read.
pub(super) fn reading(kind: &str) -> Reading {
    if let Some((_, template, is_said)) = FIELDS.iter().find(|(known, ..)| *known == kind) {
        return Reading::Field { template, is_said: *is_said };
    }
    Reading::Not(match kind {
        "subtasks" => "subitems are rows of their own, `#[monday(subitems)]` of the type `Vec<Row<STRUCT>>`",
        "auto_number" | "item_assignees" => "monday does not give out its values",
        _ => "the SDK has no type for it",
    })
}

/// The paths in a template.
pub(super) fn paths(template: &str) -> impl Iterator<Item = &str> {
    template.split('[').skip(1).filter_map(|part| part.split_once(']')).map(|(path, _)| path)
}

/// A template with its paths written in another way, and its enum.
pub(super) fn filled(template: &str, labels: &str, write: impl Fn(&str) -> String) -> String {
    let mut text = template.replace("[]", labels);
    for path in paths(template).filter(|path| !path.is_empty()) {
        text = text.replace(&format!("[{path}]"), &write(path));
    }
    text
}

/// All names that fields' types bring into a file.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    FIELDS.iter().flat_map(|(_, template, _)| paths(template)).filter_map(|path| path.rsplit("::").next())
}

/// The type of the columns that a field of this type holds unless its attribute says another; `None` for a type that is
/// not known here. Labels are told apart by `is_label`.
pub(super) fn kind_of(ty: &Type, is_label: impl Fn(&str) -> bool) -> Option<&'static str> {
    let (name, argument) = named(ty)?;
    if name == "Option" {
        return kind_of(argument?, is_label);
    }
    let inner = argument.and_then(named).map(|(name, _)| name);
    Some(match (name.as_str(), inner.as_deref()) {
        ("Vec", Some("UserId" | "Assignee")) => "people",
        ("Vec", Some("TagId")) => "tags",
        ("Vec", Some("ItemId")) => "board_relation",
        ("Vec", Some(inner)) if is_label(inner) => "dropdown",
        ("String", None) => "text",
        ("bool", None) => "checkbox",
        ("f64" | "i64", None) => "numbers",
        ("u8", None) => "rating",
        ("Date" | "Timestamp", None) => "date",
        ("Time", None) => "hour",
        ("RangeInclusive", Some("Date")) => "timeline",
        ("TimeZone", None) => "world_clock",
        ("TeamId", None) => "team",
        ("Email", None) => "email",
        ("Link", None) => "link",
        ("Phone", None) => "phone",
        ("Location", None) => "location",
        ("Country", None) => "country",
        ("Color", None) => "color_picker",
        (name, None) if is_label(name) => "status",
        (name, None) => {
            let whole = |template: &str| paths(template).any(|path| path.rsplit("::").next() == Some(name));
            FIELDS.iter().find(|(_, template, _)| template.starts_with('[') && whole(template))?.0
        }
        _ => return None,
    })
}

/// The enum that a field's type names: in an `Option` or a `Vec`, or by itself.
pub(super) fn innermost(ty: &Type) -> Option<String> {
    let (name, argument) = named(ty)?;
    match argument {
        Some(argument) if matches!(name.as_str(), "Option" | "Vec") => innermost(argument),
        _ => Some(name),
    }
}

/// The last name of a path and its first argument.
fn named(ty: &Type) -> Option<(String, Option<&Type>)> {
    let Type::Path(path) = ty else { return None };
    let last = path.path.segments.last()?;
    let argument = match &last.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        _ => None,
    };
    Some((last.ident.to_string(), argument))
}
