//! Filters on numbers.
//!
//! Must not know: a column's unit.

use monday_queries::enums::ItemsQueryRuleOperator as Operator;
use serde_json::{Value, json};

use super::rule::{choice, column, emptiness};
use super::{Rule, RuleFault};

column! {
    /// Numbers. There is no `between` for them: two rules in a group of [`all`](super::RuleGroup::all) say
    /// it. Source: the page `number`; the guidelines name fewer operators.
    ///
    /// ```
    /// use monday_columns::filter::{Filter, NumbersColumn, RuleGroup};
    /// let effort = NumbersColumn::new("numbers");
    /// let query = Filter::all([effort.greater_than_or_equals(3), effort.lower_than(8.5)]).build()?;
    /// # let _ = query;
    /// # Ok::<(), monday_columns::filter::InvalidFilter>(())
    /// ```
    NumbersColumn, "numbers"
}

emptiness!(NumbersColumn);
choice!(NumbersColumn, /** Whole numbers or fractions. */ numbers: impl Into<f64>, finite);

impl NumbersColumn {
    /// `greater_than`
    pub fn greater_than(&self, number: impl Into<f64>) -> Rule {
        self.rule(Operator::GreaterThan, finite(number))
    }

    /// `greater_than_or_equals`
    pub fn greater_than_or_equals(&self, number: impl Into<f64>) -> Rule {
        self.rule(Operator::GreaterThanOrEquals, finite(number))
    }

    /// `lower_than`
    pub fn lower_than(&self, number: impl Into<f64>) -> Rule {
        self.rule(Operator::LowerThan, finite(number))
    }

    /// `lower_than_or_equal`, which monday spells so.
    pub fn lower_than_or_equal(&self, number: impl Into<f64>) -> Rule {
        self.rule(Operator::LowerThanOrEqual, finite(number))
    }
}

/// Whole numbers without a point, as they are in monday's examples.
fn finite(number: impl Into<f64>) -> Result<Value, RuleFault> {
    /// Up to here every whole number is one of `f64`.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let number = number.into();
    if !number.is_finite() {
        return Err(RuleFault::Number);
    }
    let is_whole = number.fract() == 0.0 && number.abs() <= EXACT;
    #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
    Ok(if is_whole { json!(number as i64) } else { json!(number) })
}
