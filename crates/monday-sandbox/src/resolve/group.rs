//! The root fields that write groups.
//!
//! Must not know: how a group is kept.

use serde_json::{Map, json};

use super::mutation::Write;
use super::relation::group_of;
use super::{Arguments, Found};
use crate::field_fault::FieldFault;
use crate::world::{Beside, Kind, Record, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("archive_group", |world, arguments| remove(world, arguments, "archived")),
    ("create_group", create_group),
    ("delete_group", |world, arguments| remove(world, arguments, "deleted")),
    ("duplicate_group", duplicate_group),
    ("update_group", update_group),
];

/// A group of this board.
fn found(world: &World, board: u64, group: &Record) -> Result<Found, FieldFault> {
    let board = world.board(board).ok_or_else(|| Kind::Board.missing(&board.to_string()))?;
    Ok(Found::Node(group_of(&board, group)))
}

fn remove(world: &mut World, arguments: &Arguments<'_>, state: &'static str) -> Result<Found, FieldFault> {
    let (board, group) = (arguments.id("board_id")?, arguments.text("group_id").unwrap_or_default());
    let group = world.remove_group(board, &group, state)?;
    found(world, board, &group)
}

fn create_group(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (board, title) = (arguments.id("board_id")?, arguments.text("group_name").unwrap_or_default());
    let beside = arguments.beside("relative_to");
    let beside = beside.as_ref().map(|beside| match beside {
        Beside::Before(other) => Beside::Before(other.as_str()),
        Beside::After(other) => Beside::After(other.as_str()),
    });
    let color = arguments.text("group_color");
    let mut group = world.create_group(board, &title, color.as_deref(), beside)?;
    if let (Some(position), None) = (arguments.text("position"), beside) {
        let id = group["id"].as_str().unwrap_or_default().to_owned();
        group = world.position_group(board, &id, &position)?;
    }
    found(world, board, &group)
}

fn duplicate_group(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (board, group) = (arguments.id("board_id")?, arguments.text("group_id").unwrap_or_default());
    let title = arguments.text("group_title");
    let copy = world.duplicate_group(board, &group, title.as_deref(), arguments.flag("add_to_top"))?;
    found(world, board, &copy)
}

fn update_group(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (board, id) = (arguments.id("board_id")?, arguments.text("group_id").unwrap_or_default());
    let new = arguments.text("new_value").unwrap_or_default();
    let group = match arguments.text("group_attribute").unwrap_or_default().as_str() {
        "position" => world.position_group(board, &id, &new),
        "relative_position_after" => world.place_group(board, &id, Beside::After(&new)),
        "relative_position_before" => world.place_group(board, &id, Beside::Before(&new)),
        attribute => world.change_group(board, &id, Map::from_iter([(attribute.to_owned(), json!(new))])),
    };
    found(world, board, &group?)
}
