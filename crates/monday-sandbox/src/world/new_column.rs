//! Columns that are made, with their ids, labels and place, those that are renamed, and those that are deleted.
//!
//! Must not know: GraphQL, what is written into them.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Column, World};
use crate::columns;
use crate::field_fault::FieldFault;

/// A column as it is asked for.
#[derive(Debug, Default)]
pub(crate) struct NewColumn {
    pub(crate) id: Option<String>,
    pub(crate) title: String,
    pub(crate) kind: String,
    pub(crate) description: Option<String>,
    pub(crate) defaults: Map<String, Value>,
    /// The column it stands after; at the end unless told.
    pub(crate) after: Option<String>,
}

impl NewColumn {
    pub(crate) fn of(kind: &str, title: &str) -> Self {
        Self { kind: kind.to_owned(), title: title.to_owned(), ..Self::default() }
    }
}

impl World {
    pub(crate) fn create_column(&mut self, board_id: u64, new: NewColumn) -> Result<Arc<Column>, FieldFault> {
        let refuse = |message: &str| FieldFault::new("InvalidArgumentException", message);
        let number = self.next_id();
        let board = self.board_mut(board_id)?;
        if matches!(new.kind.as_str(), "name" | "unsupported" | "item_assignees") {
            return Err(refuse("A column of this type cannot be created"));
        }
        let id = new.id.clone().unwrap_or_else(|| format!("{}_{number}", new.kind));
        if !is_id(&id) || board.columns.iter().any(|column| column.id == id) {
            let data = json!({"column_id": id});
            return Err(
                refuse("The id of a column is new on its board, and like `my_column_1`").with_data(data)
            );
        }
        let place = match &new.after {
            None => board.columns.len(),
            Some(after) => {
                let place = board.columns.iter().position(|column| column.id == *after);
                place.ok_or_else(|| columns::unknown(after))? + 1
            }
        };
        let labels = if new.defaults.contains_key("labels") || new.defaults.contains_key("settings") {
            let labels = columns::labels_of(&new.defaults);
            labels.ok_or_else(|| refuse("defaults: the labels cannot be read"))?
        } else {
            columns::default_labels(&new.kind)
        };
        let NewColumn { title, kind, description, .. } = new;
        let column = Arc::new(Column { id, title, kind, description, labels });
        board.columns.insert(place, Arc::clone(&column));
        self.column_happened(board_id, &column);
        Ok(column)
    }

    /// Its id stays.
    pub(crate) fn rename_column(
        &mut self,
        board_id: u64,
        id: &str,
        title: String,
    ) -> Result<Arc<Column>, FieldFault> {
        let board = self.board_mut(board_id)?;
        let column = board.columns.iter_mut().find(|column| column.id == id);
        let column = column.ok_or_else(|| columns::unknown(id))?;
        Arc::make_mut(column).title = title;
        Ok(Arc::clone(column))
    }

    /// What items have in it is not read any more.
    pub(crate) fn delete_column(&mut self, board_id: u64, id: &str) -> Result<Arc<Column>, FieldFault> {
        let board = self.board_mut(board_id)?;
        let place = board.columns.iter().position(|column| column.id == id);
        Ok(board.columns.remove(place.ok_or_else(|| columns::unknown(id))?))
    }
}

/// Lowercase letters, digits and `_`, the first a letter.
fn is_id(id: &str) -> bool {
    let fits = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    id.starts_with(|first: char| first.is_ascii_lowercase()) && id.chars().all(fits)
}
