//! What one operation has cost, for each entry.
//!
//! Must not know: which operation, or what it is compared with.

/// A new cost counts for a quarter of the average.
const WEIGHT: u64 = 4;

/// So many calls make a mean; of more the older count half.
const ENOUGH: u64 = 16;
const MANY: u64 = 64;

#[derive(Debug, Default)]
pub(in super::super) struct Cost {
    /// Some call was answered.
    pub(in super::super) is_tried: bool,
    /// How many calls have no answer yet.
    pub(in super::super) under_way: u64,
    alone: Option<Alone>,
    beside: Beside,
}

/// By calls whose own cost is known.
#[derive(Debug)]
struct Alone {
    last: u64,
    average: u64,
}

/// By calls that ran beside others of the operation: one answer tells of several, the next of none.
#[derive(Debug, Default)]
struct Beside {
    points: u64,
    entries: u64,
    calls: u64,
}

impl Cost {
    pub(in super::super) fn expected(&self) -> Option<u64> {
        let alone = self.alone.as_ref().map(|alone| alone.last.max(alone.average));
        let mean = (self.beside.calls >= ENOUGH).then(|| self.beside.points.div_ceil(self.beside.entries));
        match (alone, mean) {
            // What was seen alone is exact, until it has become another.
            (Some(alone), Some(mean)) if mean > alone.saturating_mul(2) => Some(mean),
            (Some(alone), _) => Some(alone),
            (None, mean) => mean.map(|mean| mean + mean / ENOUGH),
        }
    }

    /// Learns what a request of so many entries has cost.
    pub(in super::super) fn learn(&mut self, points: u64, entries: u64) {
        let points = points.div_ceil(entries.max(1));
        let average = self
            .alone
            .as_ref()
            .map_or(points, |alone| alone.average - alone.average / WEIGHT + points / WEIGHT);
        self.alone = Some(Alone { last: points, average });
        self.beside = Beside::default();
    }

    /// Learns what has gone since the answer before, by this request and by others of the operation. Without entries only
    /// the points count.
    pub(in super::super) fn learn_beside(&mut self, points: u64, entries: u64) {
        let beside = &mut self.beside;
        if beside.calls >= MANY {
            (beside.points, beside.entries, beside.calls) =
                (beside.points / 2, beside.entries.div_ceil(2), beside.calls / 2);
        }
        beside.points = beside.points.saturating_add(points);
        beside.entries += entries;
        beside.calls += u64::from(entries > 0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_that_overtake_each_other_make_a_mean() {
        let mut cost = Cost::default();
        for _ in 0..4 {
            assert_eq!(cost.expected(), None, "too few");
            for points in [40_000, 0, 0, 0] {
                cost.learn_beside(points, 1);
            }
        }
        assert_eq!(cost.expected(), Some(10_000 + 10_000 / 16));
        cost.learn(250_000, 25);
        assert_eq!(cost.expected(), Some(10_000), "seen alone it is exact");
    }

    #[test]
    fn a_cost_that_was_seen_alone_holds_until_the_mean_is_twice_as_much() {
        let mut cost = Cost::default();
        cost.learn(10_000, 1);
        (0..200).for_each(|_| cost.learn_beside(900_000, 50));
        assert_eq!(cost.expected(), Some(10_000));
        (0..200).for_each(|_| cost.learn_beside(1_500_000, 50));
        assert!(cost.expected().is_some_and(|points| (28_000..=30_000).contains(&points)), "{cost:?}");
    }
}
