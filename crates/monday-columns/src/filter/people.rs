//! Filters on people: who is assigned, who voted.
//!
//! Must not know: who is who.

use monday_core::{TeamId, UserId};
use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use serde_json::Value;

use super::rule::{choice, column, contains, emptiness, number, text};
use super::{Rule, RuleFault};

/// Whom an item is assigned to.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Person {
    /// The user who asks: `assigned_to_me`.
    Me,
    /// A user: `person-123`. Source: the page `people`.
    User(UserId),
    /// A team: `team-456`. Source: the guidelines.
    Team(TeamId),
}

impl Person {
    /// A user.
    #[must_use]
    pub fn user(id: impl Into<UserId>) -> Self {
        Self::User(id.into())
    }

    /// A team.
    #[must_use]
    pub fn team(id: impl Into<TeamId>) -> Self {
        Self::Team(id.into())
    }

    fn value(&self) -> Result<Value, RuleFault> {
        Ok(match self {
            Self::Me => "assigned_to_me".into(),
            Self::User(id) => format!("person-{}", number(id.as_str())?).into(),
            Self::Team(id) => format!("team-{}", number(id.as_str())?).into(),
        })
    }
}

column! {
    /// People and teams. Source: the page `people`.
    ///
    /// ```
    /// use monday_columns::filter::{Filter, PeopleColumn, Person};
    /// let owner = PeopleColumn::new("person");
    /// let query = Filter::any([
    ///     owner.any_of([Person::Me, Person::user(501), Person::team(7)]),
    ///     owner.starts_with("Ada"),
    ///     owner.is_empty(),
    /// ])
    /// .build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    PeopleColumn, "people"
}
column! {
    /// Votes, by who voted. Source: the page `vote`.
    VoteColumn, "vote"
}

emptiness!(PeopleColumn VoteColumn);
contains!(PeopleColumn);
choice!(PeopleColumn, /** People or teams. */ people: Person, |person: Person| person.value());
choice!(VoteColumn, /** Users. */ users: impl Into<UserId>, |user| number(user.into().as_str()));

impl PeopleColumn {
    /// The names have all of these words, in any order: `contains_terms`.
    pub fn contains_terms(&self, words: impl Into<String>) -> Rule {
        self.rule(Operator::ContainsTerms, text(words))
    }

    /// The name starts so: `starts_with`.
    pub fn starts_with(&self, start: impl Into<String>) -> Rule {
        self.rule(Operator::StartsWith, text(start))
    }

    /// The name ends so: `ends_with`.
    pub fn ends_with(&self, end: impl Into<String>) -> Rule {
        self.rule(Operator::EndsWith, text(end))
    }
}
