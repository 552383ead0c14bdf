//! Who joins and leaves boards, workspaces and teams: a table.
//!
//! Must not know: how members are kept.

use serde_json::json;

use super::lead::noun;
use super::{Arguments, Found};
use crate::field_fault::FieldFault;
use crate::world::{Kind, World};

/// A root field that puts users or teams into lists of something, or takes them out.
pub(super) struct Membership {
    pub(super) field: &'static str,
    /// What has the members, and the argument with its id.
    of: (Kind, &'static str),
    /// What the members are, and the argument with their ids.
    members: (Kind, &'static str),
    /// The lists; the second only where the argument `kind` says `owner`, and always when they leave.
    lists: [&'static str; 2],
    joins: bool,
}

const fn row(
    field: &'static str,
    of: (Kind, &'static str),
    members: (Kind, &'static str),
    lists: [&'static str; 2],
    joins: bool,
) -> Membership {
    Membership { field, of, members, lists, joins }
}

const BOARD: (Kind, &str) = (Kind::Board, "board_id");
const TEAM: (Kind, &str) = (Kind::Team, "team_id");
const WORKSPACE: (Kind, &str) = (Kind::Workspace, "workspace_id");
const USERS: (Kind, &str) = (Kind::User, "user_ids");
const TEAMS: (Kind, &str) = (Kind::Team, "team_ids");
const OF_USERS: [&str; 2] = ["user_ids", "owner_ids"];
const OF_TEAMS: [&str; 2] = ["team_ids", "team_owner_ids"];

pub(super) const MEMBERSHIPS: [Membership; 11] = [
    row("add_subscribers_to_board", BOARD, USERS, OF_USERS, true),
    row("add_teams_to_board", BOARD, TEAMS, OF_TEAMS, true),
    row("add_teams_to_workspace", WORKSPACE, TEAMS, OF_TEAMS, true),
    row("add_users_to_board", BOARD, USERS, OF_USERS, true),
    row("add_users_to_team", TEAM, USERS, OF_USERS, true),
    row("add_users_to_workspace", WORKSPACE, USERS, OF_USERS, true),
    row("delete_subscribers_from_board", BOARD, USERS, OF_USERS, false),
    row("delete_teams_from_board", BOARD, TEAMS, OF_TEAMS, false),
    row("delete_teams_from_workspace", WORKSPACE, TEAMS, OF_TEAMS, false),
    row("delete_users_from_workspace", WORKSPACE, USERS, OF_USERS, false),
    row("remove_users_from_team", TEAM, USERS, OF_USERS, false),
];

impl Membership {
    /// Answers with the members that were named; of a team with those that did join or leave, and the others.
    pub(super) fn write(&self, world: &mut World, arguments: &Arguments<'_>) -> Result<Found, FieldFault> {
        let of = arguments.id_text(self.of.1).unwrap_or_default();
        let ids = arguments.id_list(self.members.1);
        let both = !self.joins || arguments.get("kind") == "owner";
        let lists = if both { &self.lists[..] } else { &self.lists[..1] };
        let changed = world.set_members((self.of.0, &of), self.members.0, &ids, lists, self.joins)?;
        if self.of.0 == Kind::Team {
            let failed: Vec<&String> = ids.iter().filter(|id| !changed.contains(id)).collect();
            return Ok(Found::Json(json!({"user_ids": changed, "failed_ids": failed})));
        }
        Ok(Found::Nodes(ids.iter().filter_map(|id| noun(world, self.members.0, id)).collect()))
    }
}
