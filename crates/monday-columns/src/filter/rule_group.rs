//! Rules that hold together or one of them, and groups of them.
//!
//! Must not know: what a rule compares.

use monday_queries::enums::ItemsQueryOperator;
use monday_queries::inputs::{ItemsQueryGroup, ItemsQueryRule};

use super::{FilterProblem, Rule};

/// Rules with an operator of their own, which count as one.
///
/// ```
/// use monday_columns::filter::{CheckboxColumn, Filter, NameColumn, RuleGroup, TextColumn};
/// let approved_or_named = RuleGroup::any([
///     CheckboxColumn::new("check").is_checked(),
///     NameColumn.contains_text("urgent"),
/// ]);
/// let query = Filter::all([TextColumn::new("text").is_not_empty()]).group(approved_or_named).build()?;
/// # let _ = query;
/// # Ok::<(), monday_columns::filter::InvalidFilter>(())
/// ```
#[derive(Debug, Clone, PartialEq, Default)]
#[must_use = "a group says nothing until it is part of a filter"]
pub struct RuleGroup {
    is_any: bool,
    rules: Vec<Rule>,
    groups: Vec<Self>,
}

impl RuleGroup {
    /// All of the rules and groups hold.
    pub fn all(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { is_any: false, rules: rules.into_iter().collect(), groups: Vec::new() }
    }

    /// One of the rules or groups holds.
    pub fn any(rules: impl IntoIterator<Item = Rule>) -> Self {
        Self { is_any: true, ..Self::all(rules) }
    }

    /// One more rule.
    pub fn rule(mut self, rule: Rule) -> Self {
        self.rules.push(rule);
        self
    }

    /// A group in this group.
    pub fn group(mut self, group: Self) -> Self {
        self.groups.push(group);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.groups.is_empty()
    }

    /// The operator, the rules and the groups; what is wrong with them goes to the problems.
    pub(super) fn parts(
        self,
        problems: &mut Vec<FilterProblem>,
    ) -> (ItemsQueryOperator, Vec<ItemsQueryRule>, Vec<ItemsQueryGroup>) {
        let operator = if self.is_any { ItemsQueryOperator::Or } else { ItemsQueryOperator::And };
        let mut rules = Vec::new();
        for rule in self.rules {
            match rule.build() {
                Ok(rule) => rules.push(rule),
                Err(problem) => problems.push(problem),
            }
        }
        let groups = self.groups.into_iter().map(|group| group.build(problems)).collect();
        (operator, rules, groups)
    }

    fn build(self, problems: &mut Vec<FilterProblem>) -> ItemsQueryGroup {
        // Whether nothing holds always or never is documented nowhere.
        if self.is_empty() {
            problems.push(FilterProblem::EmptyGroup);
        }
        let (operator, rules, groups) = self.parts(problems);
        let group = ItemsQueryGroup::new().operator(operator);
        let group = if rules.is_empty() { group } else { group.rules(rules) };
        if groups.is_empty() { group } else { group.groups(groups) }
    }
}
