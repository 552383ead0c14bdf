//! Values that are people.
//!
//! Must not know: who they are.

use monday_core::{Id, TeamId, UserId};
use monday_queries::enums::Kind;
use monday_queries::fragments::TypedColumnValueFieldsOnPeopleValue as WirePeople;
use monday_queries::fragments::TypedColumnValueFieldsOnPeopleValuePersonsAndTeams as WireAssignee;

use crate::parsed::{Moment, Parsed};
use crate::typed::{Typed, value};

/// People, teams and agents.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PeopleValue {
    /// All of them, in monday's order. monday says null in place of an empty list.
    pub assignees: Vec<Assignee>,
    /// When it was changed.
    pub updated_at: Option<Parsed<Moment>>,
}

impl Typed<PeopleValue> for WirePeople {
    fn typed(self) -> PeopleValue {
        let assignees = self.persons_and_teams.unwrap_or_default();
        PeopleValue {
            assignees: assignees.into_iter().map(Typed::typed).collect(),
            updated_at: self.updated_at.typed(),
        }
    }
}

/// One of those in a people column.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Assignee {
    /// A user.
    Person(UserId),
    /// A team.
    Team(TeamId),
    /// An agent.
    Agent(Id),
    /// A kind that monday does not say, or this SDK does not know.
    Unknown {
        /// The kind.
        kind: Option<String>,
        /// The id.
        id: Id,
    },
}

impl Typed<Assignee> for WireAssignee {
    fn typed(self) -> Assignee {
        match self.kind {
            Some(Kind::Person) => Assignee::Person(self.id.into()),
            Some(Kind::Team) => Assignee::Team(self.id.into()),
            Some(Kind::Agent) => Assignee::Agent(self.id),
            kind => Assignee::Unknown { kind: kind.map(|kind| kind.as_str().to_owned()), id: self.id },
        }
    }
}

value! {
    /// A user, by id and name.
    NamedUser from UserNameFields {
        /// The id.
        id: UserId,
        /// The name.
        name: String,
    }
}

value! {
    /// One person.
    PersonValue from TypedColumnValueFieldsOnPersonValue {
        /// Who.
        person_id: Option<UserId>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// One team.
    TeamValue from TypedColumnValueFieldsOnTeamValue {
        /// Which.
        team_id: Option<TeamId>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// Votes.
    VoteValue from TypedColumnValueFieldsOnVoteValue {
        /// How many.
        vote_count: i64,
        /// The ids of all voters.
        voter_ids: Vec<UserId>,
        /// The voters.
        voters: Vec<NamedUser>,
        /// When it was changed.
        updated_at: Option<Parsed<Moment>>,
    }
}

value! {
    /// When the item was made, and by whom.
    CreationLogValue from TypedColumnValueFieldsOnCreationLogValue {
        /// When.
        created_at: Parsed<Moment>,
        /// By whom.
        creator: NamedUser,
        /// Their id.
        creator_id: UserId,
    }
}

value! {
    /// When the item was changed, and by whom.
    LastUpdatedValue from TypedColumnValueFieldsOnLastUpdatedValue {
        /// When.
        updated_at: Option<Parsed<Moment>>,
        /// By whom.
        updater: Option<NamedUser>,
        /// Their id.
        updater_id: Option<UserId>,
    }
}
