//! Teams, folders, docs and notifications in a snapshot.
//!
//! Must not know: boards, items.

use serde_json::{Map, Value};

use super::super::planted::documents::content;
use super::super::planted::found::Found;
use super::super::planted::{number, record};
use super::super::{Kind, Record, World, seed};
use super::{creator, made_at, rest, sorted, text, told_text};
use crate::seed::{Block, Document, Folder, Notification, Reference, Team};

impl World {
    pub(super) fn team_told(&self, record: &Record) -> Option<Team> {
        let id = number(&record["id"])?;
        let of = |key| self.references(Kind::User, record, key).unwrap_or_default();
        let (name, users, owners) = (text(record, "name"), of("user_ids"), of("owner_ids"));
        let mut base = Team { id: Some(id), name, users, owners, ..Team::default() };
        if Found(self).team(&base).is_err() {
            base.owners.clear();
        }
        let usual = record::team(&base, id, Found(self).team(&base).unwrap_or_default());
        Some(Team { fields: rest(record, &usual, &[]), ..base })
    }

    pub(super) fn folder_told(&self, record: &Record) -> Option<Folder> {
        let id = number(&record["id"])?;
        let home = self.home_told(record, "parent_id");
        let base = Folder {
            id: Some(id),
            name: text(record, "name"),
            workspace: home.workspace,
            parent: home.folder,
            ..Folder::default()
        };
        let usual = record::folder(&base, id, home.fields);
        let (color, fields) = (told_text(record, &usual, "color"), rest(record, &usual, &["color"]));
        Some(Folder { color, fields, ..base })
    }

    pub(super) fn document_told(&self, record: &Record) -> Option<Document> {
        let id = number(&record["id"])?;
        let by = number(&record["creator_id"]).unwrap_or(seed::ME);
        let base = Document {
            id: Some(id),
            name: text(record, "name"),
            creator: creator(by),
            created_at: made_at(record),
            ..Document::default()
        };
        let of_item = Document {
            item: number(&record["item_id"]).map(Reference::Id),
            column: record["column_id"].as_str().map(str::to_owned),
            ..base.clone()
        };
        let place = of_item.item.as_ref().and_then(|_| Found(self).document(&of_item).ok());
        let (base, place) = if let Some(place) = place {
            (of_item, place)
        } else {
            let home = self.home_told(record, "doc_folder_id");
            (Document { workspace: home.workspace, folder: home.folder, ..base }, home.fields)
        };
        let usual = record::document(&base, id, by, place);
        let blocks: Vec<&Record> =
            self.blocks.iter().filter(|block| block["doc_id"] == record["id"]).collect();
        Some(Document {
            kind: told_text(record, &usual, "doc_kind"),
            blocks: blocks.iter().filter_map(|block| block_told(block, id, &blocks)).collect(),
            fields: rest(record, &usual, &["doc_kind"]),
            ..base
        })
    }

    pub(super) fn notification_told(&self, record: &Record) -> Option<Notification> {
        let id = number(&record["id"])?;
        let of = |key: &str| number(&record[key]);
        let about = Notification {
            id: Some(id),
            text: text(record, "text"),
            user: of("user_id").and_then(creator),
            board: of("board_id").map(Reference::Id),
            item: of("item_id").map(Reference::Id),
            update: of("update_id"),
            created_at: made_at(record),
            ..Notification::default()
        };
        let (base, place) = if let Ok(place) = Found(self).notification(&about) {
            (about, place)
        } else {
            let base = Notification { user: None, board: None, item: None, update: None, ..about };
            let place = Found(self).notification(&base).unwrap_or_default();
            (base, place)
        };
        let usual = record::notification(&base, id, place);
        Some(Notification { fields: rest(record, &usual, &[]), ..base })
    }
}

/// Content is told as a map where it would be the same text again.
fn block_told(record: &Record, document: u64, all: &[&Record]) -> Option<Block> {
    let id = number(&record["id"])?;
    let is_other =
        |parent: &u64| *parent != id && all.iter().any(|other| number(&other["id"]) == Some(*parent));
    let stored = text(record, "content");
    let told: Option<Map<String, Value>> = serde_json::from_str(&stored).ok();
    let told = told.map(|told| sorted(&Value::Object(told))).filter(|told| content(told) == stored);
    let base = Block {
        id: Some(id),
        kind: text(record, "type"),
        content: told.unwrap_or_default(),
        parent: number(&record["parent_block_id"]).filter(is_other),
        created_at: made_at(record),
        ..Block::default()
    };
    let usual = record::block(&base, id, document);
    Some(Block { fields: rest(record, &usual, &[]), ..base })
}
