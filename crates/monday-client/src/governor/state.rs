//! Whose turn it is: all budgets together, those under way, and the one that goes ahead.
//!
//! Must not know: how to wait.

use std::time::Duration;

use monday_core::Quota;
use tokio::time::Instant;

use super::budget::{Budget, Said, Unit};
use super::costs::Costs;
use super::day::Day;

/// An answer that asks for a longer pause is not believed.
const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// How long the others wait for the one that goes ahead.
const AHEAD: Duration = Duration::from_secs(1);

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) quota: Quota,
    pub(super) day: Day,
    pub(super) interactive_waiting: usize,
    budgets: Vec<Budget>,
    costs: Costs,
    unanswered: Share,
    /// Over or not, somebody has to find out whether the server is ready.
    paused_until: Option<Instant>,
    scout_left: Option<Instant>,
}

/// What one call, or several, hold of the budgets.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Share {
    calls: u64,
    points: u64,
    /// It went ahead to find out.
    pub(super) is_scout: bool,
}

/// What a call may do now.
pub(super) enum Turn {
    Go(Share),
    /// Not before then, unless something changes. `certain`: nothing but time can change it.
    Wait {
        at_most: Instant,
        certain: bool,
    },
}

impl State {
    /// Decides for a call, and takes its share if it goes. `ahead`: others go first.
    pub(super) fn turn(&mut self, operation: &str, ahead: bool) -> Turn {
        let now = Instant::now();
        if let Some(until) = self.paused_until.filter(|until| *until > now) {
            return Turn::Wait { at_most: until, certain: true };
        }
        let points = self.expected(operation);
        let mut share = Share { calls: 1, points, is_scout: false };
        let mut scout = self.paused_until.is_some();
        for budget in &self.budgets {
            let (cost, unanswered) = match budget.unit {
                Unit::Calls => (1, self.unanswered.calls),
                Unit::Points => (points, self.unanswered.points),
            };
            if budget.has(cost, unanswered) {
                continue;
            }
            if now < budget.window_ends {
                // What is only reserved may come back earlier.
                let certain = !budget.has(cost, 0);
                return Turn::Wait { at_most: budget.window_ends, certain };
            }
            scout = true;
        }
        if ahead {
            return Turn::Wait { at_most: now + AHEAD, certain: false };
        }
        if scout {
            if let Some(left) = self.scout_left.filter(|left| now < *left + AHEAD) {
                return Turn::Wait { at_most: left + AHEAD, certain: false };
            }
            self.scout_left = Some(now);
            share.is_scout = true;
        }
        self.unanswered.calls += 1;
        self.unanswered.points = self.unanswered.points.saturating_add(points);
        Turn::Go(share)
    }

    fn expected(&self, operation: &str) -> u64 {
        let budgets = self.budgets.iter().filter(|budget| budget.unit == Unit::Points);
        budgets.map(|budget| self.costs.expected(operation, budget.limit)).max().unwrap_or(0)
    }

    /// Gives a share back.
    pub(super) fn give_back(&mut self, share: Share) {
        self.unanswered.calls = self.unanswered.calls.saturating_sub(share.calls);
        self.unanswered.points = self.unanswered.points.saturating_sub(share.points);
        if share.is_scout {
            self.scout_left = None;
        }
    }

    /// Takes note of the answer to a call sent then.
    pub(super) fn hear(&mut self, operation: &str, share: Share, quota: &Quota, sent: Instant) {
        let now = Instant::now();
        if share.is_scout {
            self.paused_until = self.paused_until.filter(|until| *until > now);
            // What the server no longer names, or in words that make no sense, holds nobody.
            let is_named = |name: &str| quota.budget(name).and_then(|named| Said::read(named, now)).is_some();
            self.budgets.retain(|budget| now < budget.window_ends || is_named(&budget.name));
        }
        for named in &quota.budgets {
            let Some(said) = Said::read(named, now) else { continue };
            let Some(budget) = self.budgets.iter_mut().find(|budget| budget.name == named.name) else {
                self.budgets.push(Budget::new(&named.name, said));
                continue;
            };
            let gone = budget.hear(said, sent).filter(|gone| *gone > 0);
            if let (Unit::Points, Some(gone)) = (budget.unit, gone) {
                self.costs.learn(operation, gone);
            }
        }
        if !quota.budgets.is_empty() {
            self.quota = quota.clone();
        }
    }

    /// How long nothing is sent.
    pub(super) fn pause(&self) -> Option<Duration> {
        let wait = self.paused_until?.saturating_duration_since(Instant::now());
        (!wait.is_zero()).then_some(wait)
    }

    pub(super) fn pause_for(&mut self, wait: Duration) {
        let until = Instant::now() + wait.min(LONGEST_PAUSE);
        self.paused_until = self.paused_until.max(Some(until));
    }
}
