//! The root fields that write state.
//!
//! Must not know: how an answer is formed.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Arguments, Found, Node, Noun, record};
use crate::field_fault::FieldFault;
use crate::resolve::relation::group_of;
use crate::world::{Item, World, seed};

impl Node<'_> {
    pub(super) fn mutation(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let mut world = self.context.world.borrow_mut();
        let world: &mut World = &mut world;
        let found = match name {
            "add_file_to_column" | "add_file_to_update" => self.add_file(world, name, arguments),
            "create_update" => create_update(world, arguments),
            "create_board" => Ok(create_board(world, arguments)),
            "create_group" => create_group(world, arguments),
            "create_workspace" => Ok(create_workspace(world, arguments)),
            _ => match write_item(world, name, arguments) {
                Some(item) => item.map(|item| Found::Node(Noun::Item(item))),
                None => Ok(Found::Unknown),
            },
        };
        if found.is_ok() {
            *world.writes.entry(name.to_owned()).or_default() += 1;
        }
        found
    }
}

/// Mutations that answer with the item they wrote; `None` for any other.
fn write_item(
    world: &mut World,
    name: &str,
    arguments: &Arguments<'_>,
) -> Option<Result<Arc<Item>, FieldFault>> {
    Some(match name {
        "create_item" => create_item(world, arguments),
        "change_multiple_column_values" => {
            arguments.json_text("column_values").and_then(|values| change_values(world, arguments, values))
        }
        "change_column_value" | "change_simple_column_value" => {
            let value = match (name, arguments.get("value")) {
                ("change_column_value", Value::String(text)) => serde_json::from_str(&text).map_err(|_| {
                    FieldFault::new("InvalidArgumentException", "value is not JSON in a string")
                }),
                (_, value) => Ok(value),
            };
            let column = arguments.text("column_id").unwrap_or_default();
            value.and_then(|value| change_values(world, arguments, Map::from_iter([(column, value)])))
        }
        "delete_item" => arguments.id("item_id").and_then(|id| world.remove_item(id, "deleted")),
        "archive_item" => arguments.id("item_id").and_then(|id| world.remove_item(id, "archived")),
        "move_item_to_group" => move_item(world, arguments),
        _ => return None,
    })
}

fn create_item(world: &mut World, arguments: &Arguments<'_>) -> Result<Arc<Item>, FieldFault> {
    let (board_id, group) = (arguments.id("board_id")?, arguments.text("group_id"));
    let values = arguments.json_text("column_values")?;
    let name = arguments.text("item_name").unwrap_or_default();
    world.create_item(board_id, group.as_deref(), &name, &values, arguments.flag("create_labels_if_missing"))
}

fn change_values(
    world: &mut World,
    arguments: &Arguments<'_>,
    values: Map<String, Value>,
) -> Result<Arc<Item>, FieldFault> {
    let create_labels = arguments.flag("create_labels_if_missing");
    world.change_values(arguments.id("board_id")?, arguments.id("item_id")?, values, create_labels)
}

fn move_item(world: &mut World, arguments: &Arguments<'_>) -> Result<Arc<Item>, FieldFault> {
    let (id, group) = (arguments.id("item_id")?, arguments.text("group_id").unwrap_or_default());
    let board_id = world.item_mut(id)?.board_id;
    if !world.board_mut(board_id)?.groups.iter().any(|known| known["id"] == group) {
        return Err(FieldFault::new("ResourceNotFoundException", "Group not found"));
    }
    let moved = world.item_mut(id)?;
    moved.group_id = group;
    Ok(Arc::new(moved.clone()))
}

fn create_update(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let item = arguments.id("item_id")?;
    world.item_mut(item)?;
    let (id, now) = (world.next_id(), world.now());
    let update = seed::update(id, item, seed::ME, &arguments.text("body").unwrap_or_default(), &now);
    world.updates.push(Arc::clone(&update));
    Ok(Found::Node(record("Update", &update)))
}

fn create_board(world: &mut World, arguments: &Arguments<'_>) -> Found {
    let id = world.next_id();
    let name = arguments.text("board_name").unwrap_or_default();
    let workspace =
        arguments.text("workspace_id").map_or_else(|| world.workspaces[0]["id"].clone(), |id| json!(id));
    let mut board = seed::board(id, &name, &workspace);
    board.fields.insert("board_kind".to_owned(), arguments.get("board_kind"));
    board.fields.insert("description".to_owned(), arguments.get("description"));
    let board = Arc::new(board);
    world.boards.push(Arc::clone(&board));
    Found::Node(Noun::Board(board))
}

fn create_group(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (board_id, id) = (arguments.id("board_id")?, world.next_id());
    let board = world.board_mut(board_id)?;
    let title = arguments.text("group_name").unwrap_or_default();
    let color = arguments.text("group_color").unwrap_or_else(|| "#579bfc".to_owned());
    let group = seed::group(&format!("group_{id}"), &title, &color, board.groups.len() + 1);
    board.groups.push(Arc::clone(&group));
    Ok(Found::Node(group_of(board, &group)))
}

fn create_workspace(world: &mut World, arguments: &Arguments<'_>) -> Found {
    let (id, now) = (world.next_id(), world.now());
    let workspace = seed::record(json!({
        "id": id.to_string(), "name": arguments.text("name"), "kind": arguments.text("kind"),
        "description": arguments.text("description"), "state": "active", "created_at": now,
        "is_default_workspace": false,
    }));
    world.workspaces.push(Arc::clone(&workspace));
    Found::Node(record("Workspace", &workspace))
}
