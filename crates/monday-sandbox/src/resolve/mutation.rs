//! The root fields that write state.
//!
//! Must not know: how an answer is formed.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::webhook::delete_webhook;
use super::{Arguments, Found, Node, Noun, record};
use crate::columns::Way;
use crate::field_fault::FieldFault;
use crate::resolve::relation::group_of;
use crate::world::{Happened, Item, NewColumn, World, seed};

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
            "create_column" => create_column(world, arguments),
            "delete_column" => delete_column(world, arguments),
            "change_column_title" => change_column_title(world, arguments),
            "create_or_get_tag" => {
                let tag = world.tag(&arguments.text("tag_name").unwrap_or_default());
                Ok(Found::Node(record("Tag", &tag)))
            }
            "create_webhook" => self.create_webhook(world, arguments),
            "delete_webhook" => arguments.id("id").and_then(|id| delete_webhook(world, id)),
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
        "create_subitem" => create_subitem(world, arguments),
        "change_multiple_column_values" => arguments
            .json_text("column_values")
            .and_then(|values| change_values(world, arguments, values, Way::Many)),
        "change_column_value" | "change_simple_column_value" => {
            let value = match (name, arguments.get("value")) {
                ("change_column_value", Value::String(text)) => serde_json::from_str(&text).map_err(|_| {
                    FieldFault::new("InvalidArgumentException", "value is not JSON in a string")
                }),
                (_, value) => Ok(value),
            };
            let column = arguments.text("column_id").unwrap_or_default();
            let way = if name == "change_column_value" { Way::One } else { Way::Simple };
            value.and_then(|value| change_values(world, arguments, Map::from_iter([(column, value)]), way))
        }
        "delete_item" => arguments.id("item_id").and_then(|id| world.remove_item(id, "deleted")),
        "archive_item" => arguments.id("item_id").and_then(|id| world.remove_item(id, "archived")),
        "move_item_to_group" => arguments
            .id("item_id")
            .and_then(|id| world.move_item(id, &arguments.text("group_id").unwrap_or_default())),
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
    way: Way,
) -> Result<Arc<Item>, FieldFault> {
    let create_labels = arguments.flag("create_labels_if_missing");
    world.change_values(arguments.id("board_id")?, arguments.id("item_id")?, values, create_labels, way)
}

fn create_subitem(world: &mut World, arguments: &Arguments<'_>) -> Result<Arc<Item>, FieldFault> {
    let (parent, values) = (arguments.id("parent_item_id")?, arguments.json_text("column_values")?);
    let name = arguments.text("item_name").unwrap_or_default();
    world.create_subitem(parent, &name, &values, arguments.flag("create_labels_if_missing"))
}

fn create_column(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let new = NewColumn {
        id: arguments.text("id"),
        title: arguments.text("title").unwrap_or_default(),
        kind: arguments.text("column_type").unwrap_or_default(),
        description: arguments.text("description"),
        defaults: arguments.json_text("defaults")?,
        after: arguments.text("after_column_id"),
    };
    world.create_column(arguments.id("board_id")?, new).map(|column| Found::Node(Noun::Column(column)))
}

fn delete_column(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let column = arguments.text("column_id").unwrap_or_default();
    world.delete_column(arguments.id("board_id")?, &column).map(|column| Found::Node(Noun::Column(column)))
}

fn change_column_title(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let column = arguments.text("column_id").unwrap_or_default();
    let title = arguments.text("title").unwrap_or_default();
    let column = world.rename_column(arguments.id("board_id")?, &column, title);
    column.map(|column| Found::Node(Noun::Column(column)))
}

fn create_update(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let item = arguments.id("item_id")?;
    let on = Arc::new(world.item_mut(item)?.clone());
    let (id, now) = (world.next_id(), world.now());
    let update = seed::update(id, item, seed::ME, &arguments.text("body").unwrap_or_default(), &now);
    world.updates.push(Arc::clone(&update));
    world.happened(&on, Happened::Updated { update: Arc::clone(&update) });
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
