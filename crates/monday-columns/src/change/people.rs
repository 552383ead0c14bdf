//! Changes of people and teams.
//!
//! Must not know: who is in a team.

use monday_core::{TeamId, UserId};
use serde_json::{Value, json};

use super::{change, number};
use crate::{Assignee, InvalidValue};

change! {
    /// The people and teams of a column: the whole list.
    ///
    /// ```
    /// use monday_columns::{Change, PeopleChange};
    /// let change = PeopleChange::person(123).and_team(7).value()?;
    /// let list = serde_json::json!([{"id": 123, "kind": "person"}, {"id": 7, "kind": "team"}]);
    /// assert_eq!(change, serde_json::json!({"personsAndTeams": list}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    ///
    /// An agent can be read from such a column; how it is written, monday does not say.
    PeopleChange, "people", Value::Null
}

impl PeopleChange {
    /// One person.
    pub fn person(id: impl Into<UserId>) -> Self {
        Self::clear().and_person(id)
    }

    /// One team.
    pub fn team(id: impl Into<TeamId>) -> Self {
        Self::clear().and_team(id)
    }

    /// These people; none clears the column.
    pub fn people<T: Into<UserId>>(ids: impl IntoIterator<Item = T>) -> Self {
        ids.into_iter().fold(Self::clear(), Self::and_person)
    }

    /// A person more.
    pub fn and_person(self, id: impl Into<UserId>) -> Self {
        self.and("person", id.into().as_str())
    }

    /// A team more.
    pub fn and_team(self, id: impl Into<TeamId>) -> Self {
        self.and("team", id.into().as_str())
    }

    /// All of these; monday takes people and teams, and does not say how others are written.
    pub(crate) fn assignees(assignees: &[Assignee]) -> Self {
        assignees.iter().fold(Self::clear(), |change, assignee| match assignee {
            Assignee::Person(id) => change.and_person(id),
            Assignee::Team(id) => change.and_team(id),
            _ => Self(change.0.and(Err(InvalidValue::Assignee))),
        })
    }

    fn and(self, kind: &str, id: &str) -> Self {
        Self(self.0.and_then(|mut value| {
            let entry = json!({ "id": number(id)?, "kind": kind });
            match value.get_mut("personsAndTeams").and_then(Value::as_array_mut) {
                Some(list) => list.push(entry),
                None => value = json!({ "personsAndTeams": [entry] }),
            }
            Ok(value)
        }))
    }
}

change! {
    /// The team of a team column, which monday has replaced by people columns.
    ///
    /// ```
    /// use monday_columns::{Change, TeamChange};
    /// assert_eq!(TeamChange::team(51_166).value()?, serde_json::json!({"team_id": 51_166}));
    /// # Ok::<(), monday_columns::InvalidValue>(())
    /// ```
    TeamChange, "team", Value::Null
}

impl TeamChange {
    /// By its id.
    pub fn team(id: impl Into<TeamId>) -> Self {
        Self(number(id.into().as_str()).map(|id| json!({ "team_id": id })))
    }
}
