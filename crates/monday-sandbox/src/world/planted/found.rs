//! What a seed refers to, found by id or by name.
//!
//! Must not know: who refers to it.

use super::super::{Record, World, seed};
use super::number;
use crate::seed::Reference;

/// A state to look things up in.
pub(super) struct Found<'w>(pub(super) &'w World);

impl Found<'_> {
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
        let names = || self.0.boards.iter().map(|board| board.fields["name"].to_string()).collect::<Vec<_>>();
        found
            .map(|board| board.id)
            .ok_or_else(|| format!("there is no board {of}: there are {}", names().join(", ")))
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
    let names: Vec<String> = all.iter().map(|record| record["name"].to_string()).collect();
    let of = of.map(ToString::to_string).unwrap_or_default();
    format!("there is no {noun} {of}: there are {}", names.join(", "))
}
