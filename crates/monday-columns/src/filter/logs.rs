//! Filters on when an item was made and changed, and by whom.
//!
//! Every board has both logs, by their built-in ids, whether or not it has such a column. Must not know: what
//! day it is.

use jiff::civil::Date;
use monday_core::UserId;
use monday_queries::enums::ItemsQueryRuleOperator as Operator;

use super::Rule;
use super::dates::{Unit, window, words};
use super::rule::{column, days, list, number};

words! {
    /// monday's words for the days of a log. Source: the guidelines, by which words for the last week and
    /// month find nothing: `within_the_last` does.
    LogWord {
        /// Today.
        Today = "TODAY",
        /// Yesterday.
        Yesterday = "YESTERDAY",
        /// A day of this week.
        ThisWeek = "THIS_WEEK",
        /// A day of this month.
        ThisMonth = "THIS_MONTH",
    }
}

column! {
    /// When an item was made, and by whom. Source: the page `creation-log` for users, the guidelines for
    /// days.
    ///
    /// ```
    /// use monday_columns::filter::{CreationLogColumn, Filter, Order, Unit};
    /// let created = CreationLogColumn::built_in();
    /// let query = Filter::all([created.within_the_last(30, Unit::Days), created.not_by([501])])
    ///     .order_by(CreationLogColumn::BUILT_IN, Order::Descending)
    ///     .build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    CreationLogColumn, "creation_log"
}
column! {
    /// When an item was last changed. Source: the guidelines. Who changed it, and comparisons with a day, go
    /// through [`Rule::raw`].
    LastUpdatedColumn, "last_updated"
}

/// Days of a log.
macro_rules! log {
    ($name:ident, $id:literal, $attribute:literal) => {
        impl $name {
            /// The id of this log on every board, for filters and for `order_by`.
            pub const BUILT_IN: &'static str = $id;

            /// The log that every board has.
            #[must_use]
            pub fn built_in() -> Self {
                Self::new(Self::BUILT_IN)
            }

            /// On one of these days: `any_of`.
            pub fn any_of(&self, words: impl IntoIterator<Item = LogWord>) -> Rule {
                let value = list(words, |word| Ok(word.as_str().into()));
                self.rule(Operator::AnyOf, value).compare_attribute($attribute)
            }

            /// On none of these days: `not_any_of`.
            pub fn not_any_of(&self, words: impl IntoIterator<Item = LogWord>) -> Rule {
                let value = list(words, |word| Ok(word.as_str().into()));
                self.rule(Operator::NotAnyOf, value).compare_attribute($attribute)
            }

            /// In the last so many: `within_the_last`.
            pub fn within_the_last(&self, amount: u32, unit: Unit) -> Rule {
                self.rule(Operator::WithinTheLast, window(amount, unit)).compare_attribute($attribute)
            }

            /// From the first day to the last, both of them in: `between`.
            pub fn between(&self, from: Date, to: Date) -> Rule {
                self.rule(Operator::Between, days(from, to)).compare_attribute($attribute)
            }
        }
    };
}

log!(CreationLogColumn, "__creation_log__", "CREATED_AT");
log!(LastUpdatedColumn, "__last_updated__", "UPDATED_AT");

impl CreationLogColumn {
    /// One of these users made it: `any_of`.
    pub fn by(&self, users: impl IntoIterator<Item = impl Into<UserId>>) -> Rule {
        let value = list(users, |user| number(user.into().as_str()));
        self.rule(Operator::AnyOf, value).compare_attribute("CREATED_BY")
    }

    /// None of these users made it: `not_any_of`.
    pub fn not_by(&self, users: impl IntoIterator<Item = impl Into<UserId>>) -> Rule {
        let value = list(users, |user| number(user.into().as_str()));
        self.rule(Operator::NotAnyOf, value).compare_attribute("CREATED_BY")
    }
}
