//! Who belongs to teams, boards and workspaces, and where boards, docs and folders stand: what a seed says of it, as
//! fields.
//!
//! Must not know: how those are kept.

use serde_json::{Map, Value, json};

use super::super::boards::MEMBERS;
use super::super::{Kind, seed};
use super::found::Found;
use crate::seed::{Board, Reference, Team, Workspace};

/// What a seed says of members, in the order of [`MEMBERS`].
pub(in crate::world) type Told<'t> = [&'t Option<Vec<Reference>>; 4];

pub(in crate::world) fn of_board(told: &Board) -> Told<'_> {
    [&told.subscribers, &told.owners, &told.team_subscribers, &told.team_owners]
}

pub(in crate::world) fn of_workspace(told: &Workspace) -> Told<'_> {
    [&told.subscribers, &told.owners, &told.team_subscribers, &told.team_owners]
}

impl Found<'_> {
    /// The lists that are told.
    pub(in crate::world) fn members(&self, told: Told<'_>) -> Result<Map<String, Value>, String> {
        let mut lists = Map::new();
        for ((key, kind), told) in MEMBERS.iter().zip(told) {
            if let Some(told) = told {
                lists.insert((*key).to_owned(), json!(self.all(*kind, told)?));
            }
        }
        Ok(lists)
    }

    /// Only members of a team own it.
    pub(in crate::world) fn team(&self, told: &Team) -> Result<Map<String, Value>, String> {
        let (users, owners) = (self.all(Kind::User, &told.users)?, self.all(Kind::User, &told.owners)?);
        for (owner, id) in told.owners.iter().zip(&owners) {
            if !users.contains(id) {
                return Err(format!("its owner {owner} is not among its users: put them there too"));
            }
        }
        Ok(seed::map(json!({"user_ids": users, "owner_ids": owners})))
    }

    /// In a folder, which has its workspace and stands under this key; else in a workspace.
    pub(in crate::world) fn home(
        &self,
        workspace: Option<&Reference>,
        folder: Option<&Reference>,
        key: &str,
    ) -> Result<Map<String, Value>, String> {
        let told = workspace.map(|_| self.workspace(workspace)).transpose()?;
        let (workspace, folder) = match folder {
            None => (json!(told.map_or_else(|| self.workspace(None), Ok)?), Value::Null),
            Some(of) => {
                let id = self.record(Kind::Folder, of)?;
                let of_folder = self.0.record(Kind::Folder, &id).map(|folder| folder["workspace_id"].clone());
                let of_folder = of_folder.unwrap_or_default();
                if told.is_some_and(|told| of_folder != told) {
                    return Err(format!("the folder {of} is in another workspace: leave `workspace` out"));
                }
                (of_folder, json!(id))
            }
        };
        let mut home = seed::map(json!({ "workspace_id": workspace }));
        home.insert(key.to_owned(), folder);
        Ok(home)
    }
}
