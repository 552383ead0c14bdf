//! What a column holds for an item, as filters and sorting look at it.
//!
//! Must not know: operators.

use std::cmp::Ordering;

use serde_json::Value;

use super::super::{Board, Column, Item, World};
use crate::columns;
use crate::field_fault::FieldFault;

/// A column of an item.
pub(super) struct Subject<'a> {
    pub(super) world: &'a World,
    pub(super) item: &'a Item,
    pub(super) kind: &'a str,
    pub(super) value: &'a Value,
    column: Option<&'a Column>,
}

/// What items are sorted by. Nothing comes before everything.
#[derive(Debug, PartialEq)]
pub(super) enum Key {
    Nothing,
    Number(f64),
    Text(String),
}

/// The type of a column, built in or of the board.
pub(super) fn kind_of<'a>(board: &'a Board, id: &str) -> Result<&'a str, FieldFault> {
    Ok(match id {
        "name" => "name",
        "group" => "group",
        "__item_id__" => "item_id",
        "__creation_log__" => "creation_log",
        "__last_updated__" => "last_updated",
        _ => &column(board, id).ok_or_else(|| columns::unknown(id))?.kind,
    })
}

fn column<'a>(board: &'a Board, id: &str) -> Option<&'a Column> {
    board.columns.iter().find(|column| column.id == id).map(AsRef::as_ref)
}

/// An id as a number or as text.
pub(super) fn is_id(value: &Value, id: u64) -> bool {
    value.as_u64() == Some(id) || value.as_str().and_then(|text| text.parse().ok()) == Some(id)
}

/// A number, or text that is one.
pub(super) fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

impl<'a> Subject<'a> {
    pub(super) fn of(
        world: &'a World,
        board: &'a Board,
        item: &'a Item,
        id: &str,
    ) -> Result<Self, FieldFault> {
        let kind = kind_of(board, id)?;
        let value = item.values.get(id).unwrap_or(&Value::Null);
        Ok(Self { world, item, kind, value, column: column(board, id) })
    }

    /// What people see of it, and search in.
    pub(super) fn text(&self) -> String {
        let part = |key: &str| self.value[key].as_str().filter(|text| !text.is_empty()).map(str::to_owned);
        match (self.kind, self.column) {
            ("name", _) => self.item.name.clone(),
            ("group", _) => self.item.group_id.clone(),
            ("item_id", _) => self.item.id.to_string(),
            ("creation_log", _) => self.item.created_at.clone(),
            ("last_updated", _) => self.item.updated_at.clone(),
            ("email", _) => part("text").or_else(|| part("email")).unwrap_or_default(),
            ("link", _) => part("text").or_else(|| part("url")).unwrap_or_default(),
            ("board_relation" | "dependency" | "subtasks", Some(column)) => {
                columns::linked_names(self.world, column, self.item)
            }
            (_, Some(column)) => columns::text(self.world, column, self.item).unwrap_or_default(),
            _ => String::new(),
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        match self.kind {
            "board_relation" | "dependency" | "subtasks" => self.linked().is_empty(),
            "location" => self.value.is_null(),
            _ => self.text().is_empty(),
        }
    }

    /// The ids of the items that it leads to.
    pub(super) fn linked(&self) -> Vec<u64> {
        self.column.map(|column| columns::linked_ids(self.world, column, self.item)).unwrap_or_default()
    }

    pub(super) fn number(&self) -> Option<f64> {
        match self.kind {
            "numbers" => number(self.value),
            "rating" => self.value["rating"].as_f64(),
            "hour" => Some(self.value["hour"].as_f64()? * 60.0 + self.value["minute"].as_f64()?),
            "item_id" => number(&self.item.id.into()),
            _ => None,
        }
    }

    pub(super) fn key(&self) -> Key {
        let text = self.text();
        match self.number() {
            Some(number) => Key::Number(number),
            None if text.is_empty() => Key::Nothing,
            None => Key::Text(text),
        }
    }
}

impl Key {
    pub(super) fn cmp(&self, other: &Self) -> Ordering {
        let rank = |key: &Self| match key {
            Self::Nothing => 0,
            Self::Number(_) => 1,
            Self::Text(_) => 2,
        };
        match (self, other) {
            (Self::Number(a), Self::Number(b)) => a.total_cmp(b),
            (Self::Text(a), Self::Text(b)) => a.cmp(b),
            _ => rank(self).cmp(&rank(other)),
        }
    }
}
