//! The root fields that write updates.
//!
//! Must not know: how an update is kept.

use super::mutation::Write;
use super::{Arguments, Found, record};
use crate::field_fault::FieldFault;
use crate::world::{NewUpdate, Record, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("create_update", create_update),
    ("delete_update", |world, arguments| found(world.delete_update(&id(arguments, "id")))),
    ("edit_update", |world, arguments| {
        found(world.edit_update(&id(arguments, "id"), &arguments.text("body").unwrap_or_default()))
    }),
    ("like_update", |world, arguments| {
        let reaction = arguments.text("reaction_type").unwrap_or_else(|| "like".to_owned());
        found(world.like(&id(arguments, "update_id"), Some(&reaction)))
    }),
    ("pin_to_top", |world, arguments| {
        found(world.pin(&id(arguments, "id"), arguments.id_text("item_id"), true))
    }),
    ("unlike_update", |world, arguments| found(world.like(&id(arguments, "update_id"), None))),
    ("unpin_from_top", |world, arguments| {
        found(world.pin(&id(arguments, "id"), arguments.id_text("item_id"), false))
    }),
];

fn found(update: Result<Record, FieldFault>) -> Result<Found, FieldFault> {
    update.map(|update| Found::Node(record("Update", &update)))
}

fn id(arguments: &Arguments<'_>, name: &str) -> String {
    arguments.id_text(name).unwrap_or_default()
}

fn create_update(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let item = if arguments.get("item_id").is_null() { None } else { Some(arguments.id("item_id")?) };
    found(world.create_update(NewUpdate {
        item,
        parent: arguments.id_text("parent_id"),
        body: arguments.text("body").unwrap_or_default(),
        original_creation_date: arguments.text("original_creation_date"),
    }))
}
