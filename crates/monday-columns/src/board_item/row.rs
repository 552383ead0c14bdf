//! A row: the struct with its item's id, as it is and as it was read.
//!
//! Must not know: how it was read, how changes are sent.

use std::ops::{Deref, DerefMut};

use monday_core::{BoardId, ItemId};
use monday_queries::ChangeMultipleColumnValues;

use super::BoardItem;
use crate::{ColumnValues, InvalidColumns};

/// An item as a struct. It is the struct, and knows what was changed in it since it was read.
///
/// It holds the struct twice; [`into_inner`](Self::into_inner) gives it alone.
#[derive(Debug, Clone)]
pub struct Row<T> {
    id: ItemId,
    board: Option<BoardId>,
    original: T,
    now: T,
}

impl<T: BoardItem> Row<T> {
    pub(super) fn new(id: ItemId, board: Option<BoardId>, now: T) -> Self {
        Self { id, board, original: now.clone(), now }
    }

    /// The item's id.
    #[must_use]
    pub fn id(&self) -> &ItemId {
        &self.id
    }

    /// The board that the item lies on; that of subitems is another. `None` if monday did not say.
    #[must_use]
    pub fn board_id(&self) -> Option<&BoardId> {
        self.board.as_ref()
    }

    /// The struct as it was read, or saved last.
    #[must_use]
    pub fn original(&self) -> &T {
        &self.original
    }

    /// The struct alone.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.now
    }

    /// Whether a field of this row or of one below it has another value than it was read with.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        !self.values().is_empty() || self.now.subitems().iter().any(Row::is_changed)
    }

    /// What saves the row: a mutation with the changed fields alone, and one for each row below it that was changed;
    /// none where nothing was. Send them by `Client::bulk`, then call [`mark_saved`](Self::mark_saved).
    ///
    /// A change that monday would refuse is refused here, each with its column: a value out of its range, a field whose
    /// column cannot be written.
    pub fn changes(&self) -> Result<Vec<ChangeMultipleColumnValues>, InvalidColumns> {
        let mut changes = Vec::new();
        self.collect(&mut changes)?;
        Ok(changes)
    }

    /// What is there now counts as saved.
    pub fn mark_saved(&mut self) {
        self.now.subitems_mut().iter_mut().for_each(Row::mark_saved);
        self.original = self.now.clone();
    }

    /// Takes back all changes since it was read, or saved last.
    pub fn revert(&mut self) {
        self.now = self.original.clone();
    }

    fn values(&self) -> ColumnValues {
        self.now.write(Some(&self.original), ColumnValues::new())
    }

    fn collect(&self, changes: &mut Vec<ChangeMultipleColumnValues>) -> Result<(), InvalidColumns> {
        let values = self.values();
        if !values.is_empty() {
            let json = values.json()?;
            let board = self.board.as_ref().ok_or(InvalidColumns::NoBoard)?;
            changes.push(ChangeMultipleColumnValues::new(board, &self.id, json));
        }
        // Deep enough: rows below rows below rows do not compile.
        self.now.subitems().iter().try_for_each(|row| row.collect(changes))
    }
}

impl<T> Deref for Row<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.now
    }
}

impl<T> DerefMut for Row<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.now
    }
}
