//! One budget of the server's, such as `minuteRate`, and what the answers say of it.
//!
//! Answers come out of order and headers may be wrong: within one window the lowest number counts, and no
//! wait is longer than the window. Must not know: who waits.

use std::time::Duration;

use monday_core::{OperationKind, QuotaBudget};
use tokio::time::Instant;

use super::costs::{Costs, Place, common_measure};
use super::page::Tally;

/// Counts running requests, not time: `admission` cares for it.
const CONCURRENCY: &str = "concurrency";

/// Longer windows are not believed.
pub(super) const LONGEST_WINDOW: Duration = Duration::from_mins(2);

/// A window without a length is taken for this one.
const USUAL_WINDOW: Duration = Duration::from_mins(1);

/// The wait where a header says that nothing is left, and not until when.
const UNTOLD: Duration = Duration::from_secs(1);

/// Nothing left and no time to wait is what a server says that rounds down.
const SHORTEST: Duration = Duration::from_millis(200);

/// `t` is in whole seconds, and an answer may be late.
const ROUNDING: Duration = Duration::from_millis(1_500);

/// What a budget is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Calls,
    Points,
}

impl Unit {
    /// What a call of so many points counts.
    pub(super) fn of(self, points: u64) -> u64 {
        match self {
            Self::Calls => 1,
            Self::Points => points,
        }
    }

    /// How many entries a call of so many takes.
    pub(super) fn taken_by(self, entries: u64) -> u64 {
        match self {
            Self::Calls => 1,
            Self::Points => entries,
        }
    }
}

#[derive(Debug)]
pub(super) struct Budget {
    pub(super) name: String,
    pub(super) unit: Unit,
    /// The calls that draw on it, where reading and writing have budgets of their own.
    pub(super) only: Option<OperationKind>,
    /// All of it, as far as is known.
    pub(super) limit: u64,
    /// What was left by the answers of this window; calls without an answer are not in it.
    pub(super) left: u64,
    pub(super) window_ends: Instant,
    /// When the first number of this window was heard,
    pub(super) since: Instant,
    /// and what it was.
    pub(super) first: u64,
    /// Counts the windows.
    pub(super) serial: u64,
    /// What this process has taken of the window: entries, by where their cost stands.
    pub(super) taken: Vec<(Option<Place>, u64)>,
    /// The entries that were answered in it since its first number,
    pub(super) tally: Tally,
    /// and those of them that no other process knows of.
    pub(super) untold: Tally,
    /// What all that has gone is a multiple of.
    pub(super) step: u64,
}

/// A budget as one header says.
#[derive(Debug, Clone, Copy)]
pub(super) struct Said {
    pub(super) limit: u64,
    pub(super) left: u64,
    pub(super) window_ends: Instant,
}

impl Said {
    /// Reads a header's words; `None` for those that cannot be true, and for budgets that are not of time.
    pub(super) fn read(budget: &QuotaBudget, now: Instant) -> Option<Self> {
        let left = budget.remaining?;
        if budget.name == CONCURRENCY || budget.limit.is_some_and(|limit| limit == 0 || left > limit) {
            return None;
        }
        let window = budget.window.filter(|window| !window.is_zero()).unwrap_or(USUAL_WINDOW);
        let wait = budget.resets_in.unwrap_or(UNTOLD).min(window).min(LONGEST_WINDOW);
        let wait = if left == 0 { wait.max(SHORTEST) } else { wait };
        Some(Self { limit: budget.limit.unwrap_or(left), left, window_ends: now + wait })
    }
}

impl Budget {
    pub(super) fn new(name: &str, said: Said) -> Self {
        let unit = if name.starts_with("complexity") { Unit::Points } else { Unit::Calls };
        let Said { limit, left, window_ends } = said;
        Self {
            name: name.to_owned(),
            unit,
            only: only(name),
            limit,
            left,
            window_ends,
            since: Instant::now(),
            first: left,
            serial: 1,
            taken: Vec::new(),
            tally: Tally::default(),
            untold: Tally::default(),
            step: 0,
        }
    }

    /// Whether a call of this kind draws on it.
    pub(super) fn is_of(&self, kind: OperationKind) -> bool {
        self.only.is_none_or(|only| only == kind)
    }

    /// What has been spent of it by anyone, as far as its window shows.
    pub(super) fn spent(&self) -> u64 {
        self.limit.saturating_sub(self.left)
    }

    /// Takes in what the answer to a call sent then says. Gives what has gone since the answer before, within
    /// one window.
    pub(super) fn hear(&mut self, said: Said, sent: Instant) -> Option<u64> {
        self.limit = self.limit.max(said.limit);
        let next_window = sent >= self.window_ends || said.window_ends > self.window_ends + ROUNDING;
        if next_window {
            let next = Self::new(&self.name, said);
            *self = Self { serial: self.serial.saturating_add(1), ..next };
            return None;
        }
        let gone = self.left.checked_sub(said.left);
        self.falls_to(said.left);
        self.window_ends = self.window_ends.min(said.window_ends);
        gone
    }

    /// Within one window, what is left never grows.
    pub(super) fn falls_to(&mut self, left: u64) {
        if let Some(gone) = self.left.checked_sub(left) {
            self.step = common_measure(self.step, gone);
            self.left = left;
        }
    }

    /// Takes entries of the window.
    pub(super) fn take(&mut self, entries: u64, cost: Option<Place>) {
        match self.taken.iter_mut().find(|(of, _)| *of == cost) {
            Some((_, taken)) => *taken = taken.saturating_add(entries),
            None => self.taken.push((cost, entries)),
        }
    }

    /// Takes back what was taken: it cost nothing.
    pub(super) fn untake(&mut self, entries: u64, cost: Option<Place>) {
        if let Some((_, taken)) = self.taken.iter_mut().find(|(of, _)| *of == cost) {
            *taken = taken.saturating_sub(entries);
        }
    }

    /// What has been taken, in the budget's own unit.
    pub(super) fn taken(&self, costs: &Costs) -> u64 {
        let each = |cost| match self.unit {
            Unit::Calls => 1,
            Unit::Points => costs.of(cost).unwrap_or(Costs::guess(self.limit)),
        };
        let points = |(cost, entries): &(_, u64)| entries.saturating_mul(each(*cost));
        self.taken.iter().map(points).fold(0, u64::saturating_add)
    }

    /// Counts entries that were answered.
    pub(super) fn count(&mut self, answered: Tally) {
        self.tally.add(answered);
        self.untold.add(answered);
    }

    /// Whether a cost fits where there is so much room. What is more than all of it may take all, and nothing
    /// is not all.
    pub(super) fn has(&self, cost: u64, room: u64) -> bool {
        room >= cost.min(self.limit.max(1))
    }
}

/// The kind of call that a budget's name is of, such as `complexityMinuteRead`. monday gives app tokens one
/// for each and does not document their names.
fn only(name: &str) -> Option<OperationKind> {
    let name = name.to_ascii_lowercase();
    let has = |words: [&str; 2]| words.iter().any(|word| name.contains(word));
    match (has(["read", "quer"]), has(["write", "mutation"])) {
        (true, false) => Some(OperationKind::Query),
        (false, true) => Some(OperationKind::Mutation),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(limit: Option<u64>, left: u64, seconds: Option<u64>) -> Option<Said> {
        let mut budget = QuotaBudget::default();
        budget.name = "minuteRate".into();
        (budget.limit, budget.remaining) = (limit, Some(left));
        budget.resets_in = seconds.map(Duration::from_secs);
        Said::read(&budget, Instant::now())
    }

    #[tokio::test(start_paused = true)]
    async fn a_header_that_cannot_be_true_says_nothing() {
        assert!(said(Some(10), 11, Some(1)).is_none(), "more than all");
        assert!(said(Some(0), 0, Some(1)).is_none(), "nothing ever");
        let waits = |seconds| said(None, 0, seconds).unwrap().window_ends - Instant::now();
        assert_eq!(waits(Some(u64::MAX)), USUAL_WINDOW);
        assert_eq!(waits(Some(38)), Duration::from_secs(38));
        assert_eq!(waits(None), UNTOLD);
        assert_eq!(waits(Some(0)), SHORTEST);
    }

    #[test]
    fn a_name_says_whether_a_budget_is_of_reading_or_of_writing() {
        use OperationKind::{Mutation, Query};
        for (name, kind) in [
            ("complexityMinute", None),
            ("minuteRate", None),
            ("complexityMinuteRead", Some(Query)),
            ("complexityQueries", Some(Query)),
            ("complexityMinuteWrite", Some(Mutation)),
            ("complexity-mutations", Some(Mutation)),
            ("complexityReadWrite", None),
        ] {
            assert_eq!(only(name), kind, "{name}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn within_a_window_the_lowest_number_counts_whatever_the_order() {
        let sent = Instant::now();
        let mut budget = Budget::new("minuteRate", said(Some(100), 90, Some(30)).unwrap());
        assert_eq!(budget.hear(said(Some(100), 85, Some(30)).unwrap(), sent), Some(5));
        assert_eq!(budget.hear(said(Some(100), 88, Some(30)).unwrap(), sent), None);
        assert_eq!(budget.left, 85);
    }

    #[tokio::test(start_paused = true)]
    async fn the_next_window_begins_with_its_own_number() {
        let mut budget = Budget::new("minuteRate", said(Some(100), 0, Some(30)).unwrap());
        let sent = Instant::now();
        tokio::time::advance(Duration::from_secs(29)).await;
        assert_eq!(budget.hear(said(Some(100), 99, Some(60)).unwrap(), sent), None);
        assert_eq!(budget.left, 99);
        tokio::time::advance(Duration::from_secs(61)).await;
        budget.hear(said(Some(100), 100, Some(1)).unwrap(), Instant::now());
        assert_eq!(budget.left, 100);
    }
}
