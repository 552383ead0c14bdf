//! Columns that are made, with their ids, labels and place, those that are changed, and those that are deleted.
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

/// What is to be another one of a column; the rest stays.
#[derive(Debug, Default)]
pub(crate) struct ColumnChange {
    /// What the caller takes it for; any unless told.
    pub(crate) kind: Option<String>,
    pub(crate) revision: Option<String>,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
    pub(crate) width: Option<u64>,
    pub(crate) settings: Option<Map<String, Value>>,
}

impl Column {
    /// Another one after each change.
    pub(crate) fn revision(&self) -> String {
        (self.changes + 1).to_string()
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
        let column = Arc::new(Column { id, title, kind, description, labels, ..Column::default() });
        board.columns.insert(place, Arc::clone(&column));
        self.column_happened(board_id, &column);
        Ok(column)
    }

    /// Its id and its type stay.
    pub(crate) fn change_column(
        &mut self,
        board_id: u64,
        id: &str,
        change: ColumnChange,
    ) -> Result<Arc<Column>, FieldFault> {
        let refuse = |message: &str| FieldFault::new("InvalidArgumentException", message);
        let board = self.board_mut(board_id)?;
        let column = board.columns.iter_mut().find(|column| column.id == id);
        let column = column.ok_or_else(|| columns::unknown(id))?;
        if change.kind.is_some_and(|kind| kind != column.kind) {
            return Err(refuse("The type of a column does not change"));
        }
        if change.revision.is_some_and(|revision| revision != column.revision()) {
            return Err(refuse("The column has another revision now").with_data(json!({"column_id": id})));
        }
        let labels = change.settings.filter(|settings| settings.contains_key("labels"));
        let labels = labels.map(|settings| {
            columns::labels_of(&settings).ok_or_else(|| refuse("settings: the labels cannot be read"))
        });
        let labels = labels.transpose()?;
        let column = Arc::make_mut(column);
        column.title = change.title.unwrap_or_else(|| column.title.clone());
        column.description = change.description.or_else(|| column.description.take());
        column.width = change.width.or(column.width);
        if let Some(labels) = labels {
            column.labels = labels;
        }
        column.changes += 1;
        Ok(Arc::new(column.clone()))
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
