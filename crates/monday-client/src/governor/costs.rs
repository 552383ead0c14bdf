//! What a call of an operation is expected to cost, in complexity points for each entry.
//!
//! By operation and page size. The larger of the last cost and the moving average, where a cost was seen
//! alone; a mean where calls of one operation ran beside each other; a cautious guess for what was never
//! seen. Must not know: what is left.

mod cost;

use std::collections::HashMap;

use super::need::Need;
use cost::Cost;

pub(super) use cost::common_measure;

/// An operation never seen may cost a fiftieth of the budget.
const FIRST_SIGHT: u64 = 50;

/// Names made at run time must not fill the memory, nor page sizes.
const MOST_NAMES: usize = 1000;
const MOST_SIZES: usize = 16;

#[derive(Debug, Default)]
pub(super) struct Costs {
    /// Where the cost of each page size of an operation stands.
    places: HashMap<String, Vec<(Option<i64>, Place)>>,
    costs: Vec<Cost>,
}

/// Where a cost stands, as long as the client lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place(usize);

impl Costs {
    /// The place of a call's cost; none when there are too many already.
    pub(super) fn place(&mut self, need: &Need<'_>) -> Option<Place> {
        let next = Place(self.costs.len());
        if let Some(sizes) = self.places.get_mut(need.operation) {
            if let Some((_, place)) = sizes.iter().find(|(size, _)| *size == need.page_size) {
                return Some(*place);
            }
            if sizes.len() >= MOST_SIZES {
                return None;
            }
            sizes.push((need.page_size, next));
        } else if self.places.len() < MOST_NAMES {
            self.places.insert(need.operation.to_owned(), vec![(need.page_size, next)]);
        } else {
            return None;
        }
        self.costs.push(Cost::of(mark(need)));
        Some(next)
    }

    pub(super) fn at(&mut self, place: Option<Place>) -> Option<&mut Cost> {
        self.costs.get_mut(place?.0)
    }

    /// Whether a call has been answered, and its cost is known if it ever will be.
    pub(super) fn is_tried(&self, place: Option<Place>) -> bool {
        place.and_then(|place| self.costs.get(place.0)).is_none_or(|cost| cost.is_tried)
    }

    /// What an entry is expected to cost at this place, if that is known.
    pub(super) fn of(&self, place: Option<Place>) -> Option<u64> {
        self.costs.get(place?.0)?.expected()
    }

    /// The expected cost of an entry at this place against a budget of this size.
    pub(super) fn expected(&self, need: &Need<'_>, place: Option<Place>, budget: u64) -> u64 {
        self.of(place).or_else(|| self.known(need)).unwrap_or(Self::guess(budget)).min(budget)
    }

    pub(super) fn guess(budget: u64) -> u64 {
        budget / FIRST_SIGHT
    }

    /// What a call of this page size costs, or at most can cost by what those of other sizes do: a page of
    /// twice the entries costs twice as much at most, and a smaller page no more.
    fn known(&self, need: &Need<'_>) -> Option<u64> {
        let sizes = self.places.get(need.operation)?;
        let cost = |place: &Place| self.costs.get(place.0).and_then(Cost::expected);
        if let Some(own) = sizes.iter().find(|(size, _)| *size == need.page_size).and_then(|(_, at)| cost(at))
        {
            return Some(own);
        }
        let others = sizes.iter().filter_map(|(size, at)| Some((*size, cost(at)?)));
        let positive =
            |size: Option<i64>| size.and_then(|size| u64::try_from(size).ok()).filter(|size| *size > 0);
        match positive(need.page_size) {
            None => others.map(|(_, cost)| cost).max(),
            Some(wanted) => {
                let bounds = others.map(|(size, cost)| match positive(size) {
                    Some(size) => cost.saturating_mul(wanted.div_ceil(size)),
                    None => cost,
                });
                bounds.min()
            }
        }
    }
}

/// The same in every process, whatever it was built with: FNV-1a.
fn mark(need: &Need<'_>) -> u64 {
    let page_size = need.page_size.unwrap_or(-1).to_le_bytes();
    let bytes = need.operation.bytes().chain([0]).chain(page_size);
    bytes.fold(0xcbf2_9ce4_8422_2325, |mark, byte| (mark ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use monday_core::{OperationKind, Priority};

    use super::super::need::Entries;
    use super::*;

    fn need(operation: &str, page_size: Option<i64>) -> Need<'_> {
        let (kind, priority) = (OperationKind::Query, Priority::Interactive);
        Need { operation, page_size, kind, priority, entries: Entries::ONE }
    }

    fn learn(costs: &mut Costs, need: &Need<'_>, points: u64) {
        let place = costs.place(need);
        costs.at(place).unwrap().learn(points, 1);
    }

    #[test]
    fn what_was_never_seen_is_guessed_and_what_was_seen_is_the_larger_of_last_and_average() {
        let mut costs = Costs::default();
        let boards = need("Boards", None);
        assert_eq!(costs.expected(&boards, None, 5_000_000), 100_000);
        learn(&mut costs, &boards, 400);
        assert_eq!(costs.expected(&boards, None, 5_000_000), 400);
        learn(&mut costs, &boards, 40_000);
        assert_eq!(costs.expected(&boards, None, 5_000_000), 40_000, "the last");
        learn(&mut costs, &boards, 400);
        assert_eq!(costs.expected(&boards, None, 5_000_000), 10_300 - 10_300 / 4 + 100, "the average");
        assert_eq!(costs.expected(&boards, None, 1000), 1000, "more than all of it can never be had");
    }

    #[test]
    fn each_page_size_has_a_cost_of_its_own_and_bounds_the_others() {
        let mut costs = Costs::default();
        let page = |size| need("ItemsPage", Some(size));
        learn(&mut costs, &page(100), 1_010);
        assert_eq!(costs.expected(&page(500), None, 5_000_000), 5_050, "five times as much at most");
        assert_eq!(costs.expected(&page(25), None, 5_000_000), 1_010, "no more");
        assert_eq!(costs.expected(&need("ItemsPage", None), None, 5_000_000), 1_010);
        learn(&mut costs, &page(500), 5_010);
        learn(&mut costs, &page(25), 260);
        for (size, points) in [(500, 5_010), (100, 1_010), (25, 260)] {
            assert_eq!(costs.expected(&page(size), None, 5_000_000), points);
        }
        assert_eq!(costs.expected(&need("Boards", Some(100)), None, 5_000_000), 100_000, "another operation");
    }

    #[test]
    fn names_and_sizes_made_at_run_time_do_not_fill_the_memory() {
        let mut costs = Costs::default();
        for number in 0..5000 {
            costs.place(&need(&format!("Made{number}"), None));
            costs.place(&need("Made0", Some(number)));
        }
        assert_eq!((costs.places.len(), costs.costs.len()), (MOST_NAMES, MOST_NAMES - 1 + MOST_SIZES));
    }
}
