//! What is refused before a call is spent: the column, the operator and the rule, never the value.
//!
//! Must not know: how rules are written.

use std::fmt;

use monday_core::{ColumnId, ItemId};
use monday_queries::enums::ItemsQueryRuleOperator;

use super::MAX_ITEMS;

/// Why the value of a rule is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum RuleFault {
    /// Column ids are not empty.
    ColumnId,
    /// Country codes are two capital letters.
    CountryCode,
    /// The years of dates are 1 to 9999.
    Date,
    /// A list to choose from has at least one value.
    EmptyList,
    /// Text to look for is not empty.
    EmptyText,
    /// This id is a number.
    Id,
    /// Numbers are finite.
    Number,
    /// A range does not end before it starts.
    Range,
    /// A window of days, weeks or months is not empty.
    Window,
}

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ColumnId => "a column's id is not empty",
            Self::CountryCode => "a country's code is two capital letters, such as `US`",
            Self::Date => "the year of a date is 1 to 9999",
            Self::EmptyList => "nothing to choose from: give at least one value",
            Self::EmptyText => "empty text: to find empty columns, use `is_empty`",
            Self::Id => "an id is not empty and has digits only",
            Self::Number => "not a finite number",
            Self::Range => "the range ends before it starts",
            Self::Window => "the window is empty: give at least one day, week or month",
        })
    }
}

impl std::error::Error for RuleFault {}

/// One thing that monday would refuse.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum FilterProblem {
    /// A rule on a column.
    Rule {
        /// The column's id, as it was given.
        column: ColumnId,
        /// Which kind of filter it was, such as `DateColumn`.
        filter: &'static str,
        /// The operator.
        operator: ItemsQueryRuleOperator,
        /// Why.
        fault: RuleFault,
    },
    /// A group without rules and groups.
    EmptyGroup,
    /// The id of an item is no number.
    ItemId {
        /// The id, as it was given.
        item: ItemId,
    },
    /// None or too many items are named.
    ItemCount {
        /// How many.
        items: usize,
    },
    /// The id of a column to sort by is empty.
    OrderColumn,
}

impl fmt::Display for FilterProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rule { column, filter, operator, fault } => {
                write!(f, "column `{column}` ({filter}, {operator}): {fault}")
            }
            Self::EmptyGroup => f.write_str("a group has at least one rule or group"),
            Self::ItemId { item } => write!(f, "item `{item}`: {}", RuleFault::Id),
            Self::ItemCount { items } => write!(f, "{items} items: a filter names 1 to {MAX_ITEMS}"),
            Self::OrderColumn => write!(f, "order_by: {}", RuleFault::ColumnId),
        }
    }
}

/// A filter that monday would refuse, or answer as nobody means: nothing was sent.
///
/// # Troubleshooting
///
/// Each rule is named by its column, its filter type and its operator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidFilter(pub(super) Vec<FilterProblem>);

impl InvalidFilter {
    /// All that is wrong, in the order in which it was given.
    #[must_use]
    pub fn problems(&self) -> &[FilterProblem] {
        &self.0
    }
}

impl fmt::Display for InvalidFilter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nothing was sent: ")?;
        for (index, problem) in self.0.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for InvalidFilter {}
