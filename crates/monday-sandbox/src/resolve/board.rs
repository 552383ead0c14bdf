//! The root fields that write boards.
//!
//! Must not know: how a board is kept.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::arguments::id_within;
use super::mutation::Write;
use super::{Arguments, Found, Noun};
use crate::field_fault::FieldFault;
use crate::world::{Board, Copied, Kind, NewBoard, World};

pub(super) const WRITES: &[(&str, Write)] = &[
    ("archive_board", |world, arguments| found(world.remove_board(arguments.id("board_id")?, "archived"))),
    ("create_board", create_board),
    ("delete_board", |world, arguments| found(world.remove_board(arguments.id("board_id")?, "deleted"))),
    ("duplicate_board", duplicate_board),
    ("update_board", update_board),
    ("update_board_hierarchy", update_board_hierarchy),
];

fn found(board: Result<Arc<Board>, FieldFault>) -> Result<Found, FieldFault> {
    board.map(|board| Found::Node(Noun::Board(board)))
}

fn create_board(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let mut fields = Map::from_iter([
        ("board_kind".to_owned(), arguments.get("board_kind")),
        ("description".to_owned(), arguments.get("description")),
    ]);
    let terminology = arguments.object("item_nickname").get("singular").cloned();
    fields.extend(terminology.map(|terminology| ("item_terminology".to_owned(), terminology)));
    found(
        world.create_board(NewBoard {
            name: arguments.text("board_name").unwrap_or_default(),
            workspace: arguments.id_text("workspace_id"),
            folder: arguments.id_text("folder_id"),
            is_empty: arguments.flag("empty"),
            fields,
            members: [
                [arguments.id_list("board_subscriber_ids"), arguments.id_list("board_owner_ids")].concat(),
                arguments.id_list("board_owner_ids"),
                [arguments.id_list("board_subscriber_teams_ids"), arguments.id_list("board_owner_team_ids")]
                    .concat(),
                arguments.id_list("board_owner_team_ids"),
            ],
        }),
    )
}

/// What it does is done when it answers.
fn duplicate_board(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let kind = arguments.text("duplicate_type").unwrap_or_default();
    let copied = Copied {
        name: arguments.text("board_name"),
        workspace: arguments.id_text("workspace_id"),
        folder: arguments.id_text("folder_id"),
        with_items: kind != "duplicate_board_with_structure",
        with_updates: kind == "duplicate_board_with_pulses_and_updates",
        keeps_subscribers: arguments.flag("keep_subscribers"),
    };
    let board = world.duplicate_board(arguments.id("board_id")?, copied)?;
    Ok(Found::Json(json!({"board_id": board.id.to_string(), "is_async": false})))
}

/// Answers with what it was before, as JSON in a string.
fn update_board(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let (attribute, new) =
        (arguments.text("board_attribute").unwrap_or_default(), arguments.text("new_value"));
    let new = new.unwrap_or_default();
    let id = arguments.id_text("board_id").unwrap_or_default();
    world.check(Kind::Board, &id)?;
    let refuse = |message: &str| Err(FieldFault::new("InvalidArgumentException", message));
    let (key, value) = match attribute.as_str() {
        "name" if new.is_empty() => return refuse("A board wants a name"),
        "communication" => match serde_json::from_str(&new) {
            Ok(value) => ("communication", value),
            Err(_) => return refuse("new_value is not JSON in a string"),
        },
        "item_nickname" => match serde_json::from_str::<Value>(&new) {
            Ok(value) => ("item_terminology", value["singular"].clone()),
            Err(_) => return refuse("new_value is not JSON in a string"),
        },
        attribute => (attribute, json!(new)),
    };
    let now = world.now();
    let fields = world.fields_mut(Kind::Board, &id)?;
    let before = fields.insert(key.to_owned(), value);
    fields.insert("updated_at".to_owned(), json!(now));
    let undo = json!({"undo_record_id": null, "action_type": format!("modify_board_{attribute}"), "entity_type": "Board",
        "entity_id": id, "count": 1, "before": before});
    Ok(Found::Json(json!(json!({"success": true, "undo_data": undo}).to_string())))
}

fn update_board_hierarchy(world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
    let attributes = arguments.object("attributes");
    let of = |key: &str| attributes.get(key).and_then(id_within);
    let (id, workspace, folder) = (arguments.id("board_id")?, of("workspace_id"), of("folder_id"));
    let position = attributes.get("position").filter(|position| position["object_type"] == "Folder");
    let folder = folder.or_else(|| position.and_then(|it| id_within(&it["object_id"])));
    if workspace.is_none() && folder.is_none() {
        world.check(Kind::Board, &id.to_string())?;
    } else {
        world.move_board(id, workspace, folder.as_deref())?;
    }
    Ok(Found::Json(json!({"board_id": id.to_string(), "success": true, "message": null})))
}
