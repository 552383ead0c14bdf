//! The root fields that write folders.
//!
//! Must not know: how a folder is kept.

use serde_json::Value;

use super::mutation::Write;
use super::{Arguments, Found, record};
use crate::field_fault::FieldFault;
use crate::world::{Record, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("create_folder", |world, arguments| {
        let (workspace, parent) = place(arguments);
        found(world.create_folder(arguments.given(FIELDS), workspace, parent.as_deref()))
    }),
    ("delete_folder", |world, arguments| {
        found(world.delete_folder(&arguments.id_text("folder_id").unwrap_or_default()))
    }),
    ("update_folder", update_folder),
];

/// What is given and kept alike.
const FIELDS: &[(&str, &str)] =
    &[("name", "name"), ("color", "color"), ("custom_icon", "custom_icon"), ("font_weight", "font_weight")];

fn found(folder: Result<Record, FieldFault>) -> Result<Found, FieldFault> {
    folder.map(|folder| Found::Node(record("Folder", &folder)))
}

fn place(arguments: &Arguments<'_>) -> (Option<String>, Option<String>) {
    (arguments.id_text("workspace_id"), arguments.id_text("parent_folder_id"))
}

fn update_folder(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (workspace, parent) = place(arguments);
    let mut fields = arguments.given(FIELDS);
    if fields.get("name").is_some_and(Value::is_null) {
        fields.remove("name");
    }
    found(world.change_folder(
        &arguments.id_text("folder_id").unwrap_or_default(),
        fields,
        workspace,
        parent.as_deref(),
    ))
}
