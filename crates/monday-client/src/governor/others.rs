//! What other processes hold of the budgets, and what of them is theirs by right.
//!
//! A process that takes part has a claim on its share of a window, which melts as the window passes: who comes late
//! finds room, and what nobody wants is not lost. Must not know: how it is heard of them.

use std::collections::BTreeMap;
use std::time::Duration;

use tokio::time::Instant;

use super::budget::Budget;
use super::page::{Clock, Member};
use super::share::{Held, Unanswered};

/// A process that was not heard of for so long has ended, or wants nothing.
pub(super) const GONE_AFTER: Duration = Duration::from_secs(5);

#[derive(Debug, Default)]
pub(super) struct Others {
    pub(super) members: BTreeMap<String, Member>,
    held: Unanswered,
    /// When the last of their calls went ahead to find out, in each lane.
    pub(super) scouts: [Option<Instant>; 2],
}

impl Others {
    fn new(members: BTreeMap<String, Member>, clock: &Clock, now: Instant) -> Self {
        let mut others = Self { members, ..Self::default() };
        for member in others.members.values() {
            let held = |[calls, points]: [u64; 2]| Held { calls, points };
            others.held.add_all([held(member.reading), held(member.writing)]);
            for (latest, scout) in others.scouts.iter_mut().zip(member.scouts) {
                let left = scout.map(|left| clock.here(left)).filter(|left| *left <= now + GONE_AFTER);
                *latest = (*latest).max(left);
            }
        }
        others
    }

    /// Those who have been heard of lately, at this time of the ledger's clock.
    pub(super) fn of_living(mut members: BTreeMap<String, Member>, clock: &Clock, now: Instant) -> Self {
        let time = clock.there(now);
        members.retain(|_, member| is_living(member, time));
        Self::new(members, clock, now)
    }

    /// Forgets those who have not been heard of for long.
    pub(super) fn forget_the_gone(&mut self, clock: &Clock, now: Instant) {
        let time = clock.there(now);
        if !self.members.values().all(|member| is_living(member, time)) {
            *self = Self::of_living(std::mem::take(&mut self.members), clock, now);
        }
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        self.members.len()
    }

    pub(super) fn held(&self, budget: &Budget) -> u64 {
        self.held.held(budget)
    }

    /// How much of what is free of a budget a call of this process may take: all of it if nobody has a larger
    /// claim, else what is beyond the claims of the others.
    pub(super) fn leave(&self, budget: &Budget, free: u64, mine: impl Fn() -> u64, now: Instant) -> u64 {
        if self.members.is_empty() {
            return free;
        }
        let share = budget.limit / (self.members.len() as u64 + 1);
        let length = budget.window_ends.saturating_duration_since(budget.since).as_millis().max(1);
        let left = budget.window_ends.saturating_duration_since(now).as_millis();
        // Whole for a quarter of the window, nothing at its end.
        let due =
            u64::try_from(u128::from(share) * left * 4 / (length * 3)).map_or(share, |due| due.min(share));
        let mine = due.saturating_sub(mine());
        let (mut largest, mut all) = (0, 0_u64);
        for member in self.members.values() {
            let taken = member.taken.get(&budget.name).filter(|[serial, _]| *serial == budget.serial);
            let claim = due.saturating_sub(taken.map_or(0, |[_, taken]| *taken));
            (largest, all) = (claim.max(largest), all.saturating_add(claim));
        }
        if mine >= largest { free } else { free.saturating_sub(all) }
    }
}

fn is_living(member: &Member, time: u64) -> bool {
    u128::from(member.seen.abs_diff(time)) <= GONE_AFTER.as_millis()
}

/// The member that a process is.
pub(super) fn member(held: &Unanswered, seen: u64) -> Member {
    let [reading, writing] = held.kinds().map(|held| [held.calls, held.points]);
    Member { seen, reading, writing, ..Member::default() }
}
