//! Nouns that are kept as records: found by id, made, changed, taken away; and the fields of boards.
//!
//! Must not know: GraphQL, what the fields mean.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Record, World, seed};
use crate::field_fault::FieldFault;

/// A noun with an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Block,
    Board,
    Document,
    Folder,
    Item,
    Notification,
    Tag,
    Team,
    Update,
    User,
    Workspace,
}

impl Kind {
    /// The schema's name of it.
    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::Block => "DocumentBlock",
            Self::Board => "Board",
            Self::Document => "Document",
            Self::Folder => "Folder",
            Self::Item => "Item",
            Self::Notification => "NotificationV2",
            Self::Tag => "Tag",
            Self::Team => "Team",
            Self::Update => "Update",
            Self::User => "User",
            Self::Workspace => "Workspace",
        }
    }

    /// There is none of this id.
    pub(crate) fn missing(self, id: &str) -> FieldFault {
        let (code, noun) = match self {
            Self::Board => ("InvalidBoardIdException", "Board"),
            Self::Item => ("InvalidItemIdException", "Item"),
            Self::User => ("InvalidUserIdException", "User"),
            Self::Block => ("ResourceNotFoundException", "Block"),
            Self::Notification => ("ResourceNotFoundException", "Notification"),
            other => ("ResourceNotFoundException", other.type_name()),
        };
        let data = Map::from_iter([(format!("{}_id", noun.to_lowercase()), json!(id))]);
        FieldFault::new(code, format!("{noun} not found")).with_data(Value::Object(data))
    }
}

/// The id in a field.
pub(crate) fn id_of(fields: &Map<String, Value>, key: &str) -> Option<u64> {
    fields.get(key)?.as_str()?.parse().ok()
}

/// The ids in a field that has one or a list of them.
pub(crate) fn ids_of<'f>(fields: &'f Map<String, Value>, key: &str) -> Vec<&'f str> {
    match fields.get(key) {
        Some(Value::Array(ids)) => ids.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(id)) => vec![id],
        _ => Vec::new(),
    }
}

/// Boards and items have shelves of their own.
impl World {
    pub(crate) fn records(&self, kind: Kind) -> &[Record] {
        match kind {
            Kind::Block => &self.blocks,
            Kind::Document => &self.documents,
            Kind::Folder => &self.folders,
            Kind::Notification => &self.notifications,
            Kind::Tag => &self.tags,
            Kind::Team => &self.teams,
            Kind::Update => &self.updates,
            Kind::User => &self.users,
            Kind::Workspace => &self.workspaces,
            Kind::Board | Kind::Item => &[],
        }
    }

    fn shelf(&mut self, kind: Kind) -> Option<&mut Vec<Record>> {
        Some(match kind {
            Kind::Block => &mut self.blocks,
            Kind::Document => &mut self.documents,
            Kind::Folder => &mut self.folders,
            Kind::Notification => &mut self.notifications,
            Kind::Tag => &mut self.tags,
            Kind::Team => &mut self.teams,
            Kind::Update => &mut self.updates,
            Kind::User => &mut self.users,
            Kind::Workspace => &mut self.workspaces,
            Kind::Board | Kind::Item => return None,
        })
    }

    /// Of whatever state.
    pub(crate) fn record(&self, kind: Kind, id: &str) -> Option<&Record> {
        self.records(kind).iter().find(|record| record["id"] == id)
    }

    /// Refuses what is not there to be used.
    pub(crate) fn check(&self, kind: Kind, id: &str) -> Result<(), FieldFault> {
        let number = || id.parse::<u64>().ok();
        let is_there = match kind {
            Kind::Board => number().and_then(|id| self.board(id)).is_some_and(|it| is_active(&it.fields)),
            Kind::Item => {
                number().and_then(|id| self.items.get(&id)).is_some_and(|item| item.state == "active")
            }
            kind => self.record(kind, id).is_some_and(|record| is_active(record)),
        };
        if is_there { Ok(()) } else { Err(kind.missing(id)) }
    }

    pub(crate) fn check_all(&self, kind: Kind, ids: &[String]) -> Result<(), FieldFault> {
        ids.iter().try_for_each(|id| self.check(kind, id))
    }

    /// The fields of what is there, to be changed.
    pub(crate) fn fields_mut(&mut self, kind: Kind, id: &str) -> Result<&mut Map<String, Value>, FieldFault> {
        self.check(kind, id)?;
        if kind == Kind::Board {
            return self.board_mut(id.parse().unwrap_or_default()).map(|board| &mut board.fields);
        }
        let record = self.shelf(kind).and_then(|shelf| shelf.iter_mut().find(|record| record["id"] == id));
        record.map(Arc::make_mut).ok_or_else(|| kind.missing(id))
    }

    /// The record with these fields in place of those it had.
    pub(crate) fn change(
        &mut self,
        kind: Kind,
        id: &str,
        fields: Map<String, Value>,
    ) -> Result<Record, FieldFault> {
        let kept = self.fields_mut(kind, id)?;
        kept.extend(fields);
        Ok(Arc::new(kept.clone()))
    }

    /// Keeps a new one under an id of its own, made now.
    pub(crate) fn add(&mut self, kind: Kind, fields: Value) -> Record {
        let (id, now) = (self.next_id().to_string(), self.now());
        let mut fields = seed::map(fields);
        for (key, value) in [("id", id), ("created_at", now)] {
            fields.entry(key).or_insert_with(|| json!(value));
        }
        let record = Arc::new(fields);
        if let Some(shelf) = self.shelf(kind) {
            shelf.push(Arc::clone(&record));
        }
        record
    }

    /// Forgets one.
    pub(crate) fn remove(&mut self, kind: Kind, id: &str) -> Result<Record, FieldFault> {
        self.check(kind, id)?;
        let kept = self.shelf(kind).ok_or_else(|| kind.missing(id))?;
        let place = kept.iter().position(|record| record["id"] == id).ok_or_else(|| kind.missing(id))?;
        Ok(kept.remove(place))
    }
}

/// Nouns without a state are there as long as they are kept.
pub(super) fn is_active(fields: &Map<String, Value>) -> bool {
    fields.get("state").is_none_or(|state| state == "active")
}
