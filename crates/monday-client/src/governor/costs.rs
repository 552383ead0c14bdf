//! What a call of an operation is expected to cost, in complexity points.
//!
//! The larger of the last cost and the moving average; a cautious guess for what was never seen. Must not know: what
//! is left.

use std::collections::HashMap;

/// A new cost counts for a quarter of the average.
const WEIGHT: u64 = 4;

/// An operation never seen may cost a fiftieth of the budget.
const FIRST_SIGHT: u64 = 50;

/// Names made at run time must not fill the memory.
const MOST_NAMES: usize = 1000;

#[derive(Debug, Default)]
pub(super) struct Costs(HashMap<String, Cost>);

#[derive(Debug, Clone, Copy)]
struct Cost {
    last: u64,
    average: u64,
}

impl Costs {
    /// The expected cost against a budget of this size.
    pub(super) fn expected(&self, operation: &str, budget: u64) -> u64 {
        let known = self.0.get(operation).map(|cost| cost.last.max(cost.average));
        known.unwrap_or(budget / FIRST_SIGHT).min(budget)
    }

    /// Learns what a call has cost.
    pub(super) fn learn(&mut self, operation: &str, points: u64) {
        if let Some(cost) = self.0.get_mut(operation) {
            cost.last = points;
            cost.average = cost.average - cost.average / WEIGHT + points / WEIGHT;
        } else if self.0.len() < MOST_NAMES {
            self.0.insert(operation.to_owned(), Cost { last: points, average: points });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_never_seen_is_guessed_and_what_was_seen_is_the_larger_of_last_and_average() {
        let mut costs = Costs::default();
        assert_eq!(costs.expected("Boards", 5_000_000), 100_000);
        costs.learn("Boards", 400);
        assert_eq!(costs.expected("Boards", 5_000_000), 400);
        costs.learn("Boards", 40_000);
        assert_eq!(costs.expected("Boards", 5_000_000), 40_000, "the last");
        costs.learn("Boards", 400);
        assert_eq!(costs.expected("Boards", 5_000_000), 10_300 - 10_300 / 4 + 100, "the average");
        assert_eq!(costs.expected("Boards", 1000), 1000, "more than all of it can never be had");
    }

    #[test]
    fn names_made_at_run_time_do_not_fill_the_memory() {
        let mut costs = Costs::default();
        for number in 0..5000 {
            costs.learn(&format!("Made{number}"), 1);
        }
        assert_eq!(costs.0.len(), MOST_NAMES);
    }
}
