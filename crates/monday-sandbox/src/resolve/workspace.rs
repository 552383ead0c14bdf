//! The root fields that write workspaces.
//!
//! Must not know: how a workspace is kept.

use super::mutation::Write;
use super::{Arguments, Found, record};
use crate::field_fault::FieldFault;
use crate::world::{Kind, Record, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("create_workspace", |world, arguments| {
        let (kind, description) = (arguments.get("kind"), arguments.get("description"));
        found(Ok(world.create_workspace(arguments.text("name").as_deref(), &kind, &description)))
    }),
    ("delete_workspace", |world, arguments| {
        found(world.delete_workspace(&arguments.id_text("workspace_id").unwrap_or_default()))
    }),
    ("update_workspace", update_workspace),
];

fn found(workspace: Result<Record, FieldFault>) -> Result<Found, FieldFault> {
    workspace.map(|workspace| Found::Node(record("Workspace", &workspace)))
}

/// Without an id, of the main one.
fn update_workspace(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let main = || world.workspaces.first().and_then(|first| first["id"].as_str()).map(str::to_owned);
    let id = arguments.id_text("id").or_else(main).unwrap_or_default();
    let mut fields = arguments.object("attributes");
    fields.retain(|key, value| match key.as_str() {
        "description" => true,
        "name" | "kind" => !value.is_null(),
        _ => false,
    });
    found(world.change(Kind::Workspace, &id, fields))
}
