//! From the object `event` to the event.
//!
//! A field that must be there and is not makes the change unreadable, and the rest of the event stays. Must
//! not know: who sent it.

use monday_core::{ItemId, Json};
use serde_json::{Map, Value};

use super::{
    BoardChange, BoardEvent, ColumnChanged, ColumnCreated, ItemCreated, ItemMoved, ItemStateChanged,
    NameChanged, ParentItem, SubitemMoved, UpdateChanged,
};
use crate::fields::Fields;
use crate::refusal::Refusal;

/// monday's are 32 hexadecimal digits. What is far longer would only fill the memory of events.
const LONGEST_UUID: usize = 255;

type Read<T> = Result<T, &'static str>;

pub(super) fn event(mut body: Map<String, Value>) -> Result<BoardEvent, Refusal> {
    let Some(Value::Object(object)) = body.remove("event") else {
        return Err(Refusal::NotAnEvent("`event`"));
    };
    let Some(name) = object.get("type").and_then(Value::as_str).map(str::to_owned) else {
        return Err(Refusal::NotAnEvent("`event.type`"));
    };
    let mut fields = Fields::new(&object);
    let change = change(&name, &mut fields).unwrap_or_else(BoardChange::Unreadable);
    Ok(BoardEvent {
        change,
        board_id: fields.id("boardId"),
        user_id: fields.signed_id("userId"),
        parent: parent(&mut fields),
        subscription_id: fields.id("subscriptionId"),
        trigger_uuid: uuid(&mut fields, "triggerUuid"),
        original_trigger_uuid: uuid(&mut fields, "originalTriggerUuid"),
        triggered_at: fields.time("triggerTime"),
        name,
        unread: fields.unread(),
        raw: Json(Value::Object(object)),
    })
}

/// By the name that monday sends. The subscribed names are taken as well, should it ever send those.
fn change(name: &str, fields: &mut Fields<'_>) -> Read<BoardChange> {
    Ok(match name {
        "create_pulse" | "create_item" | "create_subitem" => BoardChange::ItemCreated(created(fields)?),
        "update_column_value"
        | "change_column_value"
        | "change_specific_column_value"
        | "change_status_column_value"
        | "change_subitem_column_value" => BoardChange::ColumnChanged(column_changed(fields)?),
        "update_name" | "change_name" | "change_subitem_name" => {
            BoardChange::NameChanged(name_changed(fields)?)
        }
        "archive_pulse" | "item_archived" | "subitem_archived" => BoardChange::ItemArchived(state(fields)?),
        "delete_pulse" | "item_deleted" | "subitem_deleted" => BoardChange::ItemDeleted(state(fields)?),
        "restore_pulse" | "item_restored" => BoardChange::ItemRestored(state(fields)?),
        "move_pulse_into_group" | "item_moved_to_any_group" | "item_moved_to_specific_group" => {
            BoardChange::ItemMoved(moved(fields)?)
        }
        "move_subitem" => BoardChange::SubitemMoved(subitem_moved(fields)?),
        "create_column" => BoardChange::ColumnCreated(column_created(fields)?),
        "create_update" | "create_subitem_update" => BoardChange::UpdateCreated(update(fields)?),
        "edit_update" => BoardChange::UpdateEdited(update(fields)?),
        "delete_update" => BoardChange::UpdateDeleted(update(fields)?),
        _ => BoardChange::Unknown,
    })
}

fn created(fields: &mut Fields<'_>) -> Read<ItemCreated> {
    Ok(ItemCreated {
        item_id: item_id(fields)?,
        item_name: item_name(fields),
        group_id: fields.text_id("groupId"),
        group_title: fields.text("groupName"),
        is_top_group: fields.flag("isTopGroup"),
        column_values: fields.json("columnValues"),
    })
}

fn column_changed(fields: &mut Fields<'_>) -> Read<ColumnChanged> {
    Ok(ColumnChanged {
        item_id: item_id(fields)?,
        item_name: item_name(fields),
        group_id: fields.text_id("groupId"),
        column_id: fields.text_id("columnId").ok_or("columnId")?,
        column_type: fields.text("columnType"),
        column_title: fields.text("columnTitle"),
        value: fields.json("value"),
        previous_value: fields.json("previousValue"),
        changed_at: fields.seconds("changedAt"),
    })
}

fn name_changed(fields: &mut Fields<'_>) -> Read<NameChanged> {
    let name_in = |value: &Value| value.get("name")?.as_str().map(str::to_owned);
    Ok(NameChanged {
        item_id: item_id(fields)?,
        group_id: fields.text_id("groupId"),
        name: fields.read("value", name_in),
        previous_name: fields.read("previousValue", name_in),
    })
}

fn state(fields: &mut Fields<'_>) -> Read<ItemStateChanged> {
    Ok(ItemStateChanged { item_id: item_id(fields)?, item_name: item_name(fields) })
}

fn moved(fields: &mut Fields<'_>) -> Read<ItemMoved> {
    let title = |group: &Value| group.get("title")?.as_str().map(str::to_owned);
    Ok(ItemMoved {
        item_id: item_id(fields)?,
        from_group_id: fields.text_id("sourceGroupId"),
        to_group_id: fields.text_id("destGroupId").ok_or("destGroupId")?,
        to_group_title: fields.read("destGroup", title),
    })
}

fn subitem_moved(fields: &mut Fields<'_>) -> Read<SubitemMoved> {
    Ok(SubitemMoved {
        item_id: fields.id("subitem").ok_or("subitem")?,
        from_item_id: fields.id("sourcePulseId"),
        to_item_id: fields.id("destPulseId").ok_or("destPulseId")?,
        from_board_id: fields.id("sourceBoardId"),
        to_board_id: fields.id("destBoardId"),
    })
}

fn column_created(fields: &mut Fields<'_>) -> Read<ColumnCreated> {
    Ok(ColumnCreated {
        column_id: fields.text_id("columnId").ok_or("columnId")?,
        column_type: fields.text("columnType"),
        column_title: fields.text("columnTitle"),
        created_at: fields.seconds("createdAt"),
    })
}

fn update(fields: &mut Fields<'_>) -> Read<UpdateChanged> {
    Ok(UpdateChanged {
        item_id: item_id(fields)?,
        update_id: fields.id("updateId").ok_or("updateId")?,
        reply_id: fields.id("replyId"),
        body: fields.text("body"),
        text_body: fields.text("textBody"),
    })
}

/// Some kinds say `pulseId`, some `itemId`, some both. Two that differ are not guessed between.
fn item_id(fields: &mut Fields<'_>) -> Read<ItemId> {
    let (pulse, item) = (fields.id::<ItemId>("pulseId"), fields.id::<ItemId>("itemId"));
    match (pulse, item) {
        (Some(pulse), Some(item)) if pulse != item => Err("itemId"),
        (Some(id), _) | (None, Some(id)) => Ok(id),
        (None, None) => Err("pulseId"),
    }
}

fn item_name(fields: &mut Fields<'_>) -> Option<String> {
    fields.text("pulseName").or_else(|| fields.text("itemName"))
}

/// The board above is `parentItemBoardId` where its ids are text, and `parentBoardId` where they are numbers.
fn parent(fields: &mut Fields<'_>) -> Option<ParentItem> {
    let board_id = fields.id("parentItemBoardId").or_else(|| fields.id("parentBoardId"));
    fields.id("parentItemId").map(|item_id| ParentItem { item_id, board_id })
}

fn uuid(fields: &mut Fields<'_>, name: &'static str) -> Option<String> {
    let short = |value: &Value| {
        value.as_str().filter(|uuid| (1..=LONGEST_UUID).contains(&uuid.len())).map(str::to_owned)
    };
    fields.read(name, short)
}
