//! The script: which fault happens to which request.
//!
//! Must not know: what a fault does.

use std::collections::VecDeque;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::dice::Dice;
use crate::fault::Fault;

/// The script of a running sandbox. A request takes the next queued fault, and every rule that fires for it.
///
/// Every request takes its turn, those that are refused anyway included.
#[derive(Debug, Default)]
pub struct Faults {
    script: Mutex<Script>,
}

#[derive(Debug, Default)]
struct Script {
    queue: VecDeque<Fault>,
    rules: Vec<Rule>,
}

/// When a fault happens, again and again.
#[derive(Debug, Clone)]
#[must_use]
pub struct Rule {
    fault: Fault,
    when: When,
    operation: Option<String>,
    left: Option<u64>,
    met: u64,
}

#[derive(Debug, Clone)]
enum When {
    Always,
    Every(u64),
    Rate(u64, Dice),
}

impl Rule {
    /// At every request.
    pub fn always(fault: Fault) -> Self {
        Self { fault, when: When::Always, operation: None, left: None, met: 0 }
    }

    /// At every `n`th request, the `n`th first.
    pub fn every(n: u64, fault: Fault) -> Self {
        Self { when: When::Every(n), ..Self::always(fault) }
    }

    /// At so many of 1,000 requests, chosen by the seed: the same ones in every run.
    pub fn rate(per_mille: u64, seed: u64, fault: Fault) -> Self {
        Self { when: When::Rate(per_mille, Dice::new(seed)), ..Self::always(fault) }
    }

    /// Only for requests whose operation has this name, or this root field. Others are not counted.
    pub fn matching(mut self, operation: &str) -> Self {
        self.operation = Some(operation.to_owned());
        self
    }

    /// So many times and no more.
    pub const fn times(mut self, times: u64) -> Self {
        self.left = Some(times);
        self
    }

    fn fires(&mut self, names: &[&str]) -> bool {
        if self.operation.as_ref().is_some_and(|operation| !names.contains(&operation.as_str())) {
            return false;
        }
        self.met += 1;
        let fires = match &mut self.when {
            When::Always => true,
            When::Every(n) => self.met.is_multiple_of((*n).max(1)),
            When::Rate(per_mille, dice) => dice.below(1_000) < *per_mille,
        };
        match &mut self.left {
            Some(0) => false,
            Some(left) if fires => {
                *left -= 1;
                true
            }
            _ => fires,
        }
    }
}

impl Faults {
    /// This fault for the next request, after those that are queued already.
    pub fn push(&self, fault: Fault) {
        self.script().queue.push_back(fault);
    }

    /// This rule from now on.
    pub fn rule(&self, rule: Rule) {
        self.script().rules.push(rule);
    }

    /// Nothing more goes wrong.
    pub fn clear(&self) {
        *self.script() = Script::default();
    }

    /// What is queued, and the rules that have not come to their end.
    pub(crate) fn pending(&self) -> Vec<Pending> {
        let script = self.script();
        let queued = script.queue.iter().map(|fault| Pending {
            what: fault.label(),
            when: "next".to_owned(),
            operation: None,
            left: Some(1),
        });
        let rules = script.rules.iter().filter(|rule| rule.left != Some(0)).map(Rule::pending);
        queued.chain(rules).collect()
    }

    /// What happens to a request of an operation with these names.
    pub(crate) fn for_request(&self, names: &[&str], dice: &mut Dice) -> Happens {
        let mut script = self.script();
        let queued = script.queue.pop_front();
        let ruled = script.rules.iter_mut().filter_map(|rule| rule.fires(names).then(|| rule.fault.clone()));
        let mut happens = Happens::default();
        for fault in queued.into_iter().chain(ruled) {
            match fault {
                Fault::Delay(wait) => happens.delay += wait,
                Fault::DelayBetween(least, most) => happens.delay += dice.between(least, most),
                Fault::DelayAnswer(wait) => happens.delay_answer += wait,
                other => {
                    happens.fault.get_or_insert(other);
                }
            }
        }
        happens
    }

    fn script(&self) -> MutexGuard<'_, Script> {
        self.script.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A fault that is still to happen, in words.
#[derive(Debug, Clone)]
pub(crate) struct Pending {
    pub(crate) what: String,
    pub(crate) when: String,
    /// `None` is any.
    pub(crate) operation: Option<String>,
    /// `None` is without end.
    pub(crate) left: Option<u64>,
}

impl Rule {
    fn pending(&self) -> Pending {
        let when = match &self.when {
            When::Always => "always".to_owned(),
            When::Every(1) => "every request".to_owned(),
            When::Every(n) => format!("every {n} requests"),
            When::Rate(per_mille, _) => format!("{per_mille} of 1,000"),
        };
        Pending { what: self.fault.label(), when, operation: self.operation.clone(), left: self.left }
    }
}

/// The faults of one request.
#[derive(Debug, Default)]
pub(crate) struct Happens {
    pub(crate) delay: Duration,
    pub(crate) delay_answer: Duration,
    /// One that is no delay.
    pub(crate) fault: Option<Fault>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fires(mut rule: Rule, names: &[&str], requests: usize) -> Vec<usize> {
        (1..=requests).filter(|_| rule.fires(names)).collect()
    }

    #[test]
    fn every_third_request_is_the_third_the_sixth_and_so_on() {
        assert_eq!(fires(Rule::every(3, Fault::Close), &[], 7), [3, 6]);
    }

    #[test]
    fn a_rate_picks_about_its_share_and_the_same_ones_in_every_run() {
        let picked = || fires(Rule::rate(100, 7, Fault::Close), &[], 10_000);
        assert!((900..1_100).contains(&picked().len()));
        assert_eq!(picked(), picked());
        assert_ne!(picked(), fires(Rule::rate(100, 8, Fault::Close), &[], 10_000));
    }

    #[test]
    fn a_rule_can_be_for_one_operation_and_for_a_number_of_times() {
        let rule = Rule::always(Fault::Close).matching("create_item").times(2);
        assert!(fires(rule.clone(), &["Me", "me"], 5).is_empty());
        assert_eq!(fires(rule, &["NewItem", "create_item"], 5), [1, 2]);
    }
}
