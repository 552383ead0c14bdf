//! The teams and folders of a seed.
//!
//! Must not know: what is in a folder.

use std::sync::Arc;

use serde_json::Map;

use super::super::{Kind, World, seed};
use super::found::Found;
use super::numbers::Numbers;
use super::record;
use crate::seed::{Seed, SeedError};

impl World {
    pub(super) fn plant_teams(&mut self, seed: &Seed) -> Result<(), SeedError> {
        let mut numbers =
            Numbers::new("team", seed::FIRST_TEAM, seed.teams.iter().filter_map(|team| team.id))?;
        for (team, place) in seed.teams.iter().zip(1..) {
            let refuse = |message| SeedError::new(format!("teams, {place} {:?}", team.name), message);
            record::not_empty("name", &team.name).map_err(refuse)?;
            if self.teams.iter().any(|other| other["name"] == *team.name) {
                return Err(refuse("another team has this name: give one of them another".to_owned()));
            }
            let lists = Found(self).team(team).map_err(refuse)?;
            self.teams.push(Arc::new(record::team(team, numbers.of(team.id), lists)));
        }
        Ok(())
    }

    /// Those that others are in first, wherever they stand.
    pub(super) fn plant_folders(&mut self, seed: &Seed) -> Result<(), SeedError> {
        let told = &seed.folders;
        let refuse = |place: usize, message| {
            SeedError::new(format!("folders, {} {:?}", place + 1, told[place].name), message)
        };
        let mut numbers =
            Numbers::new("folder", seed::FIRST_FOLDER, told.iter().filter_map(|folder| folder.id))?;
        let mut ids = Vec::new();
        for (place, folder) in told.iter().enumerate() {
            record::not_empty("name", &folder.name).map_err(|message| refuse(place, message))?;
            ids.push(numbers.of(folder.id));
            self.folders.push(Arc::new(record::folder(folder, ids[place], Map::new())));
        }
        let mut parents = Vec::new();
        for (place, folder) in told.iter().enumerate() {
            let parent = folder.parent.as_ref().map(|parent| Found(self).record(Kind::Folder, parent));
            let parent = parent.transpose().map_err(|message| refuse(place, message))?;
            parents.push(parent.and_then(|id| self.folders.iter().position(|folder| folder["id"] == *id)));
        }
        let depth = |place: usize| std::iter::successors(Some(place), |of| parents[*of]).take(told.len() + 1);
        let mut order: Vec<(usize, usize)> = (0..told.len()).map(|of| (depth(of).count(), of)).collect();
        order.sort_unstable();
        for (depth, place) in order {
            if depth > told.len() {
                return Err(refuse(place, "it is within itself: leave a `parent` out".to_owned()));
            }
            let folder = &told[place];
            let home = Found(self).home(folder.workspace.as_ref(), folder.parent.as_ref(), "parent_id");
            let home = home.map_err(|message| refuse(place, message))?;
            self.folders[place] = Arc::new(record::folder(folder, ids[place], home));
        }
        Ok(())
    }
}
