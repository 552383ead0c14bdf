//! How many may be under way: additive increase, multiplicative decrease.
//!
//! Starts at 8. Until the first refusal each answer adds one, later each round of answers does; a refusal halves.
//! Never above the server's `concurrency` less a tenth, which is left for others; processes that share a quota
//! divide it. Must not know: who waits.

use monday_core::Quota;
use tokio::time::Instant;

const FIRST: usize = 8;

/// monday's smallest plan takes 40 requests at once.
const SMALLEST_PLAN: usize = 40;

/// monday's largest plan takes 250; a header that says much more is not believed.
const LARGEST: u64 = 1000;

#[derive(Debug)]
pub(super) struct Limit {
    now: usize,
    /// Answers since the limit last changed.
    answers: usize,
    caller_most: Option<usize>,
    server_most: Option<usize>,
    /// How many processes share it.
    processes: usize,
    last_refusal: Option<Instant>,
}

impl Limit {
    pub(super) fn new(caller_most: Option<usize>) -> Self {
        let caller_most = caller_most.map(|most| most.max(1));
        let mut limit =
            Self { now: FIRST, answers: 0, caller_most, server_most: None, processes: 1, last_refusal: None };
        limit.now = FIRST.min(limit.most());
        limit
    }

    pub(super) fn now(&self) -> usize {
        self.now
    }

    /// The highest it may become.
    pub(super) fn most(&self) -> usize {
        let server_most = self.server_most.map(|most| most / self.processes);
        let known = match (self.caller_most, server_most) {
            (Some(caller), Some(server)) => caller.min(server),
            (Some(most), None) | (None, Some(most)) => most,
            (None, None) => less_a_tenth(SMALLEST_PLAN) / self.processes,
        };
        known.max(1)
    }

    /// Takes the server's own number, if it names a sensible one.
    pub(super) fn learn(&mut self, quota: &Quota, processes: usize) {
        self.processes = processes.max(1);
        let named = quota.budget("concurrency").and_then(|budget| budget.limit);
        if let Some(named) = named.filter(|named| (1..=LARGEST).contains(named)) {
            self.server_most = usize::try_from(named).ok().map(less_a_tenth);
        }
        self.now = self.now.min(self.most());
    }

    /// An answer that is no refusal. Only a limit that was reached shows that it held.
    pub(super) fn answered(&mut self, is_full: bool) {
        if !is_full || self.now >= self.most() {
            return;
        }
        self.answers += 1;
        let round = if self.last_refusal.is_some() { self.now } else { 1 };
        if self.answers >= round {
            self.answers = 0;
            self.now += 1;
        }
    }

    /// Halves; once for all that were under way at the last refusal.
    pub(super) fn refused(&mut self, sent: Instant) {
        if self.last_refusal.is_some_and(|last| sent <= last) {
            return;
        }
        self.last_refusal = Some(Instant::now());
        self.answers = 0;
        self.now = (self.now / 2).max(1);
    }
}

fn less_a_tenth(number: usize) -> usize {
    (number * 9 / 10).max(1)
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn concurrency(limit: u64) -> Quota {
        let mut quota = Quota::default();
        quota.budget_mut("concurrency").limit = Some(limit);
        quota
    }

    fn grown(mut limit: Limit) -> usize {
        for _ in 0..10_000 {
            limit.answered(true);
        }
        limit.now()
    }

    #[test]
    fn it_starts_at_eight_and_grows_to_thirty_six_or_to_the_servers_number_less_a_tenth() {
        assert_eq!(Limit::new(None).now(), 8);
        assert_eq!(grown(Limit::new(None)), 36);
        for (named, most) in [(250, 225), (100, 90), (40, 36), (1, 1), (0, 36), (u64::MAX, 36)] {
            let mut limit = Limit::new(None);
            limit.learn(&concurrency(named), 1);
            assert_eq!(grown(limit), most, "{named}");
        }
    }

    #[test]
    fn the_callers_own_limit_is_never_passed() {
        assert_eq!(Limit::new(Some(2)).now(), 2);
        assert_eq!(Limit::new(Some(0)).now(), 1);
        let mut limit = Limit::new(Some(50));
        limit.learn(&concurrency(250), 1);
        assert_eq!(grown(limit), 50);
        let mut limit = Limit::new(Some(50));
        limit.learn(&concurrency(40), 1);
        assert_eq!(grown(limit), 36);
    }

    #[test]
    fn processes_that_share_a_quota_divide_what_the_server_takes_at_once() {
        let mut limit = Limit::new(None);
        limit.learn(&concurrency(100), 3);
        assert_eq!(grown(limit), 30);
        let mut limit = Limit::new(None);
        limit.learn(&Quota::default(), 2);
        assert_eq!(grown(limit), 18);
        let mut limit = Limit::new(Some(50));
        limit.learn(&concurrency(40), 100);
        assert_eq!(limit.now(), 1, "one request is always tried");
        limit.learn(&concurrency(40), 1);
        assert_eq!(grown(limit), 36, "the others are gone");
    }

    #[test]
    fn a_limit_that_is_not_reached_does_not_grow() {
        let mut limit = Limit::new(None);
        limit.answered(false);
        assert_eq!(limit.now(), 8);
    }

    #[tokio::test(start_paused = true)]
    async fn refusals_of_one_moment_halve_once_and_growth_is_slow_afterwards() {
        let mut limit = Limit::new(None);
        let sent = Instant::now();
        tokio::time::advance(Duration::from_millis(10)).await;
        for _ in 0..8 {
            limit.refused(sent);
        }
        assert_eq!(limit.now(), 4);
        for answer in 0..4 {
            assert_eq!(limit.now(), 4, "after {answer} answers");
            limit.answered(true);
        }
        assert_eq!(limit.now(), 5);
        for _ in 0..10 {
            tokio::time::advance(Duration::from_millis(10)).await;
            let sent = Instant::now();
            tokio::time::advance(Duration::from_millis(10)).await;
            limit.refused(sent);
        }
        assert_eq!(limit.now(), 1, "one request is always tried");
    }
}
