//! The root fields that write columns, and tags.
//!
//! Must not know: how a column is kept.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::mutation::Write;
use super::{Arguments, Found, Noun, record};
use crate::field_fault::FieldFault;
use crate::world::{Column, ColumnChange, Kind, NewColumn, World, ids_of};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("change_column_metadata", change_column_metadata),
    ("change_column_title", |world, arguments| {
        let title = arguments.text("title");
        change(world, arguments, "column_id", ColumnChange { title, ..ColumnChange::default() })
    }),
    ("create_column", |world, arguments| {
        let kind = arguments.text("column_type").unwrap_or_default();
        create(world, arguments, kind, arguments.json_text("defaults")?)
    }),
    ("create_dropdown_column", |world, arguments| {
        create(world, arguments, "dropdown".to_owned(), arguments.object("defaults"))
    }),
    ("create_or_get_tag", create_or_get_tag),
    ("create_status_column", |world, arguments| {
        create(world, arguments, "status".to_owned(), arguments.object("defaults"))
    }),
    ("delete_column", |world, arguments| {
        let column = arguments.text("column_id").unwrap_or_default();
        found(world.delete_column(arguments.id("board_id")?, &column))
    }),
    ("update_column", |world, arguments| {
        let kind = arguments.text("column_type").unwrap_or_default();
        let settings = arguments.json_text("settings")?;
        update(world, arguments, kind, settings)
    }),
    ("update_dropdown_column", |world, arguments| {
        update(world, arguments, "dropdown".to_owned(), arguments.object("settings"))
    }),
    ("update_status_column", |world, arguments| {
        update(world, arguments, "status".to_owned(), arguments.object("settings"))
    }),
];

fn found(column: Result<Arc<Column>, FieldFault>) -> Result<Found, FieldFault> {
    column.map(|column| Found::Node(Noun::Column(column)))
}

fn create(
    world: &mut World,
    arguments: &Arguments<'_>,
    kind: String,
    defaults: Map<String, Value>,
) -> Result<Found, FieldFault> {
    let new = NewColumn {
        id: arguments.text("id"),
        title: arguments.text("title").unwrap_or_default(),
        kind,
        description: arguments.text("description"),
        defaults,
        after: arguments.text("after_column_id"),
    };
    found(world.create_column(arguments.id("board_id")?, new))
}

fn update(
    world: &mut World,
    arguments: &Arguments<'_>,
    kind: String,
    settings: Map<String, Value>,
) -> Result<Found, FieldFault> {
    let new = ColumnChange {
        kind: Some(kind),
        revision: arguments.text("revision"),
        title: arguments.text("title"),
        description: arguments.text("description"),
        width: arguments.get("width").as_u64(),
        settings: Some(settings),
    };
    change(world, arguments, "id", new)
}

fn change_column_metadata(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let value = arguments.text("value");
    let new = match arguments.text("column_property").as_deref() {
        Some("title") => ColumnChange { title: value, ..ColumnChange::default() },
        Some("description") => ColumnChange { description: value, ..ColumnChange::default() },
        _ => {
            return Err(FieldFault::new(
                "InvalidArgumentException",
                "column_property is title or description",
            ));
        }
    };
    change(world, arguments, "column_id", new)
}

fn change(
    world: &mut World,
    arguments: &Arguments<'_>,
    id: &str,
    new: ColumnChange,
) -> Result<Found, FieldFault> {
    let column = arguments.text(id).unwrap_or_default();
    found(world.change_column(arguments.id("board_id")?, &column, new))
}

/// A tag of a board's own is a tag of the account that the board has.
fn create_or_get_tag(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let board = arguments.id_text("board_id");
    if let Some(board) = &board {
        world.check(Kind::Board, board)?;
    }
    let tag = world.tag(&arguments.text("tag_name").unwrap_or_default());
    if let (Some(board), Some(id)) = (board, ids_of(&tag, "id").first()) {
        world.set_members((Kind::Board, &board), Kind::Tag, &[(*id).to_owned()], &["tag_ids"], true)?;
    }
    Ok(Found::Node(record("Tag", &tag)))
}
