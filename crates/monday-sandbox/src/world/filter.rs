//! `query_params`: which items of a board are wanted, and in which order.
//!
//! Operators it does not know are refused, never ignored.

use std::cmp::Ordering;

use serde::Deserialize;
use serde_json::Value;

use super::{Board, Item};
use crate::columns;
use crate::field_fault::FieldFault;

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Filter {
    ids: Option<Vec<Value>>,
    #[serde(default)]
    rules: Option<Vec<Rule>>,
    groups: Option<Vec<Value>>,
    operator: Option<String>,
    order_by: Option<Vec<Order>>,
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
        board: &Board,
        items: impl Iterator<Item = &'a Item>,
    ) -> Result<Vec<u64>, FieldFault> {
        if self.groups.as_ref().is_some_and(|groups| !groups.is_empty()) {
            return Err(refused("the sandbox does not know groups of rules"));
        }
        let any = self.operator.as_deref() == Some("or");
        let mut wanted = Vec::new();
        for item in items {
            if self.ids.as_ref().is_some_and(|ids| !ids.iter().any(|id| is_id(id, item.id))) {
                continue;
            }
            let rules = self.rules.iter().flatten().map(|rule| rule.holds(board, item));
            let held = rules.collect::<Result<Vec<bool>, FieldFault>>()?;
            if held.is_empty() || if any { held.contains(&true) } else { !held.contains(&false) } {
                wanted.push(item);
            }
        }
        for order in self.order_by.iter().flatten().rev() {
            if let Some(item) = wanted.first() {
                text(board, item, &order.column_id)?;
            }
            let descending = order.direction.as_deref() == Some("desc");
            let key = |item: &Item| text(board, item, &order.column_id).unwrap_or_default();
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

/// Numbers by their value, everything else as text.
fn compare(a: &str, b: &str) -> Ordering {
    match (a.parse::<f64>(), b.parse::<f64>()) {
        (Ok(a), Ok(b)) => a.total_cmp(&b),
        _ => a.cmp(b),
    }
}

impl Rule {
    fn holds(&self, board: &Board, item: &Item) -> Result<bool, FieldFault> {
        if self.compare_attribute.is_some() {
            return Err(refused("the sandbox does not know compare_attribute"));
        }
        let text = text(board, item, &self.column_id)?;
        let index = item.values.get(&self.column_id).and_then(|value| value.get("index"));
        let listed = || match &self.compare_value {
            Value::Array(list) => {
                list.iter().any(|value| Some(value) == index || value.as_str() == Some(&text))
            }
            value => Some(value) == index || value.as_str() == Some(&text),
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

fn text(board: &Board, item: &Item, column_id: &str) -> Result<String, FieldFault> {
    match column_id {
        "name" => return Ok(item.name.clone()),
        "group" => return Ok(item.group_id.clone()),
        _ => {}
    }
    let column = board.columns.iter().find(|column| column.id == column_id);
    let column = column.ok_or_else(|| FieldFault::new("InvalidColumnIdException", "Column not found"))?;
    Ok(columns::text(column, item.values.get(column_id)))
}

fn refused(message: &str) -> FieldFault {
    FieldFault::new("InvalidArgumentException", message)
}
