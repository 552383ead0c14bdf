//! Teams, and the folders that recorded boards are in.
//!
//! Must not know: what is on a board.

use std::collections::BTreeSet;

use monday_sandbox::seed::{Folder, Reference, Team};
use serde_json::Value;

use super::super::read::{Read, id};
use super::{Writer, one_of};

const COLORS: [&str; 15] = [
    "AQUAMARINE",
    "BRIGHT_BLUE",
    "BRIGHT_GREEN",
    "CHILI_BLUE",
    "DARK_ORANGE",
    "DARK_PURPLE",
    "DARK_RED",
    "DONE_GREEN",
    "INDIGO",
    "LIPSTICK",
    "PURPLE",
    "SOFIA_PINK",
    "STUCK_RED",
    "SUNSET",
    "WORKING_ORANGE",
];

impl Writer<'_> {
    /// With those of their people who are recorded.
    pub(super) fn teams(&mut self, read: &Read) -> Vec<Team> {
        let known: BTreeSet<String> = read.users.iter().map(|user| id(&user["id"])).collect();
        let mut teams = Vec::new();
        for team in &read.teams {
            let was = id(&team["id"]);
            let of = |key: &str| -> Vec<String> {
                let ids = team[key].as_array().into_iter().flatten().map(|user| id(&user["id"]));
                ids.filter(|id| known.contains(id)).collect::<BTreeSet<_>>().into_iter().collect()
            };
            let (users, mut owners) = (of("users"), of("owners"));
            owners.retain(|owner| users.contains(owner));
            let mut told = |ids: &[String]| {
                ids.iter().map(|was| Reference::Id(self.ids.users.of(was))).collect::<Vec<_>>()
            };
            let (users, owners) = (told(&users), told(&owners));
            // No two teams of a seed have one name.
            let name = self.replaced.title("Team", &format!("{was} {}", team["name"]));
            let is_guest = team["is_guest"].as_bool().filter(|is_guest| *is_guest);
            teams.push(Team {
                id: Some(self.ids.teams.of(&was)),
                name,
                users,
                owners,
                fields: is_guest
                    .map(|is_guest| ("is_guest".to_owned(), is_guest.into()))
                    .into_iter()
                    .collect(),
            });
        }
        teams
    }

    /// Those of the recorded boards, and those that they are in, in workspaces that are recorded.
    pub(super) fn folders(&mut self, read: &Read) -> Vec<Folder> {
        let recorded = recorded(read);
        let mut folders = Vec::new();
        for folder in read.folders.iter().filter(|folder| recorded.contains(&id(&folder["id"]))) {
            let parent = Some(id(&folder["parent"]["id"])).filter(|parent| recorded.contains(parent));
            let workspace = id(&folder["workspace"]["id"]);
            let name = folder["name"].as_str().filter(|name| !name.is_empty()).unwrap_or("?");
            folders.push(Folder {
                id: Some(self.ids.folders.of(&id(&folder["id"]))),
                name: self.title("Folder", name),
                workspace: parent.is_none().then(|| Reference::Id(self.ids.workspaces.of(&workspace))),
                parent: parent.map(|parent| Reference::Id(self.ids.folders.of(&parent))),
                color: one_of(&folder["color"], &COLORS),
                ..Folder::default()
            });
        }
        folders
    }

    pub(super) fn folder_of(&mut self, board: &Value, all: &Read) -> Option<Reference> {
        let folder = Some(id(&board["board_folder_id"])).filter(|folder| recorded(all).contains(folder))?;
        Some(Reference::Id(self.ids.folders.of(&folder)))
    }
}

/// The ids of the folders that are recorded: a folder is in the workspace of all that is in it.
fn recorded(read: &Read) -> BTreeSet<String> {
    let mut recorded = BTreeSet::new();
    for board in &read.boards {
        let workspace = &board.board["workspace_id"];
        let is_read = read.workspaces.iter().any(|known| known["id"] == *workspace);
        let mut next = Some(id(&board.board["board_folder_id"])).filter(|_| is_read);
        while let Some(wanted) = next {
            let folder = read
                .folders
                .iter()
                .find(|folder| id(&folder["id"]) == wanted && folder["workspace"]["id"] == *workspace);
            next = folder.filter(|_| recorded.insert(wanted)).map(|folder| id(&folder["parent"]["id"]));
        }
    }
    recorded
}
