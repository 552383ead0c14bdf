//! What is left of the account's rate limits, as the `RateLimit` headers say.
//!
//! Must not know: header syntax, or what to do about it (`monday-client`: `quota_headers`, `governor`).

use std::borrow::Cow;
use std::time::Duration;

/// The policies that monday's pages name, so that no answer allocates for them.
///
/// Source: <https://developer.monday.com/api-reference/docs/rate-limits>.
const KNOWN: [&str; 3] = ["minuteRate", "concurrency", "complexityMinute"];

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
    pub name: Cow<'static, str>,
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
            let known = KNOWN.iter().find(|known| **known == name);
            let name = known.map_or_else(|| Cow::Owned(name.to_owned()), |known| Cow::Borrowed(*known));
            self.budgets.push(QuotaBudget { name, ..QuotaBudget::default() });
            self.budgets.len() - 1
        });
        &mut self.budgets[position]
    }
}
