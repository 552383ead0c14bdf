//! The root fields that write items.
//!
//! Must not know: how an item is kept.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::arguments::id_within;
use super::mutation::Write;
use super::{Arguments, Found, Noun};
use crate::columns::Way;
use crate::field_fault::FieldFault;
use crate::world::{Beside, Item, Mapping, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("archive_item", |world, arguments| remove(world, arguments, "archived")),
    ("bulk_archive_items", |world, arguments| remove_many(world, arguments, "archived")),
    ("bulk_delete_items", |world, arguments| remove_many(world, arguments, "deleted")),
    ("change_column_value", change_column_value),
    ("change_item_position", change_item_position),
    ("change_multiple_column_values", |world, arguments| {
        change_values(world, arguments, arguments.json_text("column_values")?, Way::Many)
    }),
    ("change_simple_column_value", |world, arguments| {
        change_value(world, arguments, arguments.get("value"), Way::Simple)
    }),
    ("clear_item_updates", |world, arguments| found(world.clear_updates(arguments.id("item_id")?))),
    ("create_item", create_item),
    ("create_subitem", create_subitem),
    ("delete_item", |world, arguments| remove(world, arguments, "deleted")),
    ("duplicate_item", |world, arguments| {
        let (board, item) = (arguments.id("board_id")?, arguments.id("item_id")?);
        found(world.duplicate_item(board, item, arguments.flag("with_updates")))
    }),
    ("move_item_to_board", move_item_to_board),
    ("move_item_to_group", |world, arguments| {
        found(world.move_item(arguments.id("item_id")?, &arguments.text("group_id").unwrap_or_default()))
    }),
];

fn found(item: Result<Arc<Item>, FieldFault>) -> Result<Found, FieldFault> {
    item.map(|item| Found::Node(Noun::Item(item)))
}

fn remove(world: &mut World, arguments: &Arguments<'_>, state: &'static str) -> Result<Found, FieldFault> {
    found(world.remove_item(arguments.id("item_id")?, state))
}

/// All of them or none.
fn remove_many(
    world: &mut World,
    arguments: &Arguments<'_>,
    state: &'static str,
) -> Result<Found, FieldFault> {
    let job = world.next_id().to_string();
    world.remove_items(arguments.id("board_id")?, &arguments.id_list("item_ids"), state)?;
    Ok(Found::Json(json!({ "job_id": job })))
}

fn create_item(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (board_id, group) = (arguments.id("board_id")?, arguments.text("group_id"));
    let values = arguments.json_text("column_values")?;
    let name = arguments.text("item_name").unwrap_or_default();
    let create_labels = arguments.flag("create_labels_if_missing");
    let beside = beside(arguments)?;
    if let Some(Beside::Before(other) | Beside::After(other)) = beside {
        world.item_on(board_id, other)?;
    }
    let item = world.create_item(board_id, group.as_deref(), &name, &values, create_labels)?;
    match beside {
        Some(beside) => found(world.place_item(item.id, Some(beside), None, false)),
        None => found(Ok(item)),
    }
}

fn create_subitem(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (parent, values) = (arguments.id("parent_item_id")?, arguments.json_text("column_values")?);
    let name = arguments.text("item_name").unwrap_or_default();
    found(world.create_subitem(parent, &name, &values, arguments.flag("create_labels_if_missing")))
}

fn change_column_value(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let value = match arguments.get("value") {
        Value::String(text) => serde_json::from_str(&text)
            .map_err(|_| FieldFault::new("InvalidArgumentException", "value is not JSON in a string"))?,
        value => value,
    };
    change_value(world, arguments, value, Way::One)
}

fn change_value(
    world: &mut World,
    arguments: &Arguments<'_>,
    value: Value,
    way: Way,
) -> Result<Found, FieldFault> {
    let column = arguments.text("column_id").unwrap_or_default();
    change_values(world, arguments, Map::from_iter([(column, value)]), way)
}

fn change_values(
    world: &mut World,
    arguments: &Arguments<'_>,
    values: Map<String, Value>,
    way: Way,
) -> Result<Found, FieldFault> {
    let create_labels = arguments.flag("create_labels_if_missing");
    found(world.change_values(
        arguments.id("board_id")?,
        arguments.id("item_id")?,
        values,
        create_labels,
        way,
    ))
}

fn change_item_position(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (item, beside) = (arguments.id("item_id")?, beside(arguments)?);
    let group = arguments.id_text("group_id");
    found(world.place_item(item, beside, group.as_deref(), arguments.flag("group_top")))
}

fn move_item_to_board(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (item, board) = (arguments.id("item_id")?, arguments.id("board_id")?);
    let group = arguments.id_text("group_id").unwrap_or_default();
    let (columns, subitems) =
        (mapping(arguments, "columns_mapping"), mapping(arguments, "subitems_columns_mapping"));
    found(world.move_item_to_board(item, board, &group, columns.as_ref(), subitems.as_ref()))
}

fn mapping(arguments: &Arguments<'_>, name: &str) -> Option<Mapping> {
    let pair = |pair: &Value| (id_within(&pair["source"]).unwrap_or_default(), id_within(&pair["target"]));
    arguments.get(name).as_array().map(|pairs| pairs.iter().map(pair).collect())
}

/// The item that something goes beside.
fn beside(arguments: &Arguments<'_>) -> Result<Option<Beside<u64>>, FieldFault> {
    let Some(beside) = arguments.beside("relative_to") else { return Ok(None) };
    let id = arguments.id("relative_to")?;
    Ok(Some(match beside {
        Beside::Before(_) => Beside::Before(id),
        Beside::After(_) => Beside::After(id),
    }))
}
