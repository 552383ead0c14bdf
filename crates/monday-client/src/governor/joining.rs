//! This process's view of the budgets and the shared page come together.
//!
//! In any order and any number of times: of one window the lower number counts, of two windows the later one, of two
//! pauses the longer. Must not know: how the page is kept.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use tokio::time::Instant;

use super::budget::{Budget, LONGEST_WINDOW, Said};
use super::others::{Others, member};
use super::page::{Clock, FORMAT, LaneWritten, Page, Written, millis};
use super::state::{LONGEST_PAUSE, Lane, State};

/// Times in whole milliseconds differ by one.
const A_MOMENT: Duration = Duration::from_millis(2);

impl State {
    /// Takes in a page. `me`: the name of this process, whose own line is not news.
    pub(super) fn join(&mut self, page: Page, clock: &Clock, me: &str) {
        let now = Instant::now();
        for written in page.budgets.into_iter().filter(|written| written.can_be_true(clock, now)) {
            let index = self.budgets.iter().position(|budget| budget.name == written.name);
            match index {
                Some(index) => self.budgets[index].join(&written, clock),
                // One that has not been named for long is no budget any more.
                None if clock.here(written.ends) + LONGEST_WINDOW > now => {
                    self.budgets.push(Budget::read(&written, clock));
                }
                None => {}
            }
        }
        for (lane, written) in self.lanes.iter_mut().zip(page.lanes) {
            lane.join(written, clock, now);
        }
        if let Some(ends) = page.day_ends {
            let ends = UNIX_EPOCH + Duration::from_millis(ends);
            // A clock that is wrong elsewhere must not close this one for more than a day.
            if ends <= SystemTime::now() + Duration::from_hours(24) {
                self.day.ends = self.day.ends.max(Some(ends));
            }
        }
        let mut members = page.members;
        members.remove(me);
        self.others = Others::of_living(members, clock, now);
    }

    /// The page as this process would have it, and what it tells the others by it. From here on that counts as told: a
    /// page whose fate is unknown may be there.
    pub(super) fn page(&mut self, clock: &Clock, me: &str) -> (Page, Told) {
        let now = Instant::now();
        self.others.forget_the_gone(clock, now);
        let mut own = member(&self.unanswered, clock.there(now));
        for (written, lane) in own.scouts.iter_mut().zip(&self.lanes) {
            *written = lane.scout_left.map(|left| clock.there(left));
        }
        for budget in &self.budgets {
            own.taken.insert(budget.name.clone(), [budget.serial, budget.taken(&self.costs)]);
        }
        let mut members = self.others.members.clone();
        members.insert(me.to_owned(), own);
        let day_ends = self.day.ends.and_then(|ends| ends.duration_since(UNIX_EPOCH).ok()).map(millis);
        let page = Page {
            format: FORMAT,
            budgets: self.budgets.iter().map(|budget| budget.write(clock)).collect(),
            lanes: [0, 1].map(|lane| self.lanes[lane].write(clock)),
            day_ends,
            members,
        };
        self.round += 1;
        let tell = |budget: &mut Budget| {
            (budget.name.clone(), budget.serial, std::mem::take(&mut budget.untold.entries))
        };
        let entries = self.budgets.iter_mut().map(tell).collect();
        (page, Told { entries, news: self.news, round: self.round })
    }

    /// The page is there.
    pub(super) fn was_told(&mut self, told: &Told) {
        self.told_news = told.news;
    }

    /// Another page was there before.
    pub(super) fn was_not_told(&mut self, told: &Told) {
        for (name, serial, entries) in &told.entries {
            let of_it = |budget: &&mut Budget| budget.name == *name && budget.serial == *serial;
            if let Some(budget) = self.budgets.iter_mut().find(of_it) {
                budget.untold.entries = budget.untold.entries.saturating_add(*entries);
            }
        }
    }

    /// Whether something has changed that other processes do not know.
    pub(super) fn has_news(&self) -> bool {
        self.news != self.told_news
    }
}

/// What a page says that is new.
pub(super) struct Told {
    /// Entries, by the name and the window of a budget.
    entries: Vec<(String, u64, u64)>,
    news: u64,
    /// The number of the page.
    pub(super) round: u64,
}

impl Written {
    /// Whatever stands there, nobody waits for longer than a window, and another one follows.
    fn can_be_true(&self, clock: &Clock, now: Instant) -> bool {
        self.limit > 0
            && self.left <= self.limit
            && self.serial < u64::MAX / 2
            && clock.here(self.ends) <= now + LONGEST_WINDOW + A_MOMENT
    }
}

impl Budget {
    fn read(written: &Written, clock: &Clock) -> Self {
        let Written { limit, left, serial, first, tally, .. } = *written;
        let said = Said { limit, left, window_ends: clock.here(written.ends) };
        let since = clock.here(written.since).min(Instant::now());
        Self { since, first, serial, tally, ..Self::new(&written.name, said) }
    }

    fn write(&self, clock: &Clock) -> Written {
        Written {
            name: self.name.clone(),
            limit: self.limit,
            left: self.left,
            ends: clock.there(self.window_ends),
            since: clock.there(self.since),
            serial: self.serial,
            first: self.first,
            tally: self.tally,
        }
    }

    fn join(&mut self, written: &Written, clock: &Clock) {
        if written.serial > self.serial {
            *self = Self::read(written, clock);
        } else if written.serial == self.serial {
            let other = Self::read(written, clock);
            self.falls_to(other.left);
            self.limit = self.limit.max(other.limit);
            self.window_ends = self.window_ends.min(other.window_ends);
            self.since = self.since.min(other.since);
            self.first = self.first.max(other.first);
            self.tally = other.tally;
            self.tally.add(self.untold);
        }
    }
}

impl Lane {
    fn join(&mut self, written: LaneWritten, clock: &Clock, now: Instant) {
        let until = written.paused_until.map(|until| clock.here(until));
        // One that is over here was cleared, or is about to be; one that is too long is not believed.
        let believed = now..=now + LONGEST_PAUSE + A_MOMENT;
        self.paused_until = self.paused_until.max(until.filter(|until| believed.contains(until)));
        let cleared = written.cleared.map(|cleared| clock.here(cleared));
        // Only what is over can have been found so.
        self.cleared = self.cleared.max(cleared.filter(|cleared| *cleared <= now + A_MOMENT));
        let is_cleared = |until: &Instant| self.cleared.is_some_and(|cleared| *until <= cleared + A_MOMENT);
        self.paused_until = self.paused_until.filter(|until| !is_cleared(until));
    }

    fn write(&self, clock: &Clock) -> LaneWritten {
        let there = |time: Option<Instant>| time.map(|time| clock.there(time));
        LaneWritten { paused_until: there(self.paused_until), cleared: there(self.cleared) }
    }
}
