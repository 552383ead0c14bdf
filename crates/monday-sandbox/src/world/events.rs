//! What happens to items and columns, as the payload of monday's webhooks says it.
//!
//! The payload has its own ways: `type` is not the name that was subscribed to, ids are numbers and those of
//! a parent are strings, `changedAt` is a float of seconds. Must not know: who hears of it.

mod payload;

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Column, Item, Record, World, assets, id_of, seed};

/// What happened to an item.
#[derive(Debug)]
pub(crate) enum Happened {
    Created,
    Renamed { from: String },
    Changed { column: Arc<Column>, from: Value, to: Value },
    Moved { from: String },
    Archived,
    Deleted,
    Updated { update: Record },
    Edited { update: Record },
    Removed { update: Record },
}

/// Something that webhooks may hear of.
#[derive(Debug)]
pub(crate) struct Event {
    /// The board whose webhooks hear of it: for a subitem that of its parent.
    pub(super) board_id: u64,
    /// The subscriptions it belongs to.
    pub(super) heard_as: &'static [&'static str],
    pub(super) column: Option<String>,
    /// The new label of a status.
    pub(super) index: Option<u64>,
    /// The group it was moved to.
    pub(super) group: Option<String>,
    pub(super) fields: Map<String, Value>,
}

impl Happened {
    /// The subscriptions it belongs to, and the `type` of its payload.
    fn names(&self, is_subitem: bool) -> (&'static [&'static str], &'static str) {
        match (self, is_subitem) {
            (Self::Created, false) => (&["create_item"], "create_pulse"),
            (Self::Created, true) => (&["create_subitem"], "create_pulse"),
            (Self::Renamed { .. }, false) => (&["change_name"], "update_name"),
            (Self::Renamed { .. }, true) => (&["change_subitem_name"], "update_name"),
            (Self::Changed { column, .. }, false) if column.kind == "status" => (
                &["change_column_value", "change_specific_column_value", "change_status_column_value"],
                "update_column_value",
            ),
            (Self::Changed { .. }, false) => {
                (&["change_column_value", "change_specific_column_value"], "update_column_value")
            }
            (Self::Changed { .. }, true) => (&["change_subitem_column_value"], "update_column_value"),
            (Self::Moved { .. }, false) => {
                (&["item_moved_to_any_group", "item_moved_to_specific_group"], "move_pulse_into_group")
            }
            (Self::Moved { .. }, true) => (&[], "move_pulse_into_group"),
            (Self::Archived, false) => (&["item_archived"], "archive_pulse"),
            (Self::Archived, true) => (&["subitem_archived"], "archive_pulse"),
            (Self::Deleted, false) => (&["item_deleted"], "delete_pulse"),
            (Self::Deleted, true) => (&["subitem_deleted"], "delete_pulse"),
            (Self::Updated { .. }, false) => (&["create_update"], "create_update"),
            (Self::Updated { .. }, true) => (&["create_subitem_update"], "create_update"),
            (Self::Edited { .. }, _) => (&["edit_update"], "edit_update"),
            (Self::Removed { .. }, _) => (&["delete_update"], "delete_update"),
        }
    }
}

impl World {
    /// An event for the webhooks; nothing is kept where there are none.
    pub(crate) fn happened(&mut self, item: &Item, what: Happened) {
        if self.webhooks.is_empty() {
            return;
        }
        let parent = item.parent.and_then(|id| self.items.get(&id));
        let (heard_as, kind) = what.names(item.parent.is_some());
        let mut event = Event {
            board_id: parent.map_or(item.board_id, |parent| parent.board_id),
            heard_as,
            column: None,
            index: None,
            group: None,
            fields: self.payload(item.board_id, kind),
        };
        let mut add = |fields: Value| event.fields.extend(seed::map(fields));
        let is_gone = matches!(what, Happened::Archived | Happened::Deleted);
        match parent {
            // Text in most payloads, numbers under another name in these two.
            Some(parent) if is_gone => add(json!({
                "parentItemId": parent.id, "parentBoardId": parent.board_id, "pulseId": item.id,
            })),
            Some(parent) => add(json!({
                "parentItemId": parent.id.to_string(), "parentItemBoardId": parent.board_id.to_string(),
            })),
            None => {}
        }
        if !is_gone {
            add(json!({"pulseId": item.id}));
        }
        match what {
            Happened::Created => {
                add(self.place(item));
                add(json!({"pulseName": item.name, "columnValues": self.values_said(item)}));
                if parent.is_some() {
                    add(json!({"itemId": item.id}));
                }
            }
            Happened::Renamed { from } => {
                let (to, from) = (json!({"name": item.name}), json!({"name": from}));
                add(json!({"groupId": item.group_id, "value": to, "previousValue": from}));
            }
            Happened::Changed { column, from, to } => {
                let now = self.time();
                add(json!({
                    "pulseName": item.name, "groupId": item.group_id, "isTopGroup": self.place(item)["isTopGroup"],
                    "columnId": column.id, "columnType": payload::column_type(&column.kind),
                    "columnTitle": column.title, "value": payload::value(&column, &to, &now),
                    "previousValue": payload::value(&column, &from, &now), "changedAt": self.seconds(),
                }));
                event.index = to["index"].as_u64();
                event.column = Some(column.id.clone());
            }
            Happened::Moved { from } => {
                let to = self.place(item);
                add(json!({"sourceGroupId": from, "destGroupId": item.group_id, "destGroup": {
                    "id": item.group_id, "title": to["groupName"], "color": to["groupColor"],
                    "is_top_group": to["isTopGroup"],
                }}));
                event.group = Some(item.group_id.clone());
            }
            Happened::Updated { update } | Happened::Edited { update } | Happened::Removed { update } => {
                let (id, parent) = (id_of(&update, "id"), id_of(&update, "parent_id"));
                let reply = parent.and(id);
                add(json!({
                    "body": update["body"], "textBody": update["text_body"], "updateId": parent.or(id),
                    "replyId": reply,
                }));
            }
            Happened::Archived | Happened::Deleted => {
                add(json!({"itemId": item.id, "itemName": item.name}));
            }
        }
        self.events.push(event);
    }

    /// Events for a changed name, and for each value that is another one now.
    pub(super) fn tell_differences(&mut self, before: &Item, after: &Item) {
        if self.webhooks.is_empty() {
            return;
        }
        if before.name != after.name {
            self.happened(after, Happened::Renamed { from: before.name.clone() });
        }
        let board = self.board(after.board_id);
        for column in board.iter().flat_map(|board| &board.columns) {
            let value = |item: &Item| item.values.get(&column.id).cloned().unwrap_or_default();
            let (from, to) = (value(before), value(after));
            if from != to {
                self.happened(after, Happened::Changed { column: Arc::clone(column), from, to });
            }
        }
    }

    pub(super) fn column_happened(&mut self, board_id: u64, column: &Column) {
        if self.webhooks.is_empty() {
            return;
        }
        let mut fields = self.payload(board_id, "create_column");
        fields.remove("originalTriggerUuid");
        fields.extend(seed::map(json!({
            "columnId": column.id, "columnType": payload::column_type(&column.kind),
            "columnTitle": column.title, "createdAt": self.seconds(), "accountId": seed::ACCOUNT,
            "entity": "board", "retryCount": 0,
        })));
        let heard_as = &["create_column"];
        self.events.push(Event { board_id, heard_as, column: None, index: None, group: None, fields });
    }

    /// What all payloads have.
    fn payload(&self, board_id: u64, kind: &str) -> Map<String, Value> {
        seed::map(json!({
            "app": "monday", "type": kind, "boardId": board_id, "userId": seed::ME, "originalTriggerUuid": null,
            "triggerTime": self.time().replace('Z', ".000Z"),
        }))
    }

    /// What an item was created with, each value as payloads say it.
    fn values_said(&self, item: &Item) -> Value {
        let board = self.board(item.board_id);
        let columns = board.iter().flat_map(|board| &board.columns);
        let said = columns.filter_map(|column| {
            let value = item.values.get(&column.id)?;
            Some((column.id.clone(), payload::value(column, value, &self.time())))
        });
        Value::Object(said.collect())
    }

    /// An item's group.
    fn place(&self, item: &Item) -> Value {
        let board = self.board(item.board_id);
        let groups = board.as_ref().map(|board| board.groups.as_slice()).unwrap_or_default();
        let place = groups.iter().position(|group| group["id"] == item.group_id);
        let group = |key: &str| place.and_then(|place| groups.get(place)).map(|group| group[key].clone());
        json!({
            "groupId": item.group_id, "groupName": group("title"), "groupColor": group("color"),
            "isTopGroup": place == Some(0),
        })
    }

    /// A float, as monday has it.
    #[expect(clippy::cast_precision_loss, reason = "seconds of this century are far below 2^52")]
    fn seconds(&self) -> f64 {
        (assets::START / 1_000 + self.clock) as f64 + 0.125
    }
}
