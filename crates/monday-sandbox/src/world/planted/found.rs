//! What a seed refers to, found by id or by name.
//!
//! Must not know: who refers to it.

use std::sync::Arc;

use super::super::{Item, Kind, Record, World, seed};
use super::number;
use crate::seed::Reference;

/// A state to look things up in.
pub(in crate::world) struct Found<'w>(pub(in crate::world) &'w World);

impl Found<'_> {
    /// The id of one that is there, by its id or name, as others hold it.
    pub(in crate::world) fn record(&self, kind: Kind, of: &Reference) -> Result<String, String> {
        let all = self.0.records(kind);
        let is_it = |record: &&Record| match of {
            Reference::Id(id) => number(&record["id"]) == Some(*id),
            Reference::Name(name) => {
                ["name", "email"].iter().any(|key| record.get(*key).is_some_and(|text| text == name))
            }
        };
        let id = all.iter().find(is_it).and_then(|record| record["id"].as_str().map(str::to_owned));
        id.ok_or_else(|| missing(&kind.type_name().to_lowercase(), Some(of), all))
    }

    /// The ids of all these, each once.
    pub(in crate::world) fn all(&self, kind: Kind, of: &[Reference]) -> Result<Vec<String>, String> {
        let mut ids = Vec::new();
        for of in of {
            let id = self.record(kind, of)?;
            if ids.contains(&id) {
                return Err(format!("{of} is there twice: leave one out"));
            }
            ids.push(id);
        }
        Ok(ids)
    }

    pub(in crate::world) fn item(&self, of: &Reference) -> Result<Arc<Item>, String> {
        let found = match of {
            Reference::Id(id) => self.0.items.get(id),
            Reference::Name(name) => self.0.items.values().find(|item| item.name == *name),
        };
        found.cloned().ok_or_else(|| format!("there is no item {of}: write one on a board"))
    }

    /// The id of a workspace as boards hold it; the first one unless told.
    pub(super) fn workspace(&self, of: Option<&Reference>) -> Result<String, String> {
        let all = &self.0.workspaces;
        let found = match of {
            None => all.first(),
            Some(Reference::Id(id)) => all.iter().find(|workspace| number(&workspace["id"]) == Some(*id)),
            Some(Reference::Name(name)) => all.iter().find(|workspace| workspace["name"] == **name),
        };
        let id = found.and_then(|workspace| workspace["id"].as_str().map(str::to_owned));
        id.ok_or_else(|| missing("workspace", of, all))
    }

    pub(super) fn board(&self, of: &Reference) -> Result<u64, String> {
        let found = self.0.boards.iter().find(|board| match of {
            Reference::Id(id) => board.id == *id,
            Reference::Name(name) => board.fields["name"] == **name,
        });
        let names = || self.0.boards.iter().map(|board| board.fields["name"].to_string()).collect();
        found.map(|board| board.id).ok_or_else(|| refused("board", Some(of), names()))
    }

    /// A user by name or e-mail; one by id may have left the account. The first one unless told.
    pub(super) fn user(&self, of: Option<&Reference>) -> Result<u64, String> {
        match of {
            None => Ok(seed::ME),
            Some(Reference::Id(id)) => Ok(*id),
            Some(Reference::Name(name)) => {
                let is_named = |user: &&Record| user["name"] == **name || user["email"] == **name;
                let found = self.0.users.iter().find(is_named).and_then(|user| number(&user["id"]));
                found.ok_or_else(|| missing("user", of, &self.0.users))
            }
        }
    }
}

fn missing(noun: &str, of: Option<&Reference>, all: &[Record]) -> String {
    refused(noun, of, all.iter().map(|record| record["name"].to_string()).collect())
}

fn refused(noun: &str, of: Option<&Reference>, mut names: Vec<String>) -> String {
    if names.is_empty() {
        names.push("none".to_owned());
    }
    let of = of.map(ToString::to_string).unwrap_or_default();
    format!("there is no {noun} {of}: there are {}", names.join(", "))
}
