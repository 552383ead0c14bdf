//! Filters and sorting: `query_params` of `items_page`, with the operators that monday takes for each type of
//! column.
//!
//! A column's type has a filter type here (`DateColumn` for `date`), whose methods are the operators that
//! monday documents for it: what it does not take does not compile. Values are checked by [`Filter::build`],
//! all of them at once.
//!
//! ```
//! use jiff::civil::date;
//! use monday_columns::filter::{DateColumn, Filter, NumbersColumn, Order, PeopleColumn, Person, RuleGroup, StatusColumn};
//! use monday_queries::ItemsPage;
//!
//! let mine_and_due = Filter::all([
//!     PeopleColumn::new("person").any_of([Person::Me]),
//!     DateColumn::new("date4").between(date(2026, 11, 1), date(2026, 11, 30)),
//! ])
//! .group(RuleGroup::any([
//!     StatusColumn::new("status").contains_terms("Stuck"),
//!     NumbersColumn::new("numbers").greater_than(8),
//! ]))
//! .order_by("date4", Order::Descending);
//! let page = ItemsPage::new(1_234_567_890).query_params(mine_and_due.build()?);
//! # let _ = page;
//! # Ok::<(), monday_columns::filter::InvalidFilter>(())
//! ```
//!
//! An operator that monday does not take for the type is no method:
//!
//! ```compile_fail,E0599
//! use monday_columns::filter::CheckboxColumn;
//! let rule = CheckboxColumn::new("check").contains_text("yes");
//! ```
//!
//! Mistakes are told together, and nothing is sent:
//!
//! ```
//! use monday_columns::filter::{Filter, NumbersColumn, TextColumn};
//! let filter = Filter::all([
//!     NumbersColumn::new("numbers").greater_than(f64::NAN),
//!     TextColumn::new("text").contains_text(""),
//! ]);
//! assert_eq!(filter.build().unwrap_err().problems().len(), 2);
//! ```
//!
//! # Sources
//!
//! The pages of monday's column reference (`developer.monday.com/api-reference/reference/…`), each named at
//! its type, and the filtering guidelines that monday publishes with its own tools (`mondaycom/mcp`), called
//! *guidelines* here. What is newer than this crate, or not documented well enough to promise it, goes
//! through [`Rule::raw`].
//!
//! Must not know: which columns a board has, how requests are sent.

mod choices;
mod dates;
mod invalid;
mod items;
mod logs;
mod numbers;
mod people;
mod ranges;
mod rule;
mod rule_group;
mod texts;

use monday_core::{ColumnId, Id, ItemId};
use monday_queries::enums::ItemsOrderByDirection;
use monday_queries::inputs::{ItemsQuery, ItemsQueryOrderBy};

pub use choices::{
    CheckboxColumn, CountryColumn, DropdownColumn, PhoneColumn, RatingColumn, StatusColumn, TagsColumn,
    TimeTrackingColumn,
};
pub use dates::{DateColumn, DatePoint, DateWord, Unit};
pub use invalid::{FilterProblem, InvalidFilter, RuleFault};
pub use items::{
    BoardRelationColumn, DependencyColumn, GroupColumn, ItemIdColumn, LocationColumn, SubtasksColumn,
};
pub use logs::{CreationLogColumn, LastUpdatedColumn, LogWord};
pub use monday_queries::enums::{ItemsQueryOperator, ItemsQueryRuleOperator};
pub use numbers::NumbersColumn;
pub use people::{PeopleColumn, Person, VoteColumn};
pub use ranges::{DayPart, HourColumn, TimelineColumn, TimelineEnd, TimelineWord, WeekColumn, WeekWord};
pub use rule::Rule;
pub use rule_group::RuleGroup;
pub use texts::{EmailColumn, LinkColumn, LongTextColumn, NameColumn, TextColumn, WorldClockColumn};

/// How many items a filter can name: the page on `items_page`'s other types.
pub const MAX_ITEMS: usize = 100;

/// Which way items are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Order {
    /// The smallest, the earliest, `A` first.
    Ascending,
    /// The largest, the latest, `Z` first.
    Descending,
}

/// Which items of a board are wanted, and in which order. [`build`](Self::build) makes `query_params` of it.
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "a filter is given to an operation by `build`"]
pub struct Filter {
    rules: RuleGroup,
    order: Vec<(ColumnId, Order)>,
    items: Option<Vec<ItemId>>,
}

impl Filter {
    /// Without a rule: every item, for sorting alone.
    pub fn new() -> Self {
        Self::default()
    }

    /// Items for which all of the rules and groups hold.
    pub fn all(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { rules: RuleGroup::all(rules), ..Self::default() }
    }

    /// Items for which one of the rules or groups holds.
    pub fn any(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { rules: RuleGroup::any(rules), ..Self::default() }
    }

    /// One more rule.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules = self.rules.rule(rule);
        self
    }

    /// Rules with an operator of their own, which count as one.
    pub fn group(mut self, group: RuleGroup) -> Self {
        self.rules = self.rules.group(group);
        self
    }

    /// Sorts by a column; further ones sort what the first leaves equal. [`CreationLogColumn::BUILT_IN`] and
    /// [`LastUpdatedColumn::BUILT_IN`] are columns of every board.
    pub fn order_by(mut self, column: impl Into<ColumnId>, order: Order) -> Self {
        self.order.push((column.into(), order));
        self
    }

    /// None but these items, at most [`MAX_ITEMS`].
    pub fn items(mut self, items: impl IntoIterator<Item = impl Into<ItemId>>) -> Self {
        self.items.get_or_insert_default().extend(items.into_iter().map(Into::into));
        self
    }

    /// `query_params`, or all that monday would refuse.
    pub fn build(self) -> Result<ItemsQuery, InvalidFilter> {
        let mut problems = Vec::new();
        let mut query = ItemsQuery::new();
        if !self.rules.is_empty() {
            let (operator, rules, groups) = self.rules.parts(&mut problems);
            query = query.operator(operator);
            query = if rules.is_empty() { query } else { query.rules(rules) };
            query = if groups.is_empty() { query } else { query.groups(groups) };
        }
        if let Some(items) = self.items {
            check_items(&items, &mut problems);
            query = query.ids(items.into_iter().map(Id::from));
        }
        if self.order.iter().any(|(column, _)| column.as_str().is_empty()) {
            problems.push(FilterProblem::OrderColumn);
        }
        let order = self.order.into_iter().map(|(column, order)| {
            ItemsQueryOrderBy::new(column).direction(match order {
                Order::Ascending => ItemsOrderByDirection::Asc,
                Order::Descending => ItemsOrderByDirection::Desc,
            })
        });
        let order: Vec<_> = order.collect();
        query = if order.is_empty() { query } else { query.order_by(order) };
        if problems.is_empty() { Ok(query) } else { Err(InvalidFilter(problems)) }
    }
}

fn check_items(items: &[ItemId], problems: &mut Vec<FilterProblem>) {
    if items.is_empty() || items.len() > MAX_ITEMS {
        problems.push(FilterProblem::ItemCount { items: items.len() });
    }
    let wrong = items.iter().filter(|item| rule::number(item.as_str()).is_err());
    problems.extend(wrong.map(|item| FilterProblem::ItemId { item: item.clone() }));
}
