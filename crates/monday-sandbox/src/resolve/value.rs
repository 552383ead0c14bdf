//! Columns, and the values that items have in them.
//!
//! Must not know: how a value is stored.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::relation::{group_of, json_of};
use super::{Found, Node, Noun, asset, record};
use crate::columns;
use crate::world::{Column, Item, World};

impl Node<'_> {
    pub(super) fn of_value(&self, column: &Arc<Column>, item: &Arc<Item>, name: &str) -> Found {
        let world = self.context.world.borrow();
        match name {
            "id" => json_of(&column.id),
            "type" => json_of(&column.kind),
            "is_leaf" => Found::Json(json!(true)),
            "text" => Found::Json(json!(columns::text(&world, column, item))),
            // The scalar holds JSON in a string here.
            "value" => Found::Json(json!(columns::value(column, item).map(ToString::to_string))),
            "files" if column.kind == "file" => asset::files_of(item.values.get(&column.id)),
            "column" => Found::Node(Noun::Column(Arc::clone(column))),
            "linked_items" | "subitems" => linked(&world, column, item),
            "creator" | "updater" => {
                Found::optional(world.user(item.creator_id).map(|user| record("User", &user)))
            }
            "group" => {
                let board = world.board(item.board_id);
                let group = board.and_then(|board| {
                    let group = board.groups.iter().find(|group| group["id"] == item.group_id)?;
                    Some(group_of(&board, group))
                });
                Found::optional(group)
            }
            _ => columns::typed(&world, column, item).remove(name).map_or(Found::Unknown, Found::Json),
        }
    }
}

pub(super) fn of_column(column: &Column, name: &str) -> Found {
    match name {
        "id" => json_of(&column.id),
        "title" => json_of(&column.title),
        "type" => json_of(&column.kind),
        "archived" => Found::Json(json!(false)),
        "description" => Found::Json(json!(column.description)),
        "width" => Found::Json(json!(column.width)),
        "revision" => json_of(&column.revision()),
        "settings" => Found::Json(settings(column)),
        "settings_str" => json_of(&settings(column).to_string()),
        _ => Found::Unknown,
    }
}

fn settings(column: &Column) -> Value {
    let labels: Map<_, _> =
        column.labels.iter().map(|(index, label)| (index.to_string(), json!(label))).collect();
    if labels.is_empty() { json!({}) } else { json!({ "labels": labels }) }
}

/// The items a value leads to, as far as there are such items.
fn linked(world: &World, column: &Column, item: &Item) -> Found {
    let ids = columns::linked_ids(world, column, item);
    let items = ids.iter().filter_map(|id| world.items.get(id)).filter(|item| item.state != "deleted");
    Found::Nodes(items.cloned().map(Noun::Item).collect())
}
