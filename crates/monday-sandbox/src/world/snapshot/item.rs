//! Items in a snapshot, with all that hangs on them.
//!
//! Must not know: boards' own fields.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use serde_json::Value;

use super::super::planted::{number, record};
use super::super::{Asset, Board, Item, Record, World, assets, seed};
use super::{creator, made_at, rest, sorted, text};
use crate::columns;
use crate::seed::{Fields, File, Item as Told, Update};

/// What hangs on what, gone through once.
pub(super) struct Hanging<'w> {
    /// Items that are on no board any more, by the board they were on.
    off: BTreeMap<u64, Vec<&'w Arc<Item>>>,
    subitems: BTreeMap<u64, Vec<&'w Arc<Item>>>,
    updates: BTreeMap<u64, Vec<&'w Record>>,
    /// By the update they reply to.
    replies: BTreeMap<u64, Vec<&'w Record>>,
}

impl<'w> Hanging<'w> {
    pub(super) fn of(world: &'w World) -> Self {
        let (mut off, mut subitems, mut updates) = (BTreeMap::new(), BTreeMap::new(), BTreeMap::new());
        for item in world.items.values() {
            match item.parent {
                Some(parent) => subitems.entry(parent).or_insert_with(Vec::new).push(item),
                None if item.state != "active" => {
                    off.entry(item.board_id).or_insert_with(Vec::new).push(item);
                }
                None => {}
            }
        }
        let mut replies: BTreeMap<u64, Vec<&'w Record>> = BTreeMap::new();
        let posts: BTreeMap<u64, &Value> =
            world.posts().filter_map(|post| Some((number(&post["id"])?, &post["item_id"]))).collect();
        for update in &world.updates {
            // What replies to nothing that is there any more stands on its own.
            let of = update.get("parent_id").and_then(number);
            if let Some(of) = of.filter(|of| posts.get(of) == Some(&&update["item_id"])) {
                replies.entry(of).or_default().push(update);
            } else if let Some(item) = number(&update["item_id"]) {
                updates.entry(item).or_insert_with(Vec::new).push(update);
            }
        }
        Self { off, subitems, updates, replies }
    }
}

impl World {
    /// In the board's order, then those that are archived or deleted.
    pub(super) fn items_told(&self, board: &Arc<Board>, hanging: &Hanging<'_>) -> Vec<Told> {
        let is_on = |item: &&Arc<Item>| item.state == "active";
        let on = board.items.iter().filter_map(|id| self.items.get(id)).filter(is_on);
        let off = hanging.off.get(&board.id).into_iter().flatten().copied();
        on.chain(off).map(|item| self.item_told(item, board, hanging)).collect()
    }

    fn item_told(&self, item: &Arc<Item>, board: &Arc<Board>, hanging: &Hanging<'_>) -> Told {
        let (mut values, mut files) = (BTreeMap::new(), BTreeMap::new());
        for column in &board.columns {
            let Some(value) = item.values.get(&column.id) else { continue };
            if column.kind == "file" {
                let ids = assets::entries(Some(value)).filter_map(|entry| entry["assetId"].as_u64());
                let kept = ids.filter_map(|id| self.assets.get(id)).map(file).collect();
                files.insert(column.id.clone(), kept);
            } else if columns::is_writable(&column.kind) {
                values.insert(column.id.clone(), sorted(value));
            }
        }
        let is_there = |id: &str| board.columns.iter().any(|column| column.id == id);
        let first = board.groups.first().map(|group| text(group, "id"));
        let below = hanging.subitems.get(&item.id);
        let on = below.and_then(|below| self.board(below.first()?.board_id));
        let subitems = on.iter().flat_map(|on| {
            let below = below.into_iter().flatten();
            below.map(|subitem| self.item_told(subitem, on, hanging)).collect::<Vec<_>>()
        });
        let updates = hanging.updates.get(&item.id).into_iter().flatten();
        Told {
            id: Some(item.id),
            name: item.name.clone(),
            group: Some(item.group_id.clone()).filter(|group| Some(group) != first.as_ref()),
            state: Some(item.state.to_owned()).filter(|state| state != "active"),
            creator: creator(item.creator_id),
            created_at: Some(item.created_at.clone()).filter(|at| at != seed::BEFORE),
            updated_at: Some(item.updated_at.clone()).filter(|at| *at != item.created_at),
            changed: item.changed.clone().into_iter().filter(|(id, _)| is_there(id)).collect(),
            subitems: subitems.collect(),
            updates: updates.filter_map(|update| self.update_told(update, None, hanging)).collect(),
            values,
            files,
        }
    }

    /// Or a reply to the update of this id.
    fn update_told(&self, record: &Record, of: Option<u64>, hanging: &Hanging<'_>) -> Option<Update> {
        let (id, item) = (number(&record["id"])?, number(&record["item_id"])?);
        let by = number(&record["creator_id"]).unwrap_or(seed::ME);
        let replies = hanging.replies.get(&id).into_iter().flatten();
        let base = Update {
            id: Some(id),
            body: text(record, "body"),
            creator: creator(by),
            created_at: made_at(record),
            files: self.assets.on_update(id).into_iter().map(file).collect(),
            replies: replies.filter_map(|reply| self.update_told(reply, Some(id), hanging)).collect(),
            fields: Fields::new(),
        };
        let usual = record::update(&base, id, item, by, of);
        Some(Update { fields: rest(record, &usual, &[]), ..base })
    }
}

/// Its bytes in the shortest of their forms.
fn file(asset: &Asset) -> File {
    let bytes = &asset.file.bytes;
    let is_zeros = !bytes.is_empty() && bytes.iter().all(|byte| *byte == 0);
    let is_plain = |text: &&str| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t'));
    let text = std::str::from_utf8(bytes).ok().filter(is_plain).filter(|text| !text.is_empty());
    File {
        id: Some(asset.id),
        name: asset.file.name.clone(),
        content_type: asset.file.content_type.clone(),
        text: text.map(str::to_owned),
        base64: (text.is_none() && !is_zeros && !bytes.is_empty()).then(|| STANDARD.encode(bytes)),
        size: is_zeros.then_some(bytes.len() as u64),
        created_at: Some(asset.created_at.clone()).filter(|at| at != seed::BEFORE),
    }
}
