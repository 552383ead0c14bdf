//! The docs of a seed with their blocks, and its notifications.
//!
//! Must not know: boards' own fields.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::super::{Kind, World, seed};
use super::found::Found;
use super::record::{self, not_empty, one_of};
use crate::seed::{Block, Document, Notification, Seed, SeedError};

impl World {
    pub(super) fn plant_documents(&mut self, seed: &Seed) -> Result<(), SeedError> {
        for (document, place) in seed.documents.iter().zip(1..) {
            let at = || format!("documents, {place} {:?}", document.name);
            let id = self.plant_document(document).map_err(|message| SeedError::new(at(), message))?;
            let given: BTreeSet<u64> = document.blocks.iter().filter_map(|block| block.id).collect();
            for (block, place) in document.blocks.iter().zip(1..) {
                let refuse = |message| SeedError::new(format!("{}, block {place}", at()), message);
                check_block(block, &given).map_err(refuse)?;
                let block_id = block.id.unwrap_or_else(|| self.next_id());
                self.blocks.push(Arc::new(record::block(block, block_id, id)));
            }
        }
        Ok(())
    }

    fn plant_document(&mut self, told: &Document) -> Result<u64, String> {
        not_empty("name", &told.name)?;
        one_of("kind", told.kind.as_ref(), &["public", "private", "share"])?;
        let creator = Found(self).user(told.creator.as_ref())?;
        let place = Found(self).document(told)?;
        // The next number is its object's.
        let id = told.id.unwrap_or_else(|| {
            self.last_id += 2;
            self.last_id - 1
        });
        self.documents.push(Arc::new(record::document(told, id, creator, place)));
        Ok(id)
    }

    pub(super) fn plant_notifications(&mut self, seed: &Seed) -> Result<(), SeedError> {
        for (told, place) in seed.notifications.iter().zip(1..) {
            let about = Found(self).notification(told);
            let about =
                about.map_err(|message| SeedError::new(format!("notifications, {place}"), message))?;
            let id = told.id.unwrap_or_else(|| self.next_id());
            self.notifications.push(Arc::new(record::notification(told, id, about)));
        }
        Ok(())
    }
}

/// JSON as blocks keep it.
pub(in crate::world) fn content(told: &Value) -> String {
    if told.is_null() { "{}".to_owned() } else { super::sorted(told).to_string() }
}

fn check_block(told: &Block, ids: &BTreeSet<u64>) -> Result<(), String> {
    not_empty("type", &told.kind)?;
    if !told.content.is_null() && !told.content.is_object() {
        return Err("its content is a map, such as {deltaFormat: [{insert: Hello}]}".to_owned());
    }
    match told.parent {
        Some(parent) if told.id == Some(parent) || !ids.contains(&parent) => {
            Err(format!("there is no other block {parent} in this doc: give one this `id`"))
        }
        _ => Ok(()),
    }
}

impl Found<'_> {
    /// Where a doc stands.
    pub(in crate::world) fn document(&self, told: &Document) -> Result<Map<String, Value>, String> {
        let (workspace, folder) = (told.workspace.as_ref(), told.folder.as_ref());
        let (of, column) = match (&told.item, &told.column) {
            (None, None) => return self.home(workspace, folder, "doc_folder_id"),
            (Some(of), Some(column)) if workspace.is_none() && folder.is_none() => (of, column),
            (Some(_), Some(_)) => {
                return Err("it is in a workspace or folder, or of an item: write one of them".to_owned());
            }
            _ => return Err("it stands in a column of an item: write both `item` and `column`".to_owned()),
        };
        let item = self.item(of)?;
        let board = self.0.board(item.board_id).ok_or("the item is on no board")?;
        let fits: Vec<&str> =
            board.columns.iter().filter(|it| it.kind == "doc").map(|it| it.id.as_str()).collect();
        if !fits.contains(&column.as_str()) {
            let fits = if fits.is_empty() { "none".to_owned() } else { fits.join(", ") };
            return Err(format!("there is no column {column:?} of type doc: there is {fits}"));
        }
        let workspace = &board.fields["workspace_id"];
        Ok(seed::map(json!({"workspace_id": workspace, "item_id": item.id.to_string(), "column_id": column})))
    }

    /// Whom a notification is for, and what it is about.
    pub(in crate::world) fn notification(&self, told: &Notification) -> Result<Map<String, Value>, String> {
        let user = told.user.as_ref().map(|user| self.record(Kind::User, user)).transpose()?;
        let board = told.board.as_ref().map(|board| self.board(board)).transpose()?;
        let item = told.item.as_ref().map(|item| self.item(item)).transpose()?.map(|item| item.id);
        if let Some(id) = told.update
            && self.0.record(Kind::Update, &id.to_string()).is_none()
        {
            return Err(format!("there is no update {id}: give one this `id`"));
        }
        if [board, item, told.update].iter().flatten().count() > 1 {
            return Err("it is about `board`, `item` or `update`: write one of them".to_owned());
        }
        let text = |id: Option<u64>| id.map(|id| id.to_string());
        Ok(seed::map(json!({
            "user_id": user.unwrap_or_else(|| seed::ME.to_string()),
            "board_id": text(board), "item_id": text(item), "update_id": text(told.update),
        })))
    }
}
