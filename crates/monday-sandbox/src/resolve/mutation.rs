//! The root fields that write state.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Arguments, Found, Node, Noun, record};
use crate::fault::Fault;
use crate::resolve::relation::group_of;
use crate::world::{Item, seed};

impl Node<'_> {
    pub(super) fn mutation(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, Fault> {
        let mut world = self.context.world.borrow_mut();
        let item = |item: Arc<Item>| Found::Node(Noun::Item(item));
        let create_labels = arguments.flag("create_labels_if_missing");
        match name {
            "create_item" => {
                let values = arguments.json_text("column_values")?;
                let group = arguments.text("group_id");
                let name = arguments.text("item_name").unwrap_or_default();
                world
                    .create_item(
                        arguments.id("board_id")?,
                        group.as_deref(),
                        &name,
                        &values,
                        create_labels,
                    )
                    .map(item)
            }
            "change_multiple_column_values" => {
                let values = arguments.json_text("column_values")?;
                world
                    .change_values(
                        arguments.id("board_id")?,
                        arguments.id("item_id")?,
                        values,
                        create_labels,
                    )
                    .map(item)
            }
            "change_column_value" | "change_simple_column_value" => {
                let column = arguments.text("column_id").unwrap_or_default();
                let value = match (name, arguments.get("value")) {
                    ("change_column_value", Value::String(text)) => {
                        serde_json::from_str(&text).map_err(|_| {
                            Fault::new("InvalidArgumentException", "value is not JSON in a string")
                        })?
                    }
                    (_, value) => value,
                };
                let values = Map::from_iter([(column, value)]);
                world
                    .change_values(
                        arguments.id("board_id")?,
                        arguments.id("item_id")?,
                        values,
                        create_labels,
                    )
                    .map(item)
            }
            "delete_item" => world.remove_item(arguments.id("item_id")?, "deleted").map(item),
            "archive_item" => world.remove_item(arguments.id("item_id")?, "archived").map(item),
            "move_item_to_group" => {
                let (id, group) = (
                    arguments.id("item_id")?,
                    arguments.text("group_id").unwrap_or_default(),
                );
                let board_id = world.item_mut(id)?.board_id;
                if !world
                    .board_mut(board_id)?
                    .groups
                    .iter()
                    .any(|known| known["id"] == group)
                {
                    return Err(Fault::new("ResourceNotFoundException", "Group not found"));
                }
                let moved = world.item_mut(id)?;
                moved.group_id = group;
                Ok(item(Arc::new(moved.clone())))
            }
            "create_update" => {
                let item = arguments.id("item_id")?;
                world.item_mut(item)?;
                let (id, now, me) = (world.next_id(), world.now(), world.users.first().cloned());
                let creator = me
                    .and_then(|me| me["id"].as_str()?.parse().ok())
                    .unwrap_or_default();
                let update = seed::update(
                    id,
                    item,
                    creator,
                    &arguments.text("body").unwrap_or_default(),
                    &now,
                );
                world.updates.push(Arc::clone(&update));
                Ok(Found::Node(record("Update", &update)))
            }
            "create_board" => {
                let id = world.next_id();
                let name = arguments.text("board_name").unwrap_or_default();
                let workspace = arguments
                    .ids("workspace_id")
                    .map_or(json!("301"), |ids| json!(ids[0]));
                let mut board = seed::board(id, &name, workspace);
                board
                    .fields
                    .insert("board_kind".to_owned(), arguments.get("board_kind"));
                board
                    .fields
                    .insert("description".to_owned(), arguments.get("description"));
                let board = Arc::new(board);
                world.boards.push(Arc::clone(&board));
                Ok(Found::Node(Noun::Board(board)))
            }
            "create_group" => {
                let (board_id, id) = (arguments.id("board_id")?, world.next_id());
                let board = world.board_mut(board_id)?;
                let title = arguments.text("group_name").unwrap_or_default();
                let color = arguments
                    .text("group_color")
                    .unwrap_or_else(|| "#579bfc".to_owned());
                let group = seed::group(&format!("group_{id}"), &title, &color, board.groups.len() + 1);
                board.groups.push(Arc::clone(&group));
                Ok(Found::Node(group_of(board, &group)))
            }
            "create_workspace" => {
                let (id, now) = (world.next_id(), world.now());
                let workspace = seed::record(json!({
                    "id": id.to_string(), "name": arguments.text("name"), "kind": arguments.text("kind"),
                    "description": arguments.text("description"), "state": "active", "created_at": now,
                    "is_default_workspace": false,
                }));
                world.workspaces.push(Arc::clone(&workspace));
                Ok(Found::Node(record("Workspace", &workspace)))
            }
            _ => Ok(Found::Unknown),
        }
    }
}
