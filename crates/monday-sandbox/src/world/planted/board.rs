//! A board of a seed, without its items.
//!
//! Must not know: items.

use std::collections::BTreeMap;
use std::sync::Arc;

use heck::ToTitleCase as _;
use serde_json::{Map, Value, json};

use super::super::{Board, Column, Record, seed};
use super::record::{self, not_empty, one_of};
use crate::columns;
use crate::schema;
use crate::seed::{Board as Told, Column as ToldColumn, Group, SeedError};

/// Types whose columns have labels.
pub(in crate::world) const LABELLED: [&str; 2] = ["dropdown", "status"];

pub(super) fn planted(told: &Told, id: u64, place: Map<String, Value>) -> Result<Board, SeedError> {
    let at = || format!("board {:?}", told.name);
    check(told).map_err(|message| SeedError::new(at(), message))?;
    let mut board = fields(told, id, place);
    if let Some(groups) = &told.groups {
        board.groups = planted_groups(groups).map_err(|message| SeedError::new(at(), message))?;
    }
    if let Some(columns) = &told.columns {
        board.columns = planted_columns(columns).map_err(|message| SeedError::new(at(), message))?;
    }
    Ok(board)
}

/// A board with the sandbox's own columns and groups, where it stands and with its members.
pub(in crate::world) fn fields(told: &Told, id: u64, place: Map<String, Value>) -> Board {
    let mut board = seed::board(id, &told.name, &Value::Null);
    board.fields.extend(place);
    if told.subitems_of.is_some() {
        board.fields.insert("type".to_owned(), json!("sub_items_board"));
    }
    let words = [("description", &told.description), ("board_kind", &told.kind), ("state", &told.state)];
    board.fields = record::over(board.fields, &words, &told.fields);
    board
}

fn check(told: &Told) -> Result<(), String> {
    not_empty("name", &told.name)?;
    one_of("kind", told.kind.as_ref(), &["public", "private", "share"])?;
    one_of("state", told.state.as_ref(), &["active", "archived", "deleted"])
}

fn planted_groups(told: &[Group]) -> Result<Vec<Record>, String> {
    if told.is_empty() {
        return Err("a board has a group: leave `groups` out for the sandbox's own".to_owned());
    }
    let mut groups: Vec<Record> = Vec::new();
    for (group, place) in told.iter().zip(1..) {
        let id = group.id.clone().unwrap_or_else(|| format!("group_{place}"));
        not_empty("id", &id)?;
        if groups.iter().any(|other| other["id"] == id) {
            return Err(format!("two of its groups have the id {id:?}: give one of them another"));
        }
        groups.push(Arc::new(record::group(group, &id, place)));
    }
    Ok(groups)
}

fn planted_columns(told: &[ToldColumn]) -> Result<Vec<Arc<Column>>, String> {
    let mut columns: Vec<Arc<Column>> = Vec::new();
    if told.iter().all(|column| column.kind != "name") {
        let (id, title) = ("name".to_owned(), "Name".to_owned());
        let labels = BTreeMap::new();
        columns.push(Arc::new(Column { id, title, kind: "name".to_owned(), labels, ..Column::default() }));
    }
    for column in told {
        let id = column.id.clone().unwrap_or_else(|| free_id(&column.kind, told, &columns));
        let refuse = |message: String| Err(format!("column {id:?}: {message}"));
        if !schema::column_types().contains(&column.kind.as_str()) {
            let message =
                format!("there is no type {:?}: they are {}", column.kind, schema::column_types().join(", "));
            return refuse(message);
        }
        if id.is_empty() || id.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return refuse("an id is like `my_column_1`".to_owned());
        }
        if columns.iter().any(|other| other.id == id) {
            return refuse("another column has this id: give one of them another".to_owned());
        }
        if column.labels.is_some() && !LABELLED.contains(&column.kind.as_str()) {
            return refuse(format!("only a {} has labels", LABELLED.join(" or a ")));
        }
        let labels =
            column.labels.clone().map_or_else(|| columns::default_labels(&column.kind), |labels| labels.0);
        let title = column.title.clone().unwrap_or_else(|| column.kind.to_title_case());
        let (kind, description) = (column.kind.clone(), column.description.clone());
        let (width, changes) = (column.width, column.changes.unwrap_or(0));
        columns.push(Arc::new(Column { id, title, kind, description, labels, width, changes }));
    }
    Ok(columns)
}

/// The type, or the type with a number behind it.
fn free_id(kind: &str, told: &[ToldColumn], columns: &[Arc<Column>]) -> String {
    let is_taken = |id: &str| {
        columns.iter().any(|column| column.id == id)
            || told.iter().any(|column| column.id.as_deref() == Some(id))
    };
    let numbered = (2_u64..).map(|number| format!("{kind}_{number}"));
    std::iter::once(kind.to_owned()).chain(numbered).find(|id| !is_taken(id)).unwrap_or_default()
}
