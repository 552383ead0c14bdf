//! From a seed to the state it tells of.
//!
//! In passes, since a seed may name what stands further down: people and places, boards, whose subitems lie where, items,
//! docs and notifications. Values go the way of every write, so that no seed holds what monday would refuse. Must not know: GraphQL, how a
//! seed is written.

pub(super) mod board;
pub(super) mod documents;
mod folders;
pub(super) mod found;
mod item;
pub(super) mod members;
mod numbers;
pub(super) mod record;

use std::sync::Arc;

use serde_json::Value;

use self::found::Found;
use self::numbers::Numbers;
use super::{Board, World, seed};
use crate::seed::{Seed, SeedError, Workspace};

/// So that everything counts on for centuries.
const LATEST: u64 = 1_000_000_000;

impl World {
    /// The state that a seed tells of, or the first mistake in it.
    pub(crate) fn planted(seed: &Seed) -> Result<Self, SeedError> {
        let mut world = seed::empty(seed.users.len());
        world.last_id = numbers::highest(seed)?.max(seed::LAST_ID);
        world.clock = seed.clock.unwrap_or(0);
        if world.clock > LATEST {
            return Err(SeedError::new("clock", format!("it counts writes, and is at most {LATEST}")));
        }
        let account = seed.account.clone().unwrap_or_default();
        world.account = Arc::new(record::account(&account, seed.users.len()));
        world.plant_people(seed)?;
        world.plant_teams(seed)?;
        world.plant_places(seed)?;
        let ids = world.plant_boards(seed)?;
        for (board, id) in seed.boards.iter().zip(&ids) {
            world.plant_items(board, *id)?;
        }
        let mut below: Vec<u64> = world.boards.iter().filter_map(|board| board.subitems_on).collect();
        below.sort_unstable();
        for board in world.boards.iter_mut().filter(|board| below.binary_search(&board.id).is_ok()) {
            Arc::make_mut(board).items.sort_unstable();
        }
        let id = |update: &super::Record| update["id"].as_str().and_then(|id| id.parse::<u64>().ok());
        world.updates.sort_by_key(id);
        world.plant_documents(seed)?;
        world.plant_notifications(seed)?;
        Ok(world)
    }

    fn plant_people(&mut self, seed: &Seed) -> Result<(), SeedError> {
        if seed.users.is_empty() {
            self.users = seed::people()
                .map(|(id, name, title)| seed::record(seed::user(id, name, Some(title))))
                .collect();
            self.account =
                Arc::new(record::account(&seed.account.clone().unwrap_or_default(), self.users.len()));
        }
        let mut numbers = Numbers::new("user", seed::ME, seed.users.iter().filter_map(|user| user.id))?;
        for (place, user) in seed.users.iter().enumerate() {
            let at = format!("users, {} {:?}", place + 1, user.name);
            let id = numbers.of(user.id);
            if (place == 0) != (id == seed::ME) {
                let message =
                    "the first user is the one whose token is used, and has the id 501: leave it out";
                return Err(SeedError::new(at, message));
            }
            record::check_user(user).map_err(|message| SeedError::new(at, message))?;
            self.users.push(Arc::new(record::user(user, id)));
        }
        Ok(())
    }

    fn plant_places(&mut self, seed: &Seed) -> Result<(), SeedError> {
        let main = [Workspace { name: "Main workspace".to_owned(), ..Workspace::default() }];
        let workspaces = if seed.workspaces.is_empty() { main.as_slice() } else { &seed.workspaces };
        let given = workspaces.iter().filter_map(|workspace| workspace.id);
        let mut numbers = Numbers::new("workspace", seed::FIRST_WORKSPACE, given)?;
        for (place, workspace) in workspaces.iter().enumerate() {
            let at = || format!("workspaces, {} {:?}", place + 1, workspace.name);
            record::check_workspace(workspace).map_err(|message| SeedError::new(at(), message))?;
            let members = Found(self).members(members::of_workspace(workspace));
            let members = members.map_err(|message| SeedError::new(at(), message))?;
            let id = numbers.of(workspace.id);
            self.workspaces.push(Arc::new(record::workspace(workspace, id, place == 0, members)));
        }
        self.plant_folders(seed)?;
        let mut numbers = Numbers::new("tag", seed::FIRST_TAG, seed.tags.iter().filter_map(|tag| tag.id))?;
        for tag in &seed.tags {
            let id = numbers.of(tag.id);
            if id > i32::MAX.unsigned_abs().into() {
                let message = "the id of a tag is below 2147483648, since values hold it as an `Int`";
                return Err(SeedError::new(format!("tag {:?}", tag.name), message));
            }
            self.tags.push(Arc::new(record::tag(tag, id)));
        }
        Ok(())
    }

    /// The boards without their items; their ids in the seed's order.
    fn plant_boards(&mut self, seed: &Seed) -> Result<Vec<u64>, SeedError> {
        let mut numbers =
            Numbers::new("board", seed::FIRST_BOARD, seed.boards.iter().filter_map(|board| board.id))?;
        let mut ids = Vec::new();
        for board in &seed.boards {
            let refuse = |message| SeedError::new(format!("board {:?}", board.name), message);
            let found = Found(self);
            let mut place = found
                .home(board.workspace.as_ref(), board.folder.as_ref(), "board_folder_id")
                .map_err(refuse)?;
            place.extend(found.members(members::of_board(board)).map_err(refuse)?);
            let id = numbers.of(board.id);
            self.boards.push(Arc::new(board::planted(board, id, place)?));
            ids.push(id);
        }
        self.last_id = self.last_id.max(ids.iter().copied().max().unwrap_or(0));
        for (board, id) in seed.boards.iter().zip(&ids) {
            let Some(of) = &board.subitems_of else { continue };
            let refuse = |message: String| SeedError::new(format!("board {:?}", board.name), message);
            let parent = Found(self).board(of).map_err(refuse)?;
            if !board.items.is_none() {
                return Err(refuse(
                    "its items stand under `subitems` of the items they belong to".to_owned(),
                ));
            }
            let parent = self.planted_board(parent).map_err(refuse)?;
            if parent.id == *id || parent.subitems_on.replace(*id).is_some() {
                return Err(refuse(format!("board {of} has its subitems on one other board")));
            }
        }
        Ok(ids)
    }

    /// Of whatever state, as a board that was archived keeps its items.
    fn planted_board(&mut self, id: u64) -> Result<&mut Board, String> {
        let board = self.boards.iter_mut().find(|board| board.id == id);
        board.map(Arc::make_mut).ok_or_else(|| format!("there is no board {id}"))
    }
}

/// With the keys of all maps in order, whatever this build's maps do.
pub(super) fn sorted(value: &Value) -> Value {
    match value {
        Value::Object(fields) => {
            let mut keys: Vec<&String> = fields.keys().collect();
            keys.sort();
            keys.into_iter().map(|key| (key.clone(), sorted(&fields[key]))).collect()
        }
        Value::Array(values) => values.iter().map(sorted).collect(),
        value => value.clone(),
    }
}

/// An id of a record, as a number.
pub(super) fn number(value: &Value) -> Option<u64> {
    value.as_str()?.parse().ok()
}

#[cfg(test)]
#[cfg(feature = "yaml")]
mod tests;
