//! `query_params`: which items of a board are wanted, and in which order.
//!
//! What it does not know is refused, never ignored. Its rooms: `rule` (one condition), `subject` (what a
//! column holds), `operators` (which type takes which), `choice` (`any_of`), `moments` (days and windows).
//! Must not know: pages, answers.

mod choice;
mod moments;
mod operators;
mod rule;
mod subject;

use serde::Deserialize;
use serde_json::Value;

use super::{Board, Item, World};
use crate::field_fault::FieldFault;
use rule::Rule;
use subject::{Subject, is_id, kind_of};

/// How many items can be named.
const MOST_IDS: usize = 100;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    ids: Option<Vec<Value>>,
    #[serde(flatten)]
    conditions: Conditions,
    order_by: Option<Vec<Order>>,
}

/// Rules and groups of rules, which hold together or one of them.
#[derive(Debug, Default, Deserialize)]
struct Conditions {
    rules: Option<Vec<Rule>>,
    groups: Option<Vec<Conditions>>,
    operator: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Order {
    column_id: String,
    direction: Option<String>,
}

impl Filter {
    pub(crate) fn parse(argument: &Value) -> Result<Self, FieldFault> {
        if argument.is_null() {
            return Ok(Self::default());
        }
        let filter: Self =
            serde_json::from_value(argument.clone()).map_err(|_| refused("query_params cannot be read"))?;
        if filter.ids.as_ref().is_some_and(|ids| ids.len() > MOST_IDS) {
            return Err(refused("query_params names at most 100 items"));
        }
        Ok(filter)
    }

    /// The ids of the wanted items, in order.
    pub(crate) fn apply<'a>(
        &self,
        world: &World,
        board: &Board,
        items: impl Iterator<Item = &'a Item>,
    ) -> Result<Vec<u64>, FieldFault> {
        // Boards without items refuse what others refuse.
        self.conditions.check(board)?;
        for order in self.order_by.iter().flatten() {
            kind_of(board, &order.column_id)?;
        }
        let mut wanted = Vec::new();
        for item in items {
            if self.ids.as_ref().is_some_and(|ids| !ids.iter().any(|id| is_id(id, item.id))) {
                continue;
            }
            if self.conditions.hold(world, board, item)?.unwrap_or(true) {
                wanted.push(item);
            }
        }
        for order in self.order_by.iter().flatten().rev() {
            let mut keyed = Vec::with_capacity(wanted.len());
            for item in wanted {
                keyed.push((Subject::of(world, board, item, &order.column_id)?.key(), item));
            }
            // Items that are equal stay as they are in both directions.
            match order.direction.as_deref() {
                Some("desc") => keyed.sort_by(|(a, _), (b, _)| b.cmp(a)),
                _ => keyed.sort_by(|(a, _), (b, _)| a.cmp(b)),
            }
            wanted = keyed.into_iter().map(|(_, item)| item).collect();
        }
        Ok(wanted.into_iter().map(|item| item.id).collect())
    }
}

impl Conditions {
    /// The columns are there and take the operators.
    fn check(&self, board: &Board) -> Result<(), FieldFault> {
        if let Some(other) = self.operator.as_deref().filter(|operator| !["and", "or"].contains(operator)) {
            return Err(refused(&format!("the sandbox does not know the operator {other}")));
        }
        self.rules.iter().flatten().try_for_each(|rule| rule.check(board))?;
        self.groups.iter().flatten().try_for_each(|group| group.check(board))
    }

    /// `None` where there is no rule. All are looked at, so that what is unknown is always refused.
    fn hold(&self, world: &World, board: &Board, item: &Item) -> Result<Option<bool>, FieldFault> {
        let rules = self.rules.iter().flatten().map(|rule| rule.holds(world, board, item).map(Some));
        let groups = self.groups.iter().flatten().map(|group| group.hold(world, board, item));
        let held = rules.chain(groups).collect::<Result<Vec<Option<bool>>, FieldFault>>()?;
        let mut held = held.into_iter().flatten().peekable();
        if held.peek().is_none() {
            return Ok(None);
        }
        let is_any = self.operator.as_deref() == Some("or");
        Ok(Some(if is_any { held.any(|held| held) } else { held.all(|held| held) }))
    }
}

fn refused(message: &str) -> FieldFault {
    FieldFault::new("InvalidArgumentException", message)
}

#[cfg(test)]
mod tests;
