//! Fields that are people and teams.
//!
//! Must not know: who they are.

use monday_core::{TeamId, UserId};

use super::{ColumnField, ColumnKind, DefaultColumn, UnfitField, always, default, optional};
use crate::{Assignee, PeopleChange, PeopleValue, TeamChange, TeamValue};

default! {
    Vec<UserId>: PeopleValue;
    Vec<Assignee>: PeopleValue;
    TeamId: TeamValue;
}

always!(Vec<UserId>: PeopleValue, |value| {
    let people = value.assignees.into_iter().map(|assignee| match assignee {
        Assignee::Person(id) => Ok(id),
        _ => Err(UnfitField::NotOnlyPeople),
    });
    people.collect()
}, |ids| Some(PeopleChange::people(ids.clone())));
always!(Vec<Assignee>: PeopleValue, |value| Ok(value.assignees), |assignees| {
    Some(PeopleChange::assignees(assignees))
});
optional!(TeamId: TeamValue, |value| Ok(value.team_id), |id| Some(TeamChange::team(id.clone())));
