//! One rule: a column, an operator and what is compared with, in the form that the operator wants.
//!
//! The forms are those of the guidelines: a list for `any_of`, `not_any_of` and `between`, an empty list for
//! emptiness, a single value for everything else. Must not know: which operators a type of column takes.

use jiff::civil::Date;
use monday_core::{ColumnId, CompareValue};
use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use monday_queries::inputs::ItemsQueryRule;
use serde_json::{Value, json};

use super::{FilterProblem, RuleFault};

/// A condition on one column.
#[derive(Debug, Clone, PartialEq)]
#[must_use = "a rule says nothing until it is part of a filter"]
pub struct Rule {
    column: ColumnId,
    filter: &'static str,
    operator: Operator,
    attribute: Option<String>,
    value: Result<Value, RuleFault>,
}

impl Rule {
    /// A rule as it stands on the wire, for columns and operators that this crate has no type for. Nothing
    /// but the column's id is checked.
    ///
    /// ```
    /// use monday_columns::filter::{Filter, ItemsQueryRuleOperator, Rule};
    /// let since = Rule::raw("__last_updated__", ItemsQueryRuleOperator::GreaterThanOrEquals, ["EXACT", "2026-11-01"])
    ///     .compare_attribute("UPDATED_AT");
    /// let newer_than_this_crate = Rule::raw("text", "sounds_like", "monday");
    /// let query = Filter::all([since, newer_than_this_crate]).build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    pub fn raw(column: impl Into<ColumnId>, operator: impl Into<Operator>, value: impl Into<Value>) -> Self {
        Self::new(&column.into(), "raw", operator.into(), Ok(value.into()))
    }

    /// Which part of the column is compared, such as `START_DATE`.
    pub fn compare_attribute(mut self, attribute: impl Into<String>) -> Self {
        self.attribute = Some(attribute.into());
        self
    }

    pub(super) fn new(
        column: &ColumnId,
        filter: &'static str,
        operator: Operator,
        value: Result<Value, RuleFault>,
    ) -> Self {
        Self { column: column.clone(), filter, operator, attribute: None, value }
    }

    pub(super) fn build(self) -> Result<ItemsQueryRule, FilterProblem> {
        let value = if self.column.as_str().is_empty() { Err(RuleFault::ColumnId) } else { self.value };
        match value {
            Ok(value) => {
                let rule = ItemsQueryRule::new(self.column, CompareValue(value)).operator(self.operator);
                Ok(match self.attribute {
                    Some(attribute) => rule.compare_attribute(attribute),
                    None => rule,
                })
            }
            Err(fault) => Err(FilterProblem::Rule {
                column: self.column,
                filter: self.filter,
                operator: self.operator,
                fault,
            }),
        }
    }
}

/// Values to choose from; there is at least one.
pub(super) fn list<T>(
    values: impl IntoIterator<Item = T>,
    value: impl FnMut(T) -> Result<Value, RuleFault>,
) -> Result<Value, RuleFault> {
    let values: Vec<Value> = values.into_iter().map(value).collect::<Result<_, _>>()?;
    if values.is_empty() { Err(RuleFault::EmptyList) } else { Ok(Value::Array(values)) }
}

/// Text to look for.
pub(super) fn text(text: impl Into<String>) -> Result<Value, RuleFault> {
    let text = text.into();
    if text.is_empty() { Err(RuleFault::EmptyText) } else { Ok(text.into()) }
}

/// An id that monday wants as a number.
pub(super) fn number(id: &str) -> Result<Value, RuleFault> {
    let are_digits = !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_digit());
    let number = if are_digits { id.parse::<u64>().ok() } else { None };
    number.map(Value::from).ok_or(RuleFault::Id)
}

/// An id that monday wants as text.
pub(super) fn digits(id: &str) -> Result<Value, RuleFault> {
    number(id).map(|_| id.into())
}

/// Two capital letters.
pub(super) fn country(code: &str) -> Result<Value, RuleFault> {
    let is_code = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(code.into()) } else { Err(RuleFault::CountryCode) }
}

/// `YYYY-MM-DD`.
pub(super) fn day(date: Date) -> Result<Value, RuleFault> {
    if date.year() >= 1 { Ok(date.to_string().into()) } else { Err(RuleFault::Date) }
}

/// The first and the last day, both of them in.
pub(super) fn days(from: Date, to: Date) -> Result<Value, RuleFault> {
    let days = json!([day(from)?, day(to)?]);
    if from <= to { Ok(days) } else { Err(RuleFault::Range) }
}

/// A type of column that filters are written for: its documentation, its name, the columns it is for.
macro_rules! column {
    ($(#[$doc:meta])* $name:ident, $column_type:literal) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name(monday_core::ColumnId);

        impl $name {
            /// The column of this id.
            #[must_use]
            pub fn new(column: impl Into<monday_core::ColumnId>) -> Self {
                Self(column.into())
            }
        }

        crate::filter::rule::rules!($name, $column_type, |column| column.0.clone());
    };
}

/// Its type, and how it makes rules.
macro_rules! rules {
    ($name:ident, $column_type:literal, |$column:ident| $id:expr) => {
        impl $name {
            /// The type of the columns that it is for, as monday names it.
            pub const COLUMN_TYPE: &'static str = $column_type;

            fn rule(
                &self,
                operator: monday_queries::enums::ItemsQueryRuleOperator,
                value: Result<serde_json::Value, crate::filter::RuleFault>,
            ) -> crate::filter::Rule {
                let $column = self;
                crate::filter::Rule::new(&$id, stringify!($name), operator, value)
            }
        }
    };
}

/// `is_empty` and `is_not_empty`.
macro_rules! emptiness {
    ($($name:ident)+) => { $(
        impl $name {
            /// Nothing is in the column: `is_empty`.
            pub fn is_empty(&self) -> crate::filter::Rule {
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::IsEmpty, Ok(serde_json::json!([])))
            }

            /// Something is in the column: `is_not_empty`.
            pub fn is_not_empty(&self) -> crate::filter::Rule {
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::IsNotEmpty, Ok(serde_json::json!([])))
            }
        }
    )+ };
}

/// `contains_text` and `not_contains_text`.
macro_rules! contains {
    ($($name:ident)+) => { $(
        impl $name {
            /// What the column shows contains this text: `contains_text`.
            pub fn contains_text(&self, text: impl Into<String>) -> crate::filter::Rule {
                let value = crate::filter::rule::text(text);
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::ContainsText, value)
            }

            /// What the column shows does not contain this text: `not_contains_text`.
            pub fn not_contains_text(&self, text: impl Into<String>) -> crate::filter::Rule {
                let value = crate::filter::rule::text(text);
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::NotContainsText, value)
            }
        }
    )+ };
}

/// `any_of` and `not_any_of`, of values of one type.
macro_rules! choice {
    ($name:ident, $(#[$doc:meta])* $values:ident: $type:ty, $value:expr) => {
        impl $name {
            /// One of these is in the column: `any_of`.
            ///
            $(#[$doc])*
            pub fn any_of(&self, $values: impl IntoIterator<Item = $type>) -> crate::filter::Rule {
                let value = crate::filter::rule::list($values, $value);
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::AnyOf, value)
            }

            /// None of these is in the column: `not_any_of`.
            ///
            $(#[$doc])*
            pub fn not_any_of(&self, $values: impl IntoIterator<Item = $type>) -> crate::filter::Rule {
                let value = crate::filter::rule::list($values, $value);
                self.rule(monday_queries::enums::ItemsQueryRuleOperator::NotAnyOf, value)
            }
        }
    };
}
pub(super) use {choice, column, contains, emptiness, rules};
