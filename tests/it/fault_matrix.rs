//! Every fault of the wire, the server and the quota, for every kind of call, over HTTP/1.1 and HTTP/2.
//!
//! The rows are data in the rooms below; what is said of every call stands in `call`. Must not know: how the client does
//! it.

mod beside_rows;
mod bodies;
mod call;
mod connecting;
mod ledger;
mod refusals;
mod row;
mod token;
mod wire;

use futures_util::StreamExt as _;

use crate::scripted_server::Protocol;
use ledger::Ledger;
use row::Row;

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
    let names: std::collections::BTreeSet<_> = rows.iter().map(Row::fault).collect();
    let assertions = run(rows).await;
    println!("{assertions} assertions over {} faults", names.len());
    assert!(assertions >= 400, "{assertions}");
}
