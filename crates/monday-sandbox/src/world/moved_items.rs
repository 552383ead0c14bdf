//! Items that go to another place on their board, or to another board.
//!
//! Must not know: GraphQL.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Value;

use super::{Beside, Board, Item, Kind, World};
use crate::columns;
use crate::field_fault::FieldFault;

/// From a column to one of the other board, or to none.
pub(crate) type Mapping = Vec<(String, Option<String>)>;

impl World {
    /// Beside another item, which brings its group; or to the top or the end of a group.
    pub(crate) fn place_item(
        &mut self,
        id: u64,
        beside: Option<Beside<u64>>,
        group: Option<&str>,
        at_top: bool,
    ) -> Result<Arc<Item>, FieldFault> {
        let board_id = self.item_mut(id)?.board_id;
        let group = match beside {
            Some(Beside::Before(other) | Beside::After(other)) => {
                Some(self.item_on(board_id, other)?.group_id)
            }
            None => group.map(str::to_owned),
        };
        let item = match group {
            Some(group) => self.move_item(id, &group)?,
            None => Arc::new(self.item_mut(id)?.clone()),
        };
        let board = self.board_mut(board_id)?.clone();
        let mut items: Vec<u64> = board.items.iter().copied().filter(|other| *other != id).collect();
        let in_group = |other: &u64| self.items.get(other).is_some_and(|it| it.group_id == item.group_id);
        let place = match beside {
            Some(Beside::Before(other)) => items.iter().position(|it| *it == other),
            Some(Beside::After(other)) => items.iter().position(|it| *it == other).map(|place| place + 1),
            None if at_top => items.iter().position(in_group),
            None => None,
        };
        items.insert(place.unwrap_or(items.len()), id);
        self.board_mut(board_id)?.items = items;
        Ok(item)
    }

    /// With its subitems. Without a mapping, a value goes into the column of the same type with the same id or
    /// title; with one, what is not mapped is lost.
    pub(crate) fn move_item_to_board(
        &mut self,
        id: u64,
        board_id: u64,
        group: &str,
        mapping: Option<&Mapping>,
        subitems_mapping: Option<&Mapping>,
    ) -> Result<Arc<Item>, FieldFault> {
        let item = self.item_mut(id)?.clone();
        if item.parent.is_some() {
            return Err(FieldFault::new("InvalidArgumentException", "A subitem moves with its item"));
        }
        self.group(board_id, group)?;
        let subitems: Vec<Arc<Item>> = self.subitems_of(id).collect();
        let moved = self.carried(&item, board_id, mapping)?;
        self.put(&item, board_id, group.to_owned(), moved)?;
        if !subitems.is_empty() {
            let on = self.subitems_board_of(board_id)?;
            for subitem in subitems {
                let moved = self.carried(&subitem, on, subitems_mapping)?;
                let group = self.board_mut(on)?.groups.first().map(|first| first["id"].clone());
                let group = group.unwrap_or_default().as_str().unwrap_or_default().to_owned();
                self.put(&subitem, on, group, moved)?;
            }
        }
        Ok(Arc::new(self.item_mut(id)?.clone()))
    }

    /// An item's values, by the columns of another board.
    fn carried(
        &mut self,
        item: &Item,
        board_id: u64,
        mapping: Option<&Mapping>,
    ) -> Result<BTreeMap<String, Value>, FieldFault> {
        let to = self.board_mut(board_id)?.clone();
        let from =
            self.board(item.board_id).ok_or_else(|| Kind::Board.missing(&item.board_id.to_string()))?;
        let mut carried = BTreeMap::new();
        let Some(mapping) = mapping else {
            for (id, value) in &item.values {
                if let Some(target) = best(&from, &to, id) {
                    carried.insert(target, value.clone());
                }
            }
            return Ok(carried);
        };
        for (source, target) in mapping {
            let known = |board: &Board, id: &str| {
                let column = board.columns.iter().find(|column| column.id == id).cloned();
                column.ok_or_else(|| columns::unknown(id))
            };
            let source = known(&from, source)?;
            let Some(target) = target else { continue };
            if known(&to, target)?.kind != source.kind {
                let message = format!("{} and {target} are columns of different types", source.id);
                return Err(FieldFault::new("InvalidArgumentException", message));
            }
            if let Some(value) = item.values.get(&source.id) {
                carried.insert(target.clone(), value.clone());
            }
        }
        Ok(carried)
    }

    fn put(
        &mut self,
        item: &Item,
        board_id: u64,
        group: String,
        values: BTreeMap<String, Value>,
    ) -> Result<(), FieldFault> {
        let now = self.now();
        if let Ok(board) = self.board_mut(item.board_id) {
            board.items.retain(|other| *other != item.id);
        }
        self.board_mut(board_id)?.items.push(item.id);
        let moved = self.item_mut(item.id)?;
        (moved.board_id, moved.group_id, moved.values, moved.updated_at) = (board_id, group, values, now);
        moved.changed.clear();
        Ok(())
    }
}

/// The column that is most like one of another board.
fn best(from: &Board, to: &Board, id: &str) -> Option<String> {
    let source = from.columns.iter().find(|column| column.id == id)?;
    let alike = || to.columns.iter().filter(|column| column.kind == source.kind);
    let found = alike().find(|column| column.id == id);
    found.or_else(|| alike().find(|column| column.title == source.title)).map(|column| column.id.clone())
}
