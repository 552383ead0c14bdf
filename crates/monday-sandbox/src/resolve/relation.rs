//! Fields of nouns: their own, and those that lead to other nouns.
//!
//! Must not know: root fields.

use std::sync::Arc;

use heck::ToUpperCamelCase;
use serde_json::json;

use super::asset::{self, assets_of};
use super::document::parts;
use super::lead::followed;
use super::value::of_column;
use super::{Arguments, Found, Node, Noun, listed, place_of, record};
use crate::field_fault::FieldFault;
use crate::world::cursors::Place;
use crate::world::{Board, Filter, Item, Kind, Record, id_of};

const LARGEST_ITEMS_PAGE: usize = 500;

impl Node<'_> {
    pub(super) fn relation(&self, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        match &self.noun {
            Noun::Board(board) => self.of_board(board, name, arguments),
            Noun::Item(item) => self.of_item(item, name, arguments),
            Noun::Column(column) => Ok(of_column(column, name)),
            Noun::ColumnValue { column, item, .. } => Ok(self.of_value(column, item, name)),
            Noun::Record { type_name, fields } => self.of_record(type_name, fields, name, arguments),
            _ => Ok(Found::Unknown),
        }
    }

    fn of_board(
        &self,
        board: &Arc<Board>,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        if let Some(value) = board.fields.get(name) {
            return Ok(Found::Json(value.clone()));
        }
        let world = self.context.world.borrow();
        if let Some(found) = followed(&world, "Board", &board.fields, name, arguments) {
            return found;
        }
        let (ids, types) = (arguments.ids("ids"), arguments.ids("types"));
        Ok(match name {
            "items_count" => Found::Json(json!(board.items.len())),
            "groups" => {
                let wanted = board
                    .groups
                    .iter()
                    .filter(|group| listed(ids.as_deref(), group["id"].as_str().unwrap_or_default()));
                Found::Nodes(wanted.map(|group| group_of(board, group)).collect())
            }
            "top_group" => Found::optional(board.groups.first().map(|group| group_of(board, group))),
            "columns" => {
                let wanted = board.columns.iter().filter(|column| {
                    listed(ids.as_deref(), &column.id) && listed(types.as_deref(), &column.kind)
                });
                Found::Nodes(wanted.cloned().map(Noun::Column).collect())
            }
            "items_page" => {
                drop(world);
                return self.items_page(board, None, arguments);
            }
            "updates" => {
                let on_board = |update: &&Record| {
                    let item = update["item_id"].as_str().and_then(|id| world.items.get(&id.parse().ok()?));
                    item.is_some_and(|item| item.board_id == board.id)
                };
                let updates = world.posts().filter(on_board).map(|update| record("Update", update)).collect();
                Found::Nodes(arguments.page(updates, 25)?)
            }
            _ => Found::Unknown,
        })
    }

    fn of_item(&self, item: &Arc<Item>, name: &str, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let world = self.context.world.borrow();
        let board = || world.board(item.board_id);
        let id = item.id.to_string();
        Ok(match name {
            "id" => json_of(&id),
            "name" => json_of(&item.name),
            "state" => json_of(item.state),
            "created_at" => json_of(&item.created_at),
            "updated_at" => json_of(&item.updated_at),
            "creator_id" => json_of(&item.creator_id.to_string()),
            "email" => json_of(&format!("pulse-{id}@sandbox.example")),
            "relative_link" => json_of(&format!("/boards/{}/pulses/{id}", item.board_id)),
            "url" => json_of(&format!("https://sandbox-inc.monday.com/boards/{}/pulses/{id}", item.board_id)),
            "parent_item" => {
                Found::optional(item.parent.and_then(|id| world.items.get(&id)).cloned().map(Noun::Item))
            }
            "assets" => assets_of(asset::wanted(&world, item, arguments), &world),
            "subitems" => Found::Nodes(world.subitems_of(item.id).map(Noun::Item).collect()),
            "linked_items" => Found::Nodes(Vec::new()),
            "board" => Found::optional(board().map(Noun::Board)),
            "group" => {
                let group = board().and_then(|board| {
                    let group = board.groups.iter().find(|group| group["id"] == item.group_id)?;
                    Some(group_of(&board, group))
                });
                Found::optional(group)
            }
            "creator" => Found::optional(world.user(item.creator_id).map(|user| record("User", &user))),
            "subscribers" => Found::Nodes(
                world.user(item.creator_id).map(|user| record("User", &user)).into_iter().collect(),
            ),
            "updates" => {
                let updates = world.posts().filter(|update| update["item_id"] == id);
                Found::Nodes(arguments.page(updates.map(|update| record("Update", update)).collect(), 25)?)
            }
            "column_values" => {
                let (ids, types) = (arguments.ids("ids"), arguments.ids("types"));
                let board = board();
                let columns = board.iter().flat_map(|board| &board.columns);
                // These never have a column value.
                let none = |kind: &str| matches!(kind, "name" | "auto_number" | "item_assignees");
                let columns = columns.filter(|column| !none(&column.kind));
                let columns = columns.filter(|column| {
                    listed(ids.as_deref(), &column.id) && listed(types.as_deref(), &column.kind)
                });
                let value = |column: &Arc<_>| value_of(column, item);
                Found::Nodes(columns.map(value).collect())
            }
            _ => Found::Unknown,
        })
    }

    fn of_record(
        &self,
        type_name: &str,
        fields: &Record,
        name: &str,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        let world = self.context.world.borrow();
        if let Some(found) = followed(&world, type_name, fields, name, arguments) {
            return found;
        }
        let id = |key: &str| id_of(fields, key);
        Ok(match (type_name, name) {
            ("User", "account") => Found::Node(record("Account", &world.account)),
            ("Update" | "Reply", "assets") => {
                assets_of(id("id").map(|id| world.assets.on_update(id)).unwrap_or_default(), &world)
            }
            ("FileAssetValue", "asset") => {
                let asset = id("asset_id").and_then(|id| world.assets.get(id));
                Found::optional(asset.map(|asset| asset::asset_of(asset, &world)))
            }
            ("DocumentBlockV2", "content") => parts(fields),
            ("Group", "items_page") => {
                let board = id("board_id").and_then(|id| world.board(id));
                drop(world);
                let group = fields["id"].as_str();
                return board.map_or(Ok(Found::Unknown), |board| self.items_page(&board, group, arguments));
            }
            ("ItemsResponse", "items") => {
                let ids = fields["items"].as_array().into_iter().flatten();
                let items = ids.filter_map(|id| world.items.get(&id.as_u64()?)).cloned();
                Found::Nodes(items.map(Noun::Item).collect())
            }
            _ => fields.get(name).map_or(Found::Unknown, |value| Found::Json(value.clone())),
        })
    }

    fn items_page(
        &self,
        board: &Board,
        group: Option<&str>,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        let params = arguments.get("query_params");
        let world = self.context.world.borrow();
        let place = match arguments.text("cursor") {
            Some(_) if !params.is_null() => {
                return Err(FieldFault::new(
                    "InvalidArgumentException",
                    "query_params and cursor exclude each other",
                ));
            }
            Some(cursor) => place_of(&world, &cursor)?,
            None => {
                let items = board.items.iter().filter_map(|id| world.items.get(id)).map(AsRef::as_ref);
                let items = items.filter(|item: &&Item| group.is_none_or(|group| item.group_id == group));
                Place::start(Filter::parse(&params)?.apply(&world, board, items)?)
            }
        };
        drop(world);
        self.items_response(place, arguments)
    }

    /// The items that have one of the values, as text, in each of the columns.
    pub(super) fn items_page_by_values(&self, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let world = self.context.world.borrow();
        let wanted = arguments.get("columns");
        let place = match arguments.text("cursor") {
            Some(_) if !wanted.is_null() => {
                return Err(FieldFault::new(
                    "InvalidArgumentException",
                    "columns and cursor exclude each other",
                ));
            }
            Some(cursor) => place_of(&world, &cursor)?,
            None => {
                let id = arguments.id("board_id")?;
                let board = world.board(id).ok_or_else(|| Kind::Board.missing(&id.to_string()))?;
                let mut items: Vec<u64> = board.items.clone();
                for rule in wanted.as_array().into_iter().flatten() {
                    let column = board.columns.iter().find(|column| rule["column_id"] == column.id);
                    let id = rule["column_id"].as_str().unwrap_or_default();
                    let column = column.ok_or_else(|| crate::columns::unknown(id))?;
                    let values = rule["column_values"].as_array().cloned().unwrap_or_default();
                    let has = |item: &Item| {
                        let text = if column.kind == "name" {
                            Some(item.name.clone())
                        } else {
                            crate::columns::text(&world, column, item)
                        };
                        values.contains(&json!(text.unwrap_or_default()))
                    };
                    items.retain(|id| world.items.get(id).is_some_and(|item| has(item)));
                }
                Place::start(items)
            }
        };
        drop(world);
        self.items_response(place, arguments)
    }

    /// A page of items, and the cursor for the next one.
    pub(super) fn items_response(
        &self,
        place: Place,
        arguments: &Arguments<'_>,
    ) -> Result<Found, FieldFault> {
        let limit = arguments.number("limit", 25, LARGEST_ITEMS_PAGE)?;
        let (items, next) = place.take(limit);
        let mut world = self.context.world.borrow_mut();
        let cursor = next.map(|next| world.cursors.keep(next));
        Ok(Found::Json(json!({"cursor": cursor, "items": items})))
    }
}

/// A group knows its board, for the sake of its items.
pub(super) fn group_of(board: &Board, group: &Record) -> Noun {
    let mut fields = (**group).clone();
    fields.insert("board_id".to_owned(), json!(board.id.to_string()));
    Noun::Record { type_name: "Group".to_owned(), fields: Arc::new(fields) }
}

/// `long_text` is a `LongTextValue`; the schema names every type so.
fn value_of(column: &Arc<crate::world::Column>, item: &Arc<Item>) -> Noun {
    let type_name = format!("{}Value", column.kind.to_upper_camel_case());
    Noun::ColumnValue { type_name, column: Arc::clone(column), item: Arc::clone(item) }
}

pub(super) fn json_of(text: &str) -> Found {
    Found::Json(json!(text))
}
