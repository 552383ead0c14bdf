//! What one operation has cost, for each entry.
//!
//! Must not know: which operation, or what it is compared with.

/// A new cost counts for a quarter of the average.
const WEIGHT: u64 = 4;

/// So many calls make a mean; of more the older count half,
const ENOUGH: u64 = 16;
const MANY: u64 = 64;

/// and only of more than so many rounds of those under way: what is not settled yet must weigh little.
const ROUNDS: u64 = 8;

/// So many calls may always have been charged together.
const TOGETHER: u64 = 3;

#[derive(Debug, Default)]
pub(in super::super) struct Cost {
    /// Tells the operation and page size from others.
    pub(in super::super) mark: u64,
    /// Some call was answered.
    pub(in super::super) is_tried: bool,
    /// How many calls have no answer yet,
    pub(in super::super) under_way: u64,
    /// and how many entries these have.
    entries_under_way: u64,
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
    /// The most calls that were under way, lately.
    at_once: u64,
    /// What all that has gone is a multiple of, lately and before: where calls cost the same, what each of
    /// them costs.
    steps: [u64; 2],
}

impl Cost {
    pub(in super::super) fn of(mark: u64) -> Self {
        Self { mark, ..Self::default() }
    }

    pub(in super::super) fn expected(&self) -> Option<u64> {
        let alone = self.alone.as_ref().map(|alone| alone.last.max(alone.average));
        let mean = self.beside.mean();
        match (alone, mean) {
            // What was seen alone is exact, until it has become another.
            (Some(alone), Some(mean)) if mean > alone.saturating_mul(2) => Some(mean),
            (Some(alone), _) => Some(alone),
            (None, Some(mean)) => Some(self.beside.step(mean).unwrap_or(mean + mean / ENOUGH)),
            (None, None) => None,
        }
    }

    /// A call of so many entries goes.
    pub(in super::super) fn begin(&mut self, entries: u64) {
        self.under_way += 1;
        self.entries_under_way = self.entries_under_way.saturating_add(entries);
    }

    /// It is over.
    pub(in super::super) fn end(&mut self, entries: u64) {
        self.under_way = self.under_way.saturating_sub(1);
        self.entries_under_way = self.entries_under_way.saturating_sub(entries);
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

    /// Learns what has gone since the answer before, by this request and by others of the operation. Without
    /// entries only the points count.
    pub(in super::super) fn learn_beside(&mut self, points: u64, entries: u64) {
        let beside = &mut self.beside;
        beside.at_once = beside.at_once.max(self.under_way);
        if beside.calls >= MANY.max(beside.at_once.saturating_mul(ROUNDS)) {
            beside.halve(self.entries_under_way);
        }
        beside.points = beside.points.saturating_add(points);
        beside.entries += entries;
        beside.calls += u64::from(entries > 0);
        beside.steps[0] = common_measure(beside.steps[0], points);
    }

    /// Learns what so many entries of any process have cost, and what all that has gone is a multiple of.
    pub(in super::super) fn learn_of_all(&mut self, points: u64, entries: u64, step: u64) {
        if entries >= ENOUGH {
            // What is under way has gone already and is not counted yet: the mean is too high rather than too low.
            let mean = points.div_ceil(entries);
            let is_step = step <= mean && mean < step.saturating_mul(2);
            let points = if is_step { step.saturating_mul(entries) } else { points };
            self.beside = Beside { points, entries, calls: ENOUGH, at_once: 0, steps: [step, 0] };
        }
    }
}

impl Beside {
    /// What they cost may have changed: what was seen so far counts half, but for the points of those under
    /// way. They may have been charged already, and will bring entries without points.
    fn halve(&mut self, under_way: u64) {
        let half = self.entries.div_ceil(2);
        let [kept, all] = [half, self.entries].map(|entries| u128::from(entries) + u128::from(under_way));
        let points = u128::from(self.points).saturating_mul(kept).div_ceil(all.max(1));
        self.points = u64::try_from(points).unwrap_or(u64::MAX);
        (self.entries, self.calls) = (half, self.calls / 2);
        self.at_once -= self.at_once / 4;
        self.steps = [0, self.steps[0]];
    }

    fn mean(&self) -> Option<u64> {
        (self.calls >= ENOUGH).then(|| self.points.div_ceil(self.entries))
    }

    /// The cost of each, where the calls seem to cost the same: they go in steps of about the mean, or of twice
    /// or three times as much. The mean is not too low, so nor is the first of these that fits.
    fn step(&self, mean: u64) -> Option<u64> {
        // A few calls may all have gone in twos.
        let step = common_measure(self.steps[0], self.steps[1]);
        let quarter = mean / 4;
        let together = (1..=TOGETHER).filter(|together| step.is_multiple_of(*together));
        together.map(|together| step / together).find(|each| (mean - quarter..=mean + quarter).contains(each))
    }
}

/// The greatest number that both are a multiple of; nothing has every measure.
pub(in super::super) fn common_measure(mut one: u64, mut other: u64) -> u64 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
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
        assert_eq!(cost.expected(), Some(10_000 + 10_000 / 16), "four at a time are no step");
        cost.learn(250_000, 25);
        assert_eq!(cost.expected(), Some(10_000), "seen alone it is exact");
    }

    /// A call is answered and another one goes.
    fn follow(cost: &mut Cost, points: u64) {
        cost.learn_beside(points, 1);
        cost.end(1);
        cost.begin(1);
    }

    #[test]
    fn calls_that_are_answered_in_heaps_never_look_cheaper_than_they_are_nor_much_dearer() {
        // Sooner or later in a heap the older ones begin to count half.
        for singles in [0, 5, 20, 35] {
            let mut cost = Cost::default();
            (0..36).for_each(|_| cost.begin(1));
            (0..singles).for_each(|_| follow(&mut cost, 10_000));
            for heap in 0_u64..100 {
                // Of different costs: no step is found.
                let all = 36 * 10_000 + 7 * (heap % 2);
                for number in 0..36 {
                    follow(&mut cost, if number == 0 { all } else { 0 });
                    let expected = cost.expected().unwrap_or(10_000);
                    assert!(expected >= 10_000, "{cost:?}");
                    assert!(heap < 8 || expected <= 16_000, "{cost:?}");
                }
            }
        }
    }

    #[test]
    fn calls_that_cost_the_same_are_known_exactly_though_they_are_charged_in_twos_and_threes() {
        for heap in [2, 3] {
            let mut cost = Cost::default();
            for number in 0..999 {
                follow(&mut cost, if number % heap == 0 { heap * 10_000 } else { 0 });
            }
            assert_eq!(cost.expected(), Some(10_000), "{cost:?}");
        }
    }

    #[test]
    fn calls_that_cost_the_same_are_known_exactly_however_their_answers_overtake() {
        let mut cost = Cost::default();
        for points in [20_000, 0, 10_000, 30_000, 0, 0, 10_000, 10_000].repeat(9) {
            cost.learn_beside(points, 1);
            assert!(cost.expected().is_none_or(|points| points == 10_000), "{cost:?}");
        }
        assert_eq!(cost.expected(), Some(10_000));
        // Someone else draws on the same budget.
        (0..8).for_each(|_| cost.learn_beside(17_300, 1));
        assert!(cost.expected().is_some_and(|points| points > 10_000), "{cost:?}");
    }

    #[test]
    fn what_all_processes_have_done_is_known_exactly_where_the_calls_cost_the_same() {
        let mut cost = Cost::default();
        cost.learn_of_all(10 * 15_000, 10, 10_000);
        assert_eq!(cost.expected(), None, "too few");
        cost.learn_of_all(40 * 15_000, 40, 10_000);
        assert_eq!(cost.expected(), Some(10_000), "half as many are under way");
        cost.learn_of_all(40 * 15_000, 40, 20_000);
        assert_eq!(cost.expected(), Some(15_000 + 15_000 / 16), "they have gone in twos");
        cost.learn_of_all(40 * 25_000, 40, 10);
        assert_eq!(cost.expected(), Some(25_000 + 25_000 / 16), "they cost what they like");
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
