//! Subitems: items of a board of their own, which is made with the first of them.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Item, NewColumn, World, seed};
use crate::field_fault::FieldFault;

impl World {
    pub(crate) fn create_subitem(
        &mut self,
        parent: u64,
        name: &str,
        values: &Map<String, Value>,
        create_labels: bool,
    ) -> Result<Arc<Item>, FieldFault> {
        let on = self.item_mut(parent)?;
        let board_id = on.board_id;
        if on.parent.is_some() {
            return Err(FieldFault::new("InvalidArgumentException", "A subitem has no subitems"));
        }
        let board = self.subitems_board_of(board_id)?;
        self.new_item(board, None, name, values, create_labels, Some(parent))
    }

    /// The subitems of an item that are on their board.
    pub(crate) fn subitems_of(&self, parent: u64) -> impl Iterator<Item = Arc<Item>> {
        let items = self.items.values().filter(move |item| item.parent == Some(parent));
        items.filter(|item| item.state == "active").cloned()
    }

    /// The board of a board's subitems, made where there is none.
    pub(super) fn subitems_board_of(&mut self, board_id: u64) -> Result<u64, FieldFault> {
        match self.board_mut(board_id)?.subitems_on {
            Some(board) => Ok(board),
            None => self.subitems_board(board_id),
        }
    }

    pub(super) fn subitems_board(&mut self, parent: u64) -> Result<u64, FieldFault> {
        let id = self.next_id();
        let of = self.board_mut(parent)?;
        of.subitems_on = Some(id);
        let name = format!("Subitems of {}", of.fields["name"].as_str().unwrap_or_default());
        let workspace = of.fields["workspace_id"].clone();
        let is_shown = of.columns.iter().any(|column| column.kind == "subtasks");
        let mut board = seed::board(id, &name, &workspace);
        board.fields.insert("type".to_owned(), json!("sub_items_board"));
        self.boards.push(Arc::new(board));
        if !is_shown {
            self.create_column(parent, NewColumn::of("subtasks", "Subitems"))?;
        }
        Ok(id)
    }
}
