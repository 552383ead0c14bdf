//! What calls hold of the budgets: one of them, and all together.
//!
//! Must not know: how much there is.

use monday_core::OperationKind;
use tokio::time::Instant;

use super::budget::{Budget, Unit};
use super::costs::Place;

/// What one call holds.
#[derive(Debug, Clone, Copy)]
pub(super) struct Share {
    pub(super) kind: OperationKind,
    pub(super) entries: u64,
    pub(super) points: u64,
    pub(super) cost: Option<Place>,
    /// The lane in which it went ahead to find out, and when.
    pub(super) scouts: Option<(usize, Instant)>,
    /// It went ahead to find out what one costs.
    pub(super) tries: bool,
    /// Which call it is, where no other was under way.
    pub(super) alone: Option<u64>,
}

/// What all of them hold that have no answer yet, by kind.
#[derive(Debug, Default)]
pub(super) struct Unanswered {
    reading: Held,
    writing: Held,
    /// Calls so far.
    sent: u64,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) calls: u64,
    pub(super) points: u64,
}

impl Unanswered {
    /// What is held by calls of reading and of writing.
    pub(super) fn kinds(&self) -> [Held; 2] {
        [self.reading, self.writing]
    }

    /// Whether anything is under way.
    pub(super) fn is_some(&self) -> bool {
        self.kinds().iter().any(|held| held.calls > 0)
    }

    /// Takes in what another process holds.
    pub(super) fn add_all(&mut self, kinds: [Held; 2]) {
        for (held, more) in [&mut self.reading, &mut self.writing].into_iter().zip(kinds) {
            held.calls = held.calls.saturating_add(more.calls);
            held.points = held.points.saturating_add(more.points);
        }
    }

    fn of(&mut self, kind: OperationKind) -> &mut Held {
        match kind {
            OperationKind::Query => &mut self.reading,
            OperationKind::Mutation => &mut self.writing,
        }
    }

    /// Calls that draw on a budget.
    pub(super) fn calls(&self, budget: &Budget) -> u64 {
        self.sum(budget, |held| held.calls)
    }

    /// What is held of a budget, in its own unit.
    pub(super) fn held(&self, budget: &Budget) -> u64 {
        match budget.unit {
            Unit::Calls => self.calls(budget),
            Unit::Points => self.sum(budget, |held| held.points),
        }
    }

    fn sum(&self, budget: &Budget, part: impl Fn(Held) -> u64) -> u64 {
        let kinds = [(OperationKind::Query, self.reading), (OperationKind::Mutation, self.writing)];
        let drawing = kinds.into_iter().filter(|(kind, _)| budget.is_of(*kind));
        drawing.fold(0, |sum, (_, held)| sum.saturating_add(part(held)))
    }

    /// Takes a share in. Gives the number of the call, if it is the only one.
    pub(super) fn add(&mut self, kind: OperationKind, points: u64) -> Option<u64> {
        self.sent += 1;
        let alone = self.reading.calls + self.writing.calls == 0;
        let held = self.of(kind);
        held.calls += 1;
        held.points = held.points.saturating_add(points);
        alone.then_some(self.sent)
    }

    pub(super) fn remove(&mut self, share: &Share) {
        let held = self.of(share.kind);
        held.calls = held.calls.saturating_sub(1);
        held.points = held.points.saturating_sub(share.points);
    }

    /// Whether no other call was under way while this one was.
    pub(super) fn was_alone(&self, share: &Share) -> bool {
        share.alone == Some(self.sent)
    }
}
