//! Arbitrary values for columns, as far as a column takes them.
//!
//! Must not know: how they are written or read.

use monday_sdk::columns::jiff::civil::{Date, date};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

/// Text of one character and more, of all of Unicode.
pub(crate) fn text() -> impl Strategy<Value = String> {
    vec(any::<char>(), 1..40).prop_map(String::from_iter)
}

/// A label without blanks at its ends.
pub(crate) fn label() -> impl Strategy<Value = String> {
    "[A-Za-z\u{c0}-\u{17e}\u{4e00}-\u{4eff}0-9]{1,20}"
}

pub(crate) fn day() -> impl Strategy<Value = Date> {
    (1i16..=9999, 1i8..=12, 1i8..=28).prop_map(|(year, month, day)| date(year, month, day))
}

/// A number with all the digits that there are, the largest and the smallest too.
pub(crate) fn number() -> impl Strategy<Value = f64> {
    let finite = any::<f64>().prop_filter("finite", |number| number.is_finite());
    prop_oneof![finite, Just(f64::MAX), Just(f64::MIN), Just(5e-324)]
}

/// Ids, each once, sorted.
pub(crate) fn ids(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<u64>> {
    btree_set(1u64..=1 << 52, count).prop_map(Vec::from_iter)
}
