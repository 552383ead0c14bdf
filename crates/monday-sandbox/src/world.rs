//! The state of one account: people, workspaces, folders, boards with their items, updates, docs.
//!
//! Must not know: GraphQL.

pub(crate) mod assets;
mod boards;
mod copies;
pub(crate) mod cursors;
mod documents;
mod events;
mod filter;
mod folders;
mod groups;
mod items;
mod made_up;
pub(crate) mod markdown;
mod moved_items;
mod new_column;
mod notifications;
mod planted;
mod records;
pub(crate) mod seed;
mod snapshot;
mod subitems;
mod teams;
mod updates;
pub(crate) mod users;
mod webhook;
mod workspaces;

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use crate::columns::{self, Way};
use crate::field_fault::FieldFault;

pub(crate) use assets::{Asset, Assets, Place as AssetPlace};
pub(crate) use boards::NewBoard;
pub(crate) use copies::Copied;
pub(crate) use cursors::Cursors;
pub(crate) use events::{Event, Happened};
pub(crate) use filter::Filter;
pub(crate) use groups::Beside;
pub(crate) use items::Items;
pub(crate) use moved_items::Mapping;
pub(crate) use new_column::{ColumnChange, NewColumn};
pub(crate) use records::{Kind, id_of, ids_of};
pub(crate) use seed::LARGE_BOARD;
pub(crate) use updates::NewUpdate;
pub(crate) use webhook::{Letter, Webhook};

/// Fields of a noun that is read as it is stored.
pub(crate) type Record = Arc<Map<String, Value>>;

#[derive(Debug)]
pub(crate) struct World {
    pub(crate) account: Record,
    pub(crate) users: Vec<Record>,
    pub(crate) workspaces: Vec<Record>,
    pub(crate) boards: Vec<Arc<Board>>,
    pub(crate) items: Items,
    /// Updates, and the replies to them, which have a `parent_id`.
    pub(crate) updates: Vec<Record>,
    pub(crate) tags: Vec<Record>,
    pub(crate) teams: Vec<Record>,
    pub(crate) folders: Vec<Record>,
    pub(crate) documents: Vec<Record>,
    /// Blocks of all documents, each document's in its order.
    pub(crate) blocks: Vec<Record>,
    pub(crate) notifications: Vec<Record>,
    pub(crate) webhooks: Vec<Webhook>,
    /// What has happened since it was last asked for.
    pub(crate) events: Vec<Event>,
    pub(crate) assets: Assets,
    pub(crate) cursors: Cursors,
    pub(crate) last_id: u64,
    pub(crate) clock: u64,
    /// How many times each root field of mutations has been executed without an error.
    pub(crate) writes: BTreeMap<String, u64>,
}

#[derive(Debug, Clone)]
pub(crate) struct Board {
    pub(crate) id: u64,
    pub(crate) fields: Map<String, Value>,
    pub(crate) groups: Vec<Record>,
    pub(crate) columns: Vec<Arc<Column>>,
    /// In the order of the board.
    pub(crate) items: Vec<u64>,
    /// Where the subitems of its items are.
    pub(crate) subitems_on: Option<u64>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Column {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) description: Option<String>,
    /// The labels of a status or dropdown column, by index.
    pub(crate) labels: BTreeMap<u64, String>,
    /// In pixels.
    pub(crate) width: Option<u64>,
    /// How many times it was changed.
    pub(crate) changes: u64,
}

#[derive(Debug, Clone)]
pub(crate) struct Item {
    pub(crate) id: u64,
    pub(crate) name: String,
    pub(crate) board_id: u64,
    pub(crate) group_id: String,
    pub(crate) state: &'static str,
    pub(crate) creator_id: u64,
    pub(crate) created_at: String,
    pub(crate) updated_at: String,
    /// Stored values by column id.
    pub(crate) values: BTreeMap<String, Value>,
    /// When columns were written, by their id.
    pub(crate) changed: BTreeMap<String, String>,
    /// The item it is a subitem of.
    pub(crate) parent: Option<u64>,
}

impl World {
    pub(crate) fn seeded(items: usize, groups: usize) -> Self {
        seed::world(items, groups)
    }

    /// An id that has not been used.
    pub(crate) fn next_id(&mut self) -> u64 {
        self.last_id += 1;
        self.last_id
    }

    /// A time that has not been used: a sandbox's clock moves with its writes, so that runs are alike.
    pub(crate) fn now(&mut self) -> String {
        self.clock += 1;
        self.time()
    }

    /// The time of the last write.
    pub(crate) fn time(&self) -> String {
        let (minutes, seconds) = (self.clock / 60 % 60, self.clock % 60);
        format!("2026-11-02T{:02}:{minutes:02}:{seconds:02}Z", 9 + self.clock / 3600 % 12)
    }

    pub(crate) fn board(&self, id: u64) -> Option<Arc<Board>> {
        self.boards.iter().find(|board| board.id == id).cloned()
    }

    pub(crate) fn board_mut(&mut self, id: u64) -> Result<&mut Board, FieldFault> {
        let board = self.boards.iter_mut().find(|board| board.id == id && records::is_active(&board.fields));
        board.map(Arc::make_mut).ok_or_else(|| {
            FieldFault::new("InvalidBoardIdException", "Board not found").with_data(json!({"board_id": id}))
        })
    }

    pub(crate) fn item_mut(&mut self, id: u64) -> Result<&mut Item, FieldFault> {
        let item = self.items.get_mut(&id).filter(|item| item.state == "active");
        item.map(Arc::make_mut).ok_or_else(|| {
            FieldFault::new("InvalidItemIdException", "Item not found").with_data(json!({"item_id": id}))
        })
    }

    pub(crate) fn user(&self, id: u64) -> Option<Record> {
        let id = json!(id.to_string());
        self.users.iter().find(|user| user["id"] == id).cloned()
    }

    pub(crate) fn create_item(
        &mut self,
        board_id: u64,
        group: Option<&str>,
        name: &str,
        values: &Map<String, Value>,
        create_labels: bool,
    ) -> Result<Arc<Item>, FieldFault> {
        self.new_item(board_id, group, name, values, create_labels, None)
    }

    fn new_item(
        &mut self,
        board_id: u64,
        group: Option<&str>,
        name: &str,
        values: &Map<String, Value>,
        create_labels: bool,
        parent: Option<u64>,
    ) -> Result<Arc<Item>, FieldFault> {
        check_name(name)?;
        let board = self.board_mut(board_id)?;
        let first = board.groups.first().and_then(|group| group["id"].as_str()).unwrap_or_default();
        let group_id = match group {
            None => first.to_owned(),
            Some(id) if board.groups.iter().any(|group| group["id"] == id) => id.to_owned(),
            Some(_) => return Err(FieldFault::new("ResourceNotFoundException", "Group not found")),
        };
        let values = columns::write_all(board, BTreeMap::new(), values, create_labels, Way::Many)?;
        let (id, now) = (self.next_id(), self.now());
        let item = Arc::new(Item {
            id,
            name: name.to_owned(),
            board_id,
            group_id,
            state: "active",
            creator_id: seed::ME,
            created_at: now.clone(),
            updated_at: now.clone(),
            changed: values.keys().map(|column| (column.clone(), now.clone())).collect(),
            values,
            parent,
        });
        self.items.insert(id, Arc::clone(&item));
        self.board_mut(board_id)?.items.push(id);
        self.happened(&item, Happened::Created);
        Ok(item)
    }

    pub(crate) fn change_values(
        &mut self,
        board_id: u64,
        item_id: u64,
        mut values: Map<String, Value>,
        create_labels: bool,
        way: Way,
    ) -> Result<Arc<Item>, FieldFault> {
        let name = values.remove("name").map(|name| name.as_str().map(str::to_owned).ok_or(name));
        let name = name.transpose().map_err(|value| {
            let data = json!({"column_id": "name", "column_type": "name", "column_value": value.to_string()});
            FieldFault::new("ColumnValueException", "invalid value, a name wants a string").with_data(data)
        })?;
        if let Some(name) = &name {
            check_name(name)?;
        }
        let before = Arc::new(self.item_mut(item_id)?.clone());
        if before.board_id != board_id {
            return Err(FieldFault::new("InvalidArgumentException", "The item is not on this board"));
        }
        let board = self.board_mut(board_id)?;
        let new = columns::write_all(board, before.values.clone(), &values, create_labels, way)?;
        let now = self.now();
        let item = self.item_mut(item_id)?;
        item.changed.extend(values.keys().map(|column| (column.clone(), now.clone())));
        (item.values, item.updated_at) = (new, now);
        if let Some(name) = name {
            item.name = name;
        }
        let item = Arc::new(item.clone());
        self.tell_differences(&before, &item);
        Ok(item)
    }

    pub(crate) fn move_item(&mut self, id: u64, group: &str) -> Result<Arc<Item>, FieldFault> {
        let board_id = self.item_mut(id)?.board_id;
        if !self.board_mut(board_id)?.groups.iter().any(|known| known["id"] == group) {
            return Err(FieldFault::new("ResourceNotFoundException", "Group not found"));
        }
        let moved = self.item_mut(id)?;
        let from = std::mem::replace(&mut moved.group_id, group.to_owned());
        let item = Arc::new(moved.clone());
        if from != group {
            self.happened(&item, Happened::Moved { from });
        }
        Ok(item)
    }

    /// Takes an item off its board; it can still be read by id.
    pub(crate) fn remove_item(&mut self, id: u64, state: &'static str) -> Result<Arc<Item>, FieldFault> {
        let item = self.item_mut(id)?;
        item.state = state;
        let item = Arc::new(item.clone());
        self.board_mut(item.board_id)?.items.retain(|other| *other != id);
        self.happened(&item, if state == "archived" { Happened::Archived } else { Happened::Deleted });
        Ok(item)
    }

    /// All of them, if each can be removed.
    pub(crate) fn remove_items(
        &mut self,
        board_id: u64,
        ids: &[String],
        state: &'static str,
    ) -> Result<(), FieldFault> {
        let number = |id: &String| id.parse::<u64>().map_err(|_| Kind::Item.missing(id));
        let ids: Vec<u64> = ids.iter().map(number).collect::<Result<_, _>>()?;
        for id in &ids {
            self.item_on(board_id, *id)?;
        }
        for id in ids {
            if self.items.get(&id).is_some_and(|item| item.state == "active") {
                self.remove_item(id, state)?;
            }
        }
        Ok(())
    }

    /// The tag of this name, made where there is none.
    pub(crate) fn tag(&mut self, name: &str) -> Record {
        if let Some(tag) = self.tags.iter().find(|tag| tag["name"] == name) {
            return Arc::clone(tag);
        }
        // Below 2^31: values hold the ids of tags as `Int`.
        let mut id = seed::TAGS[1].0 + self.tags.len() as u64;
        while self.tags.iter().any(|tag| tag["id"] == json!(id.to_string())) {
            id += 1;
        }
        let tag = seed::tag(id, name);
        self.tags.push(Arc::clone(&tag));
        tag
    }
}

fn check_name(name: &str) -> Result<(), FieldFault> {
    if (1..=255).contains(&name.chars().count()) {
        Ok(())
    } else {
        Err(FieldFault::new("ItemNameTooLongException", "The name of an item has 1 to 255 characters"))
    }
}
