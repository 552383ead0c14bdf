//! What a stream has given so far, as far as its policy needs it to start again.
//!
//! Must not know: pages, requests.

use std::collections::HashSet;

use super::CursorPolicy;

/// An id in little space: monday's are numbers, almost all.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Id {
    Number(u64),
    Text(Box<str>),
}

impl Id {
    fn of(id: &str) -> Self {
        // `07` and `7` are two ids.
        match id.parse() {
            Ok(number) if !id.starts_with(['0', '+']) => Self::Number(number),
            _ => Self::Text(id.into()),
        }
    }
}

/// What was given, and what is left out after a start from anew.
#[derive(Debug)]
pub(super) struct Given {
    policy: CursorPolicy,
    /// All ids, for a restart.
    all: HashSet<Id>,
    /// The last id, for going on behind it.
    last: Option<Id>,
    /// The place of the last one is sought: all up to it is left out.
    is_sought: bool,
    /// Something was given since the last start.
    is_fresh: bool,
    /// An item without an id was given: nothing can be left out.
    is_unknown: bool,
}

impl Given {
    pub(super) fn new(policy: CursorPolicy) -> Self {
        Self { policy, all: HashSet::new(), last: None, is_sought: false, is_fresh: false, is_unknown: false }
    }

    /// Takes an item in: whether it is to be given.
    pub(super) fn take(&mut self, id: Option<&str>) -> bool {
        if self.policy == CursorPolicy::FailFast {
            return true;
        }
        let Some(id) = id.map(Id::of) else {
            self.is_unknown = true;
            return !self.is_sought;
        };
        let is_new = match self.policy {
            CursorPolicy::Restart => self.all.insert(id),
            _ if self.is_sought => {
                self.is_sought = self.last.as_ref() != Some(&id);
                false
            }
            _ => {
                self.last = Some(id);
                true
            }
        };
        self.is_fresh |= is_new;
        is_new
    }

    /// Starts from anew, if the policy allows it and it can lead further than the last start.
    pub(super) fn start_again(&mut self) -> bool {
        let is_possible = self.policy != CursorPolicy::FailFast && !self.is_unknown && self.is_fresh;
        if is_possible {
            self.is_fresh = false;
            self.is_sought = self.policy == CursorPolicy::Resume && self.last.is_some();
        }
        is_possible
    }

    /// The list has ended and the place to go on from was not in it.
    pub(super) fn is_lost(&self) -> bool {
        self.is_sought
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(policy: CursorPolicy, before: &[&str], after: &[&str]) -> (Vec<bool>, bool) {
        let mut given = Given::new(policy);
        assert!(before.iter().all(|id| given.take(Some(id))));
        assert!(given.start_again());
        (after.iter().map(|id| given.take(Some(id))).collect(), given.is_lost())
    }

    #[test]
    fn a_restart_leaves_out_what_was_given_and_gives_what_came_in_meanwhile() {
        let after = given(CursorPolicy::Restart, &["1", "2", "x"], &["1", "9", "x", "3", "01"]);
        assert_eq!(after, (vec![false, true, false, true, true], false));
    }

    #[test]
    fn going_on_starts_behind_the_last_one_and_says_when_that_is_gone() {
        let after = given(CursorPolicy::Resume, &["1", "2"], &["9", "1", "2", "3"]);
        assert_eq!(after, (vec![false, false, false, true], false));
        let after = given(CursorPolicy::Resume, &["1", "2"], &["1", "3"]);
        assert_eq!(after, (vec![false, false], true));
    }

    #[test]
    fn a_start_that_led_nowhere_is_not_made_again_and_none_without_ids() {
        for policy in [CursorPolicy::Restart, CursorPolicy::Resume] {
            let mut given = Given::new(policy);
            assert!(!given.start_again(), "nothing was given");
            given.take(Some("1"));
            assert!(given.start_again());
            given.take(Some("1"));
            assert!(!given.start_again());
            given.take(None);
            given.take(Some("2"));
            assert!(!given.start_again());
        }
        let mut given = Given::new(CursorPolicy::FailFast);
        assert!(given.take(Some("1")) && given.take(Some("1")) && !given.start_again());
    }
}
