//! One list of items as several that cover it and never overlap, so that they can be read at once.
//!
//! Must not know: how operations are sent, which columns a board has.

mod operations;

use std::collections::HashMap;
use std::fmt;

use monday_core::{ColumnId, CompareValue, GroupId, Nullable};

use crate::enums::{ItemsQueryOperator, ItemsQueryRuleOperator};
use crate::inputs::{ItemsQuery, ItemsQueryGroup, ItemsQueryRule};

/// The column of `query_params` that holds an item's group.
const GROUP: &str = "group";

/// Why a list cannot be split as was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SplitError {
    /// There is no set of values, or one without values.
    Empty,
    /// A value is in two sets. `1` and `"1"` are one value.
    ValueInTwoSets,
    /// The operation reads on from a cursor, which holds its `query_params` already.
    HasCursor,
}

impl fmt::Display for SplitError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Empty => "a list is split by sets of values, each with one at least",
            Self::ValueInTwoSets => "a value by which a list is split is in two sets",
            Self::HasCursor => "an operation that has a cursor cannot be split",
        })
    }
}

impl std::error::Error for SplitError {}

impl ItemsQuery {
    /// Splits what is asked for into one part for each set of a column's values, and a last one for all other
    /// items: those without a value, and those whose value comes into being later. Every item is in exactly
    /// one part, also where a column holds several values: it is in the first part that takes it.
    ///
    /// Values are what `any_of` takes for the column: indices of a status, ids of groups. Columns for which
    /// monday documents no `any_of` with values (numbers, text) cannot be split by.
    ///
    /// The rules that are there, `ids` and `order_by` are kept, in every part.
    ///
    /// Source: <https://developer.monday.com/api-reference/reference/items-page-other-types>.
    pub fn split_by<S, V>(
        &self,
        column_id: impl Into<ColumnId>,
        sets: impl IntoIterator<Item = S>,
    ) -> Result<Vec<Self>, SplitError>
    where
        S: IntoIterator<Item = V>,
        V: Into<CompareValue>,
    {
        let column_id = column_id.into();
        let sets = sets.into_iter().map(|set| set.into_iter().map(Into::into).collect());
        let sets: Vec<Vec<CompareValue>> = sets.collect();
        check(&sets)?;
        let rule = |values: &[CompareValue], operator: ItemsQueryRuleOperator| {
            ItemsQueryRule::new(&column_id, values.iter().cloned().collect::<CompareValue>())
                .operator(operator)
        };
        let (mut parts, mut taken) = (Vec::with_capacity(sets.len() + 1), Vec::new());
        for set in sets {
            let mut rules = vec![rule(&set, ItemsQueryRuleOperator::AnyOf)];
            // An item has one group, but several values in other columns.
            if column_id.as_str() != GROUP && !taken.is_empty() {
                rules.push(rule(&taken, ItemsQueryRuleOperator::NotAnyOf));
            }
            parts.push(self.clone().and(rules));
            taken.extend(set);
        }
        parts.push(self.clone().and(vec![rule(&taken, ItemsQueryRuleOperator::NotAnyOf)]));
        Ok(parts)
    }

    /// Splits what is asked for into one part for each group, and a last one for the items of all others: of groups that
    /// come into being meanwhile, too. See [`split_by`](Self::split_by).
    pub fn split_by_groups(
        &self,
        group_ids: impl IntoIterator<Item = impl Into<GroupId>>,
    ) -> Result<Vec<Self>, SplitError> {
        self.split_by(GROUP, group_ids.into_iter().map(|id| [id.into().as_str().to_owned()]))
    }

    /// The same with more rules, all of which must hold.
    fn and(mut self, more: Vec<ItemsQueryRule>) -> Self {
        let is_empty =
            self.rules.value().is_none_or(Vec::is_empty) && self.groups.value().is_none_or(Vec::is_empty);
        let is_and = self.operator.value().is_none_or(|operator| *operator == ItemsQueryOperator::And);
        if is_empty || is_and {
            let mut rules = self.rules.into_value().unwrap_or_default();
            rules.extend(more);
            self.rules = Nullable::Value(rules);
        } else {
            let old =
                ItemsQueryGroup { groups: self.groups, operator: self.operator.clone(), rules: self.rules };
            self.groups = Nullable::Value(vec![old]);
            self.rules = Nullable::Value(more);
        }
        if !is_and {
            self.operator = Nullable::Value(ItemsQueryOperator::And);
        }
        self
    }
}

/// Whether the sets split anything, and do not meet.
fn check(sets: &[Vec<CompareValue>]) -> Result<(), SplitError> {
    if sets.is_empty() || sets.iter().any(Vec::is_empty) {
        return Err(SplitError::Empty);
    }
    let mut owners = HashMap::new();
    for (number, set) in sets.iter().enumerate() {
        for value in set {
            if *owners.entry(value.to_string()).or_insert(number) != number {
                return Err(SplitError::ValueInTwoSets);
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
