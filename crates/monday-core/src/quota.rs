//! What is left of the account's rate limits, as the `RateLimit` headers say.
//!
//! Must not know: header syntax, or what to do about it (`monday-client`: `quota_headers`, `governor`).

use std::time::Duration;

/// The budgets the server named with an answer; empty when it named none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Quota {
    /// The budgets, in the server's order.
    pub budgets: Vec<QuotaBudget>,
}

/// One budget, such as `minuteRate`, `concurrency` or `complexityMinute`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct QuotaBudget {
    /// The policy's name.
    pub name: String,
    /// All of it (`q`), in the policy's own unit: requests, or complexity points.
    pub limit: Option<u64>,
    /// What is left (`r`).
    pub remaining: Option<u64>,
    /// The policy's window (`w`).
    pub window: Option<Duration>,
    /// How long until more is available (`t`).
    pub resets_in: Option<Duration>,
}

impl Quota {
    /// The budget of a name.
    #[must_use]
    pub fn budget(&self, name: &str) -> Option<&QuotaBudget> {
        self.budgets.iter().find(|budget| budget.name == name)
    }

    /// The budget of a name, made if it is not there.
    pub fn budget_mut(&mut self, name: &str) -> &mut QuotaBudget {
        let position = self.budgets.iter().position(|budget| budget.name == name).unwrap_or_else(|| {
            self.budgets.push(QuotaBudget { name: name.to_owned(), ..QuotaBudget::default() });
            self.budgets.len() - 1
        });
        &mut self.budgets[position]
    }
}
