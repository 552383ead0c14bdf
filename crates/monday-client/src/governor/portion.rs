//! How many entries go into the next request of many.
//!
//! As many as may go together and fit. A request of few is worth sending only where it costs no further
//! request, since the daily limit counts requests. Must not know: what an entry costs.

/// So many go ahead where nobody knows what one costs.
const SMALL: u64 = 25;

/// The first request: what is left over when the others are full, or a few.
pub(super) fn first(all: u64, most: u64) -> u64 {
    let most = most.max(1);
    let over = all % most;
    if (1..=SMALL).contains(&over) { over } else { SMALL.min(most).min(all) }
}

/// How many of `all` to send now, where `fit` have room and `most` may go together; `None` where waiting is
/// better.
pub(super) fn worth(fit: u64, all: u64, most: u64) -> Option<u64> {
    let most = most.max(1);
    let now = fit.min(all).min(most);
    if now == 0 {
        return None;
    }
    let is_large = now * 2 >= most.min(all);
    let costs_no_more = (all - now).div_ceil(most) < all.div_ceil(most);
    (is_large || costs_no_more).then_some(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_request_is_small_and_costs_no_further_one_where_that_can_be() {
        assert_eq!(first(120, 50), 20, "20, 50, 50");
        assert_eq!(first(100, 50), 25);
        assert_eq!(first(40, 50), 25);
        assert_eq!(first(7, 50), 7);
        assert_eq!(first(7, 2), 1);
        assert_eq!(first(8, 2), 2);
        assert_eq!(first(1, 0), 1);
    }

    #[test]
    fn a_request_is_full_or_half_full_or_costs_no_further_one() {
        assert_eq!(worth(1000, 5000, 50), Some(50));
        assert_eq!(worth(25, 5000, 50), Some(25));
        assert_eq!(worth(24, 5000, 50), None, "it would be one more");
        assert_eq!(worth(24, 5010, 50), Some(24), "10 of them were another request anyway");
        assert_eq!(worth(9, 5010, 50), None);
        assert_eq!(worth(3, 3, 50), Some(3));
        assert_eq!(worth(1, 3, 50), None);
        assert_eq!(worth(0, 3, 50), None);
        assert_eq!(worth(1, 1, 0), Some(1));
    }
}
