//! Every fault of the wire, the server and the quota, for every kind of call, over HTTP/1.1 and HTTP/2.
//!
//! The rows are data in the rooms below; what is said of every call stands in `call`. Must not know: how the
//! client does it.

mod beside_rows;
mod bodies;
mod call;
mod connecting;
mod ledger;
mod proxies;
mod refusals;
mod row;
mod token;
mod wire;

use std::collections::BTreeSet;

use futures_util::StreamExt as _;

use crate::scripted_server::Protocol;
use crate::support::root;
use ledger::Ledger;
use row::Row;

/// The faults F6 to F49 that have rows for calls.
const ROWS: [u32; 41] = [
    6, 7, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33,
    34, 35, 36, 37, 38, 39, 41, 42, 43, 44, 45, 46, 48, 49,
];

/// Those beside them, and where they are tested.
const ELSEWHERE: [(u32, &str); 12] = [
    (1, "tests/it/fault_matrix/connecting.rs"),
    (2, "tests/it/fault_matrix/connecting.rs"),
    (3, "tests/it/fault_matrix/connecting.rs"),
    (4, "tests/it/fault_matrix/connecting.rs"),
    (5, "tests/it/fault_matrix/connecting.rs"),
    (8, "tests/it/fault_matrix/connecting.rs"),
    (40, "tests/it/fault_matrix/beside_rows.rs"),
    (47, "crates/monday-client/src/pipeline/call.rs"),
    (65, "tests/it/fault_matrix/beside_rows.rs"),
    (66, "crates/monday-auth/src/refresh/tests"),
    (67, "tests/it/fault_matrix/beside_rows.rs"),
    (68, "tests/it/fault_matrix/connecting.rs"),
];

/// Rows that wait rather than work, so many at once.
const AT_ONCE: usize = 10;

/// Calls of all kinds through all rows: how many assertions were made.
async fn run(rows: Vec<Row>) -> usize {
    let ledger = Ledger::default();
    let calls = rows.iter().flat_map(|row| {
        let kinds = row.kinds.iter();
        kinds.flat_map(move |kind| Protocol::BOTH.map(|protocol| (row, *kind, protocol)))
    });
    let calls: Vec<_> = calls.collect();
    let ledger_of_all = &ledger;
    futures_util::stream::iter(calls)
        .for_each_concurrent(AT_ONCE, |(row, kind, protocol)| async move {
            call::check(row, kind, protocol, ledger_of_all).await;
        })
        .await;
    ledger.close()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_rows_of_the_fault_matrix_hold_over_both_protocols() {
    let rows = [wire::rows(), bodies::rows(), refusals::rows()].concat();
    let found: BTreeSet<u32> = rows.iter().map(Row::fault).collect();
    assert_eq!(found.into_iter().collect::<Vec<_>>(), ROWS);
    let assertions = run(rows).await;
    println!("{assertions} assertions over {} faults", ROWS.len());
    assert!(assertions >= 5_000, "{assertions}");
}

#[test]
fn every_fault_has_rows_or_a_test_elsewhere() {
    let elsewhere: BTreeSet<u32> = ELSEWHERE.iter().map(|(fault, _)| *fault).collect();
    let rows = BTreeSet::from(ROWS);
    assert!(rows.is_disjoint(&elsewhere), "a fault stands in both lists");
    let both: Vec<u32> = rows.union(&elsewhere).copied().filter(|fault| *fault <= 49).collect();
    assert_eq!(both, (1..=49).collect::<Vec<_>>());
    for (fault, place) in ELSEWHERE {
        let path = root().join(place);
        assert!(path.exists(), "F{fault}: {place} is not there");
        if place.starts_with("tests/it/fault_matrix") {
            let text = std::fs::read_to_string(path).unwrap();
            assert!(text.contains(&format!("async fn f{fault}_")), "F{fault} is not in {place}");
        }
    }
}
