//! `query_params`: which items of a board are wanted, and in which order.
//!
//! Operators it does not know are refused, never ignored. Must not know: pages, answers.

use std::cmp::Ordering;

use serde::Deserialize;
use serde_json::Value;

use super::{Board, Item, World};
use crate::columns;
use crate::field_fault::FieldFault;

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
struct Rule {
    column_id: String,
    compare_value: Value,
    compare_attribute: Option<String>,
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
        serde_json::from_value(argument.clone()).map_err(|_| refused("query_params cannot be read"))
    }

    /// The ids of the wanted items, in order.
    pub(crate) fn apply<'a>(
        &self,
        world: &World,
        board: &Board,
        items: impl Iterator<Item = &'a Item>,
    ) -> Result<Vec<u64>, FieldFault> {
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
            if let Some(item) = wanted.first() {
                text(world, board, item, &order.column_id)?;
            }
            let descending = order.direction.as_deref() == Some("desc");
            let key = |item: &Item| text(world, board, item, &order.column_id).unwrap_or_default();
            wanted.sort_by(|a, b| {
                let (first, second) = if descending { (b, a) } else { (a, b) };
                compare(&key(first), &key(second))
            });
        }
        Ok(wanted.into_iter().map(|item| item.id).collect())
    }
}

fn is_id(value: &Value, id: u64) -> bool {
    value.as_u64() == Some(id) || value.as_str().and_then(|text| text.parse().ok()) == Some(id)
}

/// `person-501`, `team-7`, or the id alone.
fn is_person(wanted: &Value, person: &Value) -> bool {
    let id = person["id"].as_u64().unwrap_or_default();
    let kind = person["kind"].as_str().unwrap_or_default();
    is_id(wanted, id) || wanted.as_str().is_some_and(|wanted| wanted == format!("{kind}-{id}"))
}

/// Numbers by their value, everything else as text.
fn compare(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

impl Conditions {
    /// `None` where there is no rule. All are looked at, so that what is unknown is always refused.
    fn hold(&self, world: &World, board: &Board, item: &Item) -> Result<Option<bool>, FieldFault> {
        let rules = self.rules.iter().flatten().map(|rule| rule.holds(world, board, item).map(Some));
        let groups = self.groups.iter().flatten().map(|group| group.hold(world, board, item));
        let held = rules.chain(groups).collect::<Result<Vec<Option<bool>>, FieldFault>>()?;
        let mut held = held.into_iter().flatten().peekable();
        if held.peek().is_none() {
            return Ok(None);
        }
        match self.operator.as_deref().unwrap_or("and") {
            "and" => Ok(Some(held.all(|held| held))),
            "or" => Ok(Some(held.any(|held| held))),
            other => Err(refused(&format!("the sandbox does not know the operator {other}"))),
        }
    }
}

impl Rule {
    fn holds(&self, world: &World, board: &Board, item: &Item) -> Result<bool, FieldFault> {
        if self.compare_attribute.is_some() {
            return Err(refused("the sandbox does not know compare_attribute"));
        }
        let text = text(world, board, item, &self.column_id)?;
        let value = item.values.get(&self.column_id);
        let index = value.and_then(|value| value.get("index"));
        let ids = value.and_then(|value| value.get("ids")).and_then(Value::as_array);
        let people = value.and_then(|value| value.get("personsAndTeams")).and_then(Value::as_array);
        let is_it = |wanted: &Value| {
            Some(wanted) == index
                || ids.is_some_and(|ids| ids.contains(wanted))
                || people.is_some_and(|people| people.iter().any(|person| is_person(wanted, person)))
                || wanted.as_str() == Some(&text)
        };
        let listed = || match &self.compare_value {
            Value::Array(list) => list.iter().any(is_it),
            value => is_it(value),
        };
        let part = || {
            let wanted = match &self.compare_value {
                Value::Array(list) => list.first().and_then(Value::as_str),
                value => value.as_str(),
            };
            text.to_lowercase().contains(&wanted.unwrap_or_default().to_lowercase())
        };
        match self.operator.as_deref().unwrap_or("any_of") {
            "any_of" => Ok(listed()),
            "not_any_of" => Ok(!listed()),
            "contains_text" => Ok(part()),
            "not_contains_text" => Ok(!part()),
            "is_empty" => Ok(text.is_empty()),
            "is_not_empty" => Ok(!text.is_empty()),
            other => Err(refused(&format!("the sandbox does not know the operator {other}"))),
        }
    }
}

fn text(world: &World, board: &Board, item: &Item, column_id: &str) -> Result<String, FieldFault> {
    match column_id {
        "name" => return Ok(item.name.clone()),
        "group" => return Ok(item.group_id.clone()),
        _ => {}
    }
    let column = board.columns.iter().find(|column| column.id == column_id);
    let column = column.ok_or_else(|| FieldFault::new("InvalidColumnIdException", "Column not found"))?;
    Ok(columns::text(world, column, item).unwrap_or_default())
}

fn refused(message: &str) -> FieldFault {
    FieldFault::new("InvalidArgumentException", message)
}

#[cfg(test)]
mod tests;
