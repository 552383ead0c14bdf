//! Boards that are made, moved, archived and deleted.
//!
//! Must not know: GraphQL.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::{Board, Kind, World, ids_of, seed};
use crate::field_fault::FieldFault;

/// A board as it is asked for.
#[derive(Debug, Default)]
pub(crate) struct NewBoard {
    pub(crate) name: String,
    pub(crate) workspace: Option<String>,
    pub(crate) folder: Option<String>,
    /// Whether it has its name's column and one group only.
    pub(crate) is_empty: bool,
    pub(crate) fields: Map<String, Value>,
    /// Users that subscribe, users that own, teams that subscribe, teams that own.
    pub(crate) members: [Vec<String>; 4],
}

/// What a board's members stand under, in the order of [`NewBoard::members`].
pub(super) const MEMBERS: [(&str, Kind); 4] = [
    ("user_ids", Kind::User),
    ("owner_ids", Kind::User),
    ("team_ids", Kind::Team),
    ("team_owner_ids", Kind::Team),
];

impl World {
    pub(crate) fn create_board(&mut self, new: NewBoard) -> Result<Arc<Board>, FieldFault> {
        for ((_, kind), ids) in MEMBERS.iter().zip(&new.members) {
            self.check_all(*kind, ids)?;
        }
        let place = self.home(new.workspace, new.folder.as_deref())?;
        let (id, now) = (self.next_id(), self.now());
        let mut board = seed::board(id, &new.name, &Value::Null);
        if new.is_empty {
            board.columns.truncate(1);
            board.groups.truncate(1);
        }
        board.fields.extend(new.fields);
        board.fields.extend(place);
        board.fields.extend(seed::map(json!({"created_at": now, "updated_at": now})));
        for ((key, _), ids) in MEMBERS.iter().zip(new.members) {
            if let Some(kept) = board.fields.get_mut(*key).and_then(Value::as_array_mut) {
                kept.extend(ids.into_iter().map(Value::from).filter(|id| id != &json!(seed::ME.to_string())));
            }
        }
        let board = Arc::new(board);
        self.boards.push(Arc::clone(&board));
        Ok(board)
    }

    /// The fields that say where a board stands: in a folder, which has its workspace; in a workspace; or in
    /// the main one.
    pub(super) fn home(
        &self,
        workspace: Option<String>,
        folder: Option<&str>,
    ) -> Result<Map<String, Value>, FieldFault> {
        let workspace = match (folder, workspace) {
            (Some(folder), workspace) => {
                self.check(Kind::Folder, folder)?;
                let of = self.record(Kind::Folder, folder).map(|folder| folder["workspace_id"].clone());
                let of = of.unwrap_or_default();
                if workspace.is_some_and(|workspace| of != workspace) {
                    let message = "The folder is in another workspace";
                    return Err(FieldFault::new("InvalidArgumentException", message));
                }
                of
            }
            (None, Some(workspace)) => {
                self.check(Kind::Workspace, &workspace)?;
                json!(workspace)
            }
            (None, None) => self.workspaces.first().map_or(Value::Null, |first| first["id"].clone()),
        };
        Ok(seed::map(json!({"workspace_id": workspace, "board_folder_id": folder})))
    }

    pub(crate) fn move_board(
        &mut self,
        id: u64,
        workspace: Option<String>,
        folder: Option<&str>,
    ) -> Result<Arc<Board>, FieldFault> {
        self.board_mut(id)?;
        let place = self.home(workspace, folder)?;
        let board = self.board_mut(id)?;
        board.fields.extend(place);
        Ok(Arc::new(board.clone()))
    }

    /// Archived boards can still be deleted. The board of its subitems goes with it, and the items of a
    /// deleted board.
    pub(crate) fn remove_board(&mut self, id: u64, state: &'static str) -> Result<Arc<Board>, FieldFault> {
        let now = self.now();
        let is_left = |found: &Value| found == "active" || (found == "archived" && state == "deleted");
        let board = self.boards.iter_mut().find(|board| board.id == id && is_left(&board.fields["state"]));
        let board = Arc::make_mut(board.ok_or_else(|| Kind::Board.missing(&id.to_string()))?);
        board.fields.extend(seed::map(json!({"state": state, "updated_at": now})));
        let board = Arc::new(board.clone());
        if state == "deleted" {
            for item in &board.items {
                if let Some(item) = self.items.get_mut(item) {
                    Arc::make_mut(item).state = state;
                }
            }
        }
        if let Some(subitems) = board.subitems_on {
            self.remove_board(subitems, state)?;
        }
        Ok(board)
    }

    /// Deletes the boards that have this value under a key.
    pub(super) fn delete_boards(&mut self, key: &str, value: &str) {
        let all = self.boards.iter().filter(|board| ids_of(&board.fields, key).contains(&value));
        for id in all.map(|board| board.id).collect::<Vec<_>>() {
            // Those that are gone already stay so.
            let _ = self.remove_board(id, "deleted");
        }
    }
}
