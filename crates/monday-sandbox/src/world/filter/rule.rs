//! One condition on one column.
//!
//! Must not know: how conditions are put together.

use serde::Deserialize;
use serde_json::Value;

use super::super::{Board, Item, World};
use super::moments::{self, Days};
use super::subject::{Subject, kind_of, number};
use super::{choice, operators, refused};
use crate::columns::calendar;
use crate::field_fault::FieldFault;

#[derive(Debug, Deserialize)]
pub(super) struct Rule {
    column_id: String,
    compare_value: Value,
    compare_attribute: Option<String>,
    operator: Option<String>,
}

impl Rule {
    fn operator(&self) -> &str {
        self.operator.as_deref().unwrap_or("any_of")
    }

    /// The board has the column, which takes the operator and the attribute.
    pub(super) fn check(&self, board: &Board) -> Result<(), FieldFault> {
        let kind = kind_of(board, &self.column_id)?;
        if !operators::takes(kind, self.operator()) {
            return Err(refused(&format!("a column of type {kind} does not take {}", self.operator())));
        }
        match (kind, self.compare_attribute.as_deref()) {
            (_, None)
            | ("timeline", Some("START_DATE" | "END_DATE"))
            | ("creation_log", Some("CREATED_AT" | "CREATED_BY"))
            | ("last_updated", Some("UPDATED_AT" | "UPDATED_BY")) => Ok(()),
            (kind, Some(_)) => {
                Err(refused(&format!("a column of type {kind} has no such compare_attribute")))
            }
        }
    }

    pub(super) fn holds(&self, world: &World, board: &Board, item: &Item) -> Result<bool, FieldFault> {
        let subject = Subject::of(world, board, item, &self.column_id)?;
        let day = self.day(&subject);
        let wanted = &self.compare_value;
        let is_in = |(first, last): Days| day.is_some_and(|day| (first..=last).contains(&day));
        Ok(match self.operator() {
            "any_of" => choice::is_any(&subject, wanted, day)?,
            "not_any_of" => !choice::is_any(&subject, wanted, day)?,
            "is_empty" => subject.is_empty(),
            "is_not_empty" => !subject.is_empty(),
            "contains_text" => lower(&subject.text()).contains(&searched(wanted)?),
            "not_contains_text" => !lower(&subject.text()).contains(&searched(wanted)?),
            "contains_terms" => {
                let text = lower(&subject.text());
                searched(wanted)?.split_whitespace().all(|term| text.contains(term))
            }
            "starts_with" => lower(&subject.text()).starts_with(&searched(wanted)?),
            "ends_with" => lower(&subject.text()).ends_with(&searched(wanted)?),
            "between" => is_in(moments::range(wanted)?),
            "within_the_last" => is_in(moments::window(wanted, moments::today(world), -1)?),
            "within_the_next" => is_in(moments::window(wanted, moments::today(world), 1)?),
            operator if subject.kind == "numbers" => {
                let wanted = single(wanted).and_then(number).ok_or_else(|| refused("this is no number"))?;
                subject.number().is_some_and(|number| is_ordered(operator, &number, &wanted, &wanted))
            }
            operator => {
                let (first, last) = moments::point(wanted, moments::today(world))?;
                day.is_some_and(|day| is_ordered(operator, &day, &first, &last))
            }
        })
    }

    /// The day that the attribute says. Timelines have none without it, and are found by none.
    fn day(&self, subject: &Subject<'_>) -> Option<i64> {
        let value = |key: &str| subject.value[key].as_str().and_then(calendar::day);
        match (subject.kind, self.compare_attribute.as_deref()) {
            ("date", _) => subject.text().get(..10).and_then(calendar::day),
            ("timeline", Some("START_DATE")) => value("from"),
            ("timeline", Some("END_DATE")) => value("to"),
            ("creation_log", None | Some("CREATED_AT")) => moments::day_of(&subject.item.created_at),
            ("last_updated", None | Some("UPDATED_AT")) => moments::day_of(&subject.item.updated_at),
            _ => None,
        }
    }
}

/// Before the first or after the last of those that are compared with.
fn is_ordered<T: PartialOrd>(operator: &str, value: &T, first: &T, last: &T) -> bool {
    match operator {
        "greater_than" => value > last,
        "greater_than_or_equals" => value >= first,
        "lower_than" => value < first,
        _ => value <= last,
    }
}

fn lower(text: &str) -> String {
    text.to_lowercase()
}

/// A value, or the only one of a list: monday's pages have both.
fn single(value: &Value) -> Option<&Value> {
    match value.as_array().map(Vec::as_slice) {
        None => Some(value),
        Some([one]) => Some(one),
        Some(_) => None,
    }
}

/// The text to look for, which is not empty.
fn searched(value: &Value) -> Result<String, FieldFault> {
    let text = single(value).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(lower).ok_or_else(|| refused("this operator wants text"))
}
