//! Whose turn it is: all budgets together, those under way, and the one that goes ahead.
//!
//! Must not know: how to wait.

use std::time::Duration;

use monday_core::{OperationKind, Quota};
use tokio::time::Instant;

use super::budget::{Budget, Said, Unit};
use super::costs::{Costs, Place};
use super::day::Day;
use super::need::{Charge, Entries, Need};
use super::others::Others;
use super::page::Tally;
use super::portion;
use super::share::{Share, Unanswered};

/// An answer that asks for a longer pause is not believed.
pub(super) const LONGEST_PAUSE: Duration = Duration::from_mins(2);

/// How long the others wait for the one that goes ahead.
const AHEAD: Duration = Duration::from_secs(1);

/// The same for many entries: a request of many may take long, and they can wait. So often they look again.
const AHEAD_OF_MANY: Duration = Duration::from_mins(1);

/// monday's limit for one operation, in points.
///
/// Source: <https://developer.monday.com/api-reference/docs/rate-limits>.
const SINGLE_OPERATION: u64 = 5_000_000;

#[derive(Debug, Default)]
pub(super) struct State {
    pub(super) quota: Quota,
    pub(super) day: Day,
    /// Calls that wait, and the interactive ones among them.
    pub(super) waiting: usize,
    pub(super) interactive_waiting: usize,
    pub(super) budgets: Vec<Budget>,
    pub(super) costs: Costs,
    pub(super) unanswered: Unanswered,
    pub(super) others: Others,
    /// Counts what other processes want to know,
    pub(super) news: u64,
    /// and what of it they know.
    pub(super) told_news: u64,
    /// Counts the pages that were written for others.
    pub(super) round: u64,
    /// Calls under way that find out what one costs.
    trying: usize,
    /// The first is everyone's, unless writing has budgets of its own: then the second is writing's.
    pub(super) lanes: [Lane; 2],
}

/// Calls that are held back together.
#[derive(Debug, Default)]
pub(super) struct Lane {
    /// Over or not, somebody has to find out whether the server is ready.
    pub(super) paused_until: Option<Instant>,
    /// The last pause after which somebody did.
    pub(super) cleared: Option<Instant>,
    pub(super) scout_left: Option<Instant>,
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
    pub(super) fn turn(&mut self, need: &Need<'_>, ahead: bool) -> Turn {
        let now = Instant::now();
        let lane = self.lane(need.kind);
        if let Some(until) = self.lanes[lane].paused_until.filter(|until| *until > now) {
            return Turn::Wait { at_most: until, certain: true };
        }
        let cost = self.costs.place(need);
        let (written, waiting) = match need.entries {
            Entries::Written(entries) => (entries, None),
            Entries::Waiting(entries) => (1, Some(entries.waiting())),
        };
        let tries = waiting.is_some() && !self.costs.is_tried(cost);
        if tries && self.trying > 0 {
            return Turn::Wait { at_most: now + AHEAD_OF_MANY, certain: false };
        }
        let each = self.expected(need, cost);
        let mut entries = waiting.map_or(written, |all| self.whole(need.kind, all, each, tries));
        let mut scout = self.lanes[lane].paused_until.is_some();
        for budget in self.budgets.iter().filter(|budget| budget.is_of(need.kind)) {
            let held = self.unanswered.held(budget).saturating_add(self.others.held(budget));
            let free = budget.left.saturating_sub(held);
            let room = self.others.leave(budget, free, || budget.taken(&self.costs), now);
            let fit = |room| fit(budget, waiting.map(|(all, _)| all), each, entries, room);
            let (now_fit, will_fit) = (fit(room), fit(budget.left));
            if now_fit == Some(entries) {
                continue;
            }
            if now >= budget.window_ends {
                scout = true;
                continue;
            }
            // What is only reserved may come back earlier, and make room for more.
            match now_fit.filter(|_| now_fit == will_fit) {
                Some(fit) => entries = fit,
                None => return Turn::Wait { at_most: budget.window_ends, certain: will_fit.is_none() },
            }
        }
        if ahead {
            return Turn::Wait { at_most: now + AHEAD, certain: false };
        }
        if scout {
            let patience = if waiting.is_some() { AHEAD_OF_MANY } else { AHEAD };
            let left = self.lanes[lane].scout_left.max(self.others.scouts[lane]);
            if let Some(left) = left.filter(|left| now < *left + patience) {
                return Turn::Wait { at_most: left + patience, certain: false };
            }
            self.lanes[lane].scout_left = Some(now);
        }
        self.trying += usize::from(tries);
        if let Some(cost) = self.costs.at(cost) {
            cost.begin(entries);
        }
        let points = each.saturating_mul(entries);
        for budget in self.budgets.iter_mut().filter(|budget| budget.is_of(need.kind)) {
            budget.take(budget.unit.taken_by(entries), cost);
        }
        let alone = self.unanswered.add(need.kind, points);
        self.news += 1;
        Turn::Go(Share {
            kind: need.kind,
            entries,
            points,
            cost,
            scouts: scout.then_some((lane, now)),
            tries,
            alone,
        })
    }

    /// The points of one entry.
    fn expected(&self, need: &Need<'_>, place: Option<Place>) -> u64 {
        let each = |budget: &Budget| self.costs.expected(need, place, budget.limit);
        self.points_of(need.kind).map(each).max().unwrap_or(0)
    }

    /// How many entries of a line go together where nothing is in their way.
    fn whole(&self, kind: OperationKind, (all, most): (u64, u64), each: u64, tries: bool) -> u64 {
        let least_limit = self.points_of(kind).map(|budget| budget.limit).min();
        let limit = least_limit.unwrap_or(SINGLE_OPERATION).min(SINGLE_OPERATION);
        let most = most.min(limit.checked_div(each).unwrap_or(most)).max(1);
        if tries { portion::first(all, most) } else { most.min(all) }
    }

    fn points_of(&self, kind: OperationKind) -> impl Iterator<Item = &Budget> {
        self.budgets.iter().filter(move |budget| budget.unit == Unit::Points && budget.is_of(kind))
    }

    /// Gives a share back. One that was not sent takes nothing of the window.
    pub(super) fn give_back(&mut self, share: &Share, is_sent: bool) {
        if !is_sent {
            self.untake(share);
        }
        self.news += 1;
        self.unanswered.remove(share);
        self.trying -= usize::from(share.tries);
        if let Some(cost) = self.costs.at(share.cost) {
            cost.end(share.entries);
        }
        // One that took long may have been followed by another.
        if let Some((lane, left)) = share.scouts
            && self.lanes[lane].scout_left == Some(left)
        {
            self.lanes[lane].scout_left = None;
        }
    }

    fn untake(&mut self, share: &Share) {
        for budget in self.budgets.iter_mut().filter(|budget| budget.is_of(share.kind)) {
            budget.untake(budget.unit.taken_by(share.entries), share.cost);
        }
    }

    /// Takes note of the answer to a call sent then.
    pub(super) fn hear(&mut self, share: &Share, quota: &Quota, charge: Charge, sent: Instant) {
        let now = Instant::now();
        self.news += 1;
        if charge == Charge::Nothing {
            self.untake(share);
        }
        if let Some((lane, _)) = share.scouts {
            let lane = &mut self.lanes[lane];
            let over = lane.paused_until.filter(|until| *until <= now);
            lane.cleared = lane.cleared.max(over);
            lane.paused_until = lane.paused_until.filter(|until| *until > now);
            // What the server no longer names, or in words that make no sense, holds nobody.
            let is_named = |name: &str| quota.budget(name).and_then(|named| Said::read(named, now)).is_some();
            self.budgets.retain(|budget| {
                now < budget.window_ends || !budget.is_of(share.kind) || is_named(&budget.name)
            });
        }
        for named in &quota.budgets {
            let Some(said) = Said::read(named, now) else { continue };
            let index = self.budgets.iter().position(|budget| budget.name == named.name);
            let gone = index.and_then(|index| self.budgets[index].hear(said, sent));
            if index.is_none() {
                self.budgets.push(Budget::new(&named.name, said));
            }
            let index = index.unwrap_or(self.budgets.len() - 1);
            if charge != Charge::Nothing {
                self.count(share, index, sent);
            }
            // One that has cost nothing may be the first to tell what others have.
            if !matches!(charge, Charge::Points(_)) {
                self.learn(share, index, gone, sent, charge == Charge::Untold);
            }
        }
        if let Some(cost) = self.costs.at(share.cost).filter(|_| charge != Charge::Nothing) {
            cost.is_tried = true;
            if let Charge::Points(points) = charge {
                cost.learn(points, share.entries);
            }
        }
        if !quota.budgets.is_empty() {
            self.quota.clone_from(quota);
        }
    }

    /// Counts what was answered, so that all processes together know what an entry costs.
    fn count(&mut self, share: &Share, budget: usize, sent: Instant) {
        let budget = &mut self.budgets[budget];
        // Of a call from before this window nobody knows whether its cost is in the window's first number.
        if budget.unit == Unit::Points && budget.is_of(share.kind) && sent > budget.since {
            let of = self.costs.at(share.cost).map(|cost| cost.mark);
            budget.count(Tally { entries: share.entries, of, mixed: of.is_none() });
        }
    }

    /// Learns from what has gone of a budget since the answer before.
    fn learn(&mut self, share: &Share, budget: usize, gone: Option<u64>, sent: Instant, is_charged: bool) {
        let budget = &self.budgets[budget];
        let Some(cost) = self.costs.at(share.cost) else { return };
        if budget.unit != Unit::Points || !budget.is_of(share.kind) {
            return;
        }
        if self.others.count() > 0 {
            // Part of what has gone is theirs.
            if let Some(entries) = budget.tally.entries_of(cost.mark) {
                cost.learn_of_all(budget.first.saturating_sub(budget.left), entries, budget.step);
            }
        } else if self.unanswered.was_alone(share) {
            if !is_charged {
                return;
            }
            // Where nothing is known, all that is spent may be this call's, if that is not out of all
            // proportion.
            let is_likely = |spent: u64| spent / share.entries.max(1) <= Costs::guess(budget.limit);
            let first =
                || Some(budget.spent()).filter(|spent| cost.expected().is_none() && is_likely(*spent));
            if let Some(points) = gone.or_else(first).filter(|points| *points > 0) {
                cost.learn(points, share.entries);
            }
        } else if cost.under_way == self.unanswered.calls(budget) {
            // Of a call from before this window nobody knows whether its cost is in the window's first
            // number.
            let entries = if is_charged && sent > budget.since { share.entries } else { 0 };
            cost.learn_beside(gone.unwrap_or(0), entries);
        }
    }

    /// How long no call of a kind is sent.
    pub(super) fn pause(&self, kind: OperationKind) -> Option<Duration> {
        let until = self.lanes[self.lane(kind)].paused_until?;
        let wait = until.saturating_duration_since(Instant::now());
        (!wait.is_zero()).then_some(wait)
    }

    /// Holds back all calls, or those that share a kind's points.
    pub(super) fn pause_for(&mut self, wait: Duration, kind: Option<OperationKind>) {
        let until = Instant::now() + wait.min(LONGEST_PAUSE);
        let only = kind.filter(|_| self.is_apart()).map(|kind| self.lane(kind));
        self.news += 1;
        for (number, lane) in self.lanes.iter_mut().enumerate() {
            if only.is_none_or(|only| only == number) {
                lane.paused_until = lane.paused_until.max(Some(until));
            }
        }
    }

    fn lane(&self, kind: OperationKind) -> usize {
        usize::from(kind == OperationKind::Mutation && self.is_apart())
    }

    /// Whether reading and writing have budgets of their own.
    fn is_apart(&self) -> bool {
        self.budgets.iter().any(|budget| budget.only.is_some())
    }
}

/// How many entries go where a budget has so much room, of `all` in a line or of those that are written; `None`
/// where the call has to wait.
fn fit(budget: &Budget, all: Option<u64>, each: u64, entries: u64, room: u64) -> Option<u64> {
    let cost = budget.unit.of(each.saturating_mul(entries));
    match all.filter(|_| budget.unit == Unit::Points && each > 0) {
        Some(all) => portion::worth(room / each, all, entries),
        None => budget.has(cost, room).then_some(entries),
    }
}
