//! What is duplicated: items, groups with theirs, and boards.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Beside, Board, Item, Kind, Record, World, seed};
use crate::field_fault::FieldFault;

/// How a board is to be duplicated.
#[derive(Debug, Default)]
pub(crate) struct Copied {
    pub(crate) name: Option<String>,
    pub(crate) workspace: Option<String>,
    pub(crate) folder: Option<String>,
    pub(crate) with_items: bool,
    pub(crate) with_updates: bool,
    pub(crate) keeps_subscribers: bool,
}

impl World {
    /// Stands behind the item it is of.
    pub(crate) fn duplicate_item(
        &mut self,
        board_id: u64,
        id: u64,
        with_updates: bool,
    ) -> Result<Arc<Item>, FieldFault> {
        let item = self.item_on(board_id, id)?;
        let name = format!("{} (copy)", item.name);
        let copy = self.copy_item(&Item { name, ..item }, id, with_updates);
        let items = &mut self.board_mut(board_id)?.items;
        let place = items.iter().position(|other| *other == id).map_or(items.len(), |place| place + 1);
        items.insert(place, copy.id);
        Ok(copy)
    }

    /// Stands behind the group it is of, or at the top.
    pub(crate) fn duplicate_group(
        &mut self,
        board_id: u64,
        group: &str,
        title: Option<&str>,
        at_top: bool,
    ) -> Result<Record, FieldFault> {
        let of = self.group(board_id, group)?;
        let title = title.map_or_else(
            || format!("Duplicate of {}", of["title"].as_str().unwrap_or_default()),
            str::to_owned,
        );
        let color = of["color"].as_str().unwrap_or_default();
        let first = self.board_mut(board_id)?.groups.first().and_then(|first| first["id"].as_str());
        let top = first.unwrap_or_default().to_owned();
        let beside = if at_top { Beside::Before(top.as_str()) } else { Beside::After(group) };
        let copy = self.create_group(board_id, &title, Some(color), Some(beside))?;
        let items: Vec<Item> =
            self.on_board(board_id)?.into_iter().filter(|item| item.group_id == group).collect();
        for item in items {
            let (id, group_id) = (item.id, copy["id"].as_str().unwrap_or_default().to_owned());
            let item = self.copy_item(&Item { group_id, ..item }, id, false);
            self.board_mut(board_id)?.items.push(item.id);
        }
        Ok(copy)
    }

    /// Subitems are not copied.
    pub(crate) fn duplicate_board(&mut self, id: u64, copied: Copied) -> Result<Arc<Board>, FieldFault> {
        let of = self.board_mut(id)?.clone();
        let beside = copied.workspace.is_none() && copied.folder.is_none();
        let place = if beside { None } else { Some(self.home(copied.workspace, copied.folder.as_deref())?) };
        let (new, now) = (self.next_id(), self.now());
        let name = copied
            .name
            .unwrap_or_else(|| format!("Duplicate of {}", of.fields["name"].as_str().unwrap_or_default()));
        let mut board = Board { id: new, items: Vec::new(), subitems_on: None, ..of.clone() };
        let plain = seed::board(new, &name, &Value::Null).fields;
        let anew: &[&str] = if copied.keeps_subscribers {
            &["id", "name", "url"]
        } else {
            &["id", "name", "url", "user_ids", "owner_ids", "team_ids", "team_owner_ids"]
        };
        board.fields.extend(plain.into_iter().filter(|(key, _)| anew.contains(&key.as_str())));
        board.fields.extend(place.unwrap_or_default());
        board.fields.extend(seed::map(
            json!({"created_at": now, "updated_at": now, "created_from_board_id": id.to_string()}),
        ));
        self.boards.push(Arc::new(board));
        if copied.with_items {
            for item in self.on_board(id)? {
                let from = item.id;
                let copy = self.copy_item(&Item { board_id: new, ..item }, from, copied.with_updates);
                self.board_mut(new)?.items.push(copy.id);
            }
        }
        Ok(Arc::new(self.board_mut(new)?.clone()))
    }

    /// The items on a board, in its order.
    pub(super) fn on_board(&mut self, id: u64) -> Result<Vec<Item>, FieldFault> {
        let ids = self.board_mut(id)?.items.clone();
        Ok(ids.iter().filter_map(|id| self.items.get(id)).map(|item| (**item).clone()).collect())
    }

    /// An item that has to be on this board.
    pub(crate) fn item_on(&mut self, board_id: u64, id: u64) -> Result<Item, FieldFault> {
        self.board_mut(board_id)?;
        let item = self.item_mut(id)?.clone();
        if item.board_id == board_id {
            Ok(item)
        } else {
            Err(FieldFault::new("InvalidArgumentException", "The item is not on this board"))
        }
    }

    /// A new item like this one, not yet on its board.
    fn copy_item(&mut self, like: &Item, from: u64, with_updates: bool) -> Arc<Item> {
        let (id, now) = (self.next_id(), self.now());
        let item = Arc::new(Item {
            id,
            creator_id: seed::ME,
            created_at: now.clone(),
            updated_at: now,
            ..like.clone()
        });
        self.items.insert(id, Arc::clone(&item));
        if with_updates {
            self.copy_updates(from, id);
        }
        item
    }

    fn copy_updates(&mut self, from: u64, to: u64) {
        let from = json!(from.to_string());
        let all: Vec<Record> =
            self.updates.iter().filter(|update| update["item_id"] == from).cloned().collect();
        // A reply comes after what it replies to.
        let mut copies: Vec<(Value, Value)> = Vec::new();
        for update in all {
            let mut fields = (*update).clone();
            fields.remove("id");
            fields.insert("item_id".to_owned(), json!(to.to_string()));
            let parent = copies.iter().find(|(old, _)| Some(old) == update.get("parent_id"));
            if let Some((_, parent)) = parent {
                fields.insert("parent_id".to_owned(), parent.clone());
            }
            let copy = self.add(Kind::Update, Value::Object(fields));
            copies.push((update["id"].clone(), copy["id"].clone()));
        }
    }
}
