//! From what was answered to the struct: each column looked up by its id, each fault with its place.
//!
//! Must not know: which columns a struct has.

use monday_core::{BoardId, ColumnId, GroupId, ItemId};

use super::unfit::{UnfitColumn, UnfitField, UnfitItem};
use super::wire::{FoundBoard, FoundCell, FoundColumn, FoundItem};
use super::{BoardColumn, BoardItem, ColumnField, ColumnKind, Row};

/// An item that is being read.
#[derive(Debug)]
pub struct ItemReader<'a> {
    item_type: &'static str,
    board: Option<&'a BoardId>,
    item: FoundItem,
}

impl ItemReader<'_> {
    /// The item's id.
    #[must_use]
    pub fn id(&self) -> ItemId {
        self.item.id.clone()
    }

    /// The item's name.
    #[must_use]
    pub fn name(&mut self) -> String {
        self.item.name.take().unwrap_or_default()
    }

    /// The group that the item is in.
    pub fn group(&mut self, field: &'static str) -> Result<GroupId, Box<UnfitItem>> {
        match self.item.group.take() {
            Some(group) => Ok(group.id),
            None => Err(self.unfit("group", field, "group", UnfitColumn::Unfit(UnfitField::Empty))),
        }
    }

    /// The value of a column.
    pub fn column<K: ColumnKind, F: ColumnField<K>>(
        &mut self,
        column: &'static str,
        field: &'static str,
    ) -> Result<F, Box<UnfitItem>> {
        let fault = match self.take(column) {
            None => UnfitColumn::Missing { candidates: Vec::new() },
            Some(FoundCell::Unread { type_name, fault, .. }) if type_name == K::TYPE_NAME => {
                UnfitColumn::Unfit(UnfitField::Undecoded(fault))
            }
            Some(FoundCell::Unread { type_name, .. }) => UnfitColumn::OtherType { found: type_name },
            Some(FoundCell::Read(cell)) => {
                let found = cell.value.type_name().to_owned();
                match K::of(cell.value).map(F::read) {
                    Some(Ok(value)) => return Ok(value),
                    Some(Err(reason)) => UnfitColumn::Unfit(reason),
                    None => UnfitColumn::OtherType { found },
                }
            }
        };
        Err(self.unfit(column, field, K::COLUMN_TYPE, fault))
    }

    /// The rows below this item.
    pub fn subitems<S: BoardItem>(&mut self) -> Result<Vec<Row<S>>, Box<UnfitItem>> {
        let found = self.item.subitems.take().unwrap_or_default();
        found.into_iter().flatten().map(|item| row(item, None)).collect()
    }

    pub(super) fn no_subitem(&self) -> Box<UnfitItem> {
        self.unfit("subitems", "subitems", "subtasks", UnfitColumn::Missing { candidates: Vec::new() })
    }

    fn take(&mut self, column: &str) -> Option<FoundCell> {
        let cells = self.item.column_values.as_mut()?;
        let place = cells.iter().position(|cell| cell.id().as_str() == column)?;
        Some(cells.swap_remove(place))
    }

    fn unfit(
        &self,
        column: &'static str,
        field: &'static str,
        expected: &'static str,
        fault: UnfitColumn,
    ) -> Box<UnfitItem> {
        let item_type = self.item_type;
        let (board, item) = (self.board.cloned(), Some(self.item.id.clone()));
        Box::new(UnfitItem { item_type, field, column, expected, board, item, fault })
    }
}

/// The row of an item. Its board is the one that is told with it, else the one that was asked for.
pub(super) fn row<T: BoardItem>(
    mut item: FoundItem,
    asked: Option<&BoardId>,
) -> Result<Row<T>, Box<UnfitItem>> {
    let told = item.board.take().map(|board| board.id);
    let board = told.as_ref().or(asked);
    let id = item.id.clone();
    let mut reader = ItemReader { item_type: T::NAME, board, item };
    let value = T::read(&mut reader)?;
    Ok(Row::new(id, board.cloned(), value))
}

/// The rows of items.
pub(super) fn rows<T: BoardItem>(
    items: impl IntoIterator<Item = FoundItem>,
    asked: Option<&BoardId>,
) -> Result<Vec<Row<T>>, Box<UnfitItem>> {
    items.into_iter().map(|item| row(item, asked)).collect()
}

/// Whether the board has the columns that the struct reads, each of its type.
pub(super) fn check<T: BoardItem>(id: &BoardId, board: &FoundBoard) -> Result<(), Box<UnfitItem>> {
    let Some(columns) = &board.columns else { return Ok(()) };
    let found = || columns.iter().flatten();
    for BoardColumn { id: column, field, column_type: expected, type_name, .. } in T::COLUMNS {
        let fault = match found().find(|found| found.id.as_str() == *column) {
            None => {
                let fits =
                    |found: &&FoundColumn| found.type_.as_str() == *expected && is_unread::<T>(&found.id);
                let candidates = found().filter(fits).map(|found| found.id.clone()).collect();
                UnfitColumn::Missing { candidates }
            }
            // A kind without a type of columns is told by its values alone.
            Some(found) if expected != type_name && found.type_.as_str() != *expected => {
                UnfitColumn::OtherType { found: found.type_.as_str().to_owned() }
            }
            Some(_) => continue,
        };
        return Err(Box::new(UnfitItem {
            item_type: T::NAME,
            field,
            column,
            expected,
            board: Some(id.clone()),
            item: None,
            fault,
        }));
    }
    Ok(())
}

/// Whether no field of the struct reads the column.
fn is_unread<T: BoardItem>(id: &ColumnId) -> bool {
    !T::COLUMNS.iter().any(|column| column.id == id.as_str())
}
