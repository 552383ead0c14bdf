//! Lists read at once: what is asked of the server, and when; how it ends.
//!
//! Must not know: how a query is split.

use std::time::Duration;

use futures_util::{StreamExt as _, TryStreamExt as _};
use monday_sdk::ErrorKind;

use crate::parts_server::{Held, PartsServer, REST};
use crate::scripted_server::Gate;
use crate::support::within;

/// Of each reading.
const LIMIT: Duration = Duration::from_mins(2);

/// For what is about to happen.
const SOON: Duration = Duration::from_secs(10);

/// So long nothing happens where nothing more will.
const QUIET: Duration = Duration::from_millis(250);

#[tokio::test]
async fn an_item_is_given_once_when_it_moves_on_and_is_missed_when_it_moves_back() {
    for in_order in [false, true] {
        let board = PartsServer::new(&[3, 3]);
        let (_server, client) = board.start().await;
        let mut read = client.parts(board.parts()).at_once(1).page_size(2).in_order(in_order);
        let first = within(LIMIT, read.next()).await.unwrap().unwrap();
        assert_eq!(first.id.as_str(), "1");
        // The list of `a` stands, that of `b` does not.
        board.move_item(1, "b");
        board.move_item(6, "a");
        let rest: Vec<_> =
            within(LIMIT, read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
        assert_eq!(rest, ["2", "3", "4", "5"], "1 moved on, 6 moved back");
    }
}

#[tokio::test]
async fn the_error_of_one_part_ends_it() {
    let refused = Some(("c", 1));
    let board = PartsServer { refused, delay: Duration::from_millis(20), ..PartsServer::new(&[40; 4]) };
    let (_server, client) = board.start().await;
    let mut read = client.parts(board.parts()).at_once(3).page_size(2);
    let (mut given, mut error) = (0, None);
    while let Some(item) = within(LIMIT, read.next()).await {
        assert!(error.is_none(), "an error is the last");
        match item {
            Ok(_) => given += 1,
            Err(found) => error = Some(found.kind()),
        }
    }
    assert_eq!(error, Some(ErrorKind::InvalidArgument));
    assert!((2..40).contains(&given), "{given}");
    nothing_more_is_asked(&board, 3).await;

    // In order, what stands before it comes first.
    let board = PartsServer { refused: Some(("b", 0)), ..PartsServer::new(&[5, 5, 5]) };
    let (_server, client) = board.start().await;
    let read = client.parts(board.parts()).page_size(2).in_order(true);
    let read: Vec<_> = within(LIMIT, read.map(|item| item.is_ok()).collect()).await;
    assert_eq!(read, [true, true, true, true, true, false]);
}

/// The stream has ended: no more arrives than what was on its way.
async fn nothing_more_is_asked(board: &PartsServer, on_its_way: usize) {
    let before = board.requests();
    let quiet = async {
        loop {
            let now = board.requests();
            tokio::time::sleep(QUIET).await;
            if board.requests() == now {
                return now;
            }
        }
    };
    let after = within(SOON, quiet).await;
    assert!(after <= before + on_its_way, "it goes on after the end: {before}, then {after}");
}

#[tokio::test]
async fn dropped_early_it_asks_for_nothing_more() {
    for in_order in [false, true] {
        let board = PartsServer { delay: Duration::from_millis(50), ..PartsServer::new(&[40; 8]) };
        // One request at a time: the other parts wait for their turn when the stream is dropped.
        let (_server, client) = board.start_with(|client| client.max_in_flight(1)).await;
        let mut read =
            client.parts(board.parts()).at_once(8).page_size(2).read_ahead(true).in_order(in_order);
        within(LIMIT, read.next()).await.unwrap().unwrap();
        drop(read);
        nothing_more_is_asked(&board, 1).await;
        assert!(board.requests() <= 4, "{} requests", board.requests());
        // Nothing is in the way of the next call.
        assert_eq!(within(LIMIT, client.pages(board.parts().remove(0)).collect::<Vec<_>>()).await.len(), 40);
    }
}

/// So many requests arrive, and no more.
async fn settles_at(board: &PartsServer, bound: usize, when: &str) {
    let reached = async {
        while board.requests() < bound {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    let reached = tokio::time::timeout(SOON, reached).await;
    assert!(reached.is_ok(), "{when}: {} of {bound} requests", board.requests());
    tokio::time::sleep(QUIET).await;
    assert_eq!(board.requests(), bound, "{when}");
}

#[tokio::test]
async fn parts_read_a_page_ahead_of_the_caller_and_no_more() {
    for (in_order, read_ahead) in [(false, false), (false, true), (true, false), (true, true)] {
        let board = PartsServer::new(&[40; 9]);
        let (_server, client) = board.start().await;
        let mut read =
            client.parts(board.parts()).at_once(4).page_size(2).read_ahead(read_ahead).in_order(in_order);
        let when = format!("in order: {in_order}, two ahead: {read_ahead}");
        settles_at(&board, 0, "it begins when it is polled").await;
        within(LIMIT, read.next()).await.unwrap().unwrap();
        // The page that is given, and what each part that is under way has ahead.
        let bound = 4 * (1 + usize::from(read_ahead)) + 1;
        settles_at(&board, bound, &when).await;
        within(LIMIT, read.next()).await.unwrap().unwrap();
        settles_at(&board, bound, &when).await;
        within(LIMIT, read.next()).await.unwrap().unwrap();
        settles_at(&board, bound + 1, &when).await;
    }
}

#[tokio::test]
async fn one_part_is_read_at_least() {
    for in_order in [false, true] {
        let board = PartsServer::new(&[4, 4, 4]);
        let (_server, client) = board.start().await;
        let mut read = client.parts(board.parts()).at_once(0).page_size(2).in_order(in_order);
        within(LIMIT, read.next()).await.unwrap().unwrap();
        settles_at(&board, 2, &format!("in order: {in_order}")).await;
        assert_eq!(within(LIMIT, read.count()).await, 11);
    }
}

#[tokio::test]
async fn in_order_later_parts_do_not_run_ahead_of_one_that_is_held_back() {
    let held = |gate: &Gate| Some(Held { is_held: |part| part == "a", gate: gate.clone() });
    let gate = Gate::closed();
    let board = PartsServer { held: held(&gate), ..PartsServer::new(&[8; 6]) };
    let (_server, client) = board.start().await;
    let mut read = client.parts(board.parts()).at_once(3).page_size(2).in_order(true).boxed();
    tokio::select! {
        item = read.next() => panic!("{item:?} comes before the first page of `a`"),
        () = settles_at(&board, 3, "no other part has begun") => {}
    }
    assert_eq!((board.pages_of("a"), board.pages_of("b"), board.pages_of("c")), (1, 1, 1));
    gate.open();
    let read: Vec<_> = within(LIMIT, read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
    assert_eq!(read, (1..=48).map(|id| id.to_string()).collect::<Vec<_>>());
    assert_eq!(board.pages_of(REST), 1);
    // Out of order, the others are read to their end meanwhile.
    let board = PartsServer { held: held(&Gate::closed()), ..PartsServer::new(&[8; 3]) };
    let (_server, client) = board.start().await;
    let read = client.parts(board.parts()).at_once(3).page_size(2).take(16);
    let read: Vec<_> = within(LIMIT, read.map_ok(|item| item.id.to_string()).try_collect()).await.unwrap();
    assert!(read.iter().all(|id| id.parse::<u32>().unwrap() > 8), "{read:?}");
    assert_eq!(board.pages_of("a"), 1);
}

#[tokio::test]
async fn as_many_pages_are_under_way_as_parts_are_read_at_once() {
    for (in_order, read_ahead, rounds) in [(false, false, 3), (true, false, 1), (true, true, 2)] {
        let gate = Gate::closed();
        let board = PartsServer {
            held: Some(Held { is_held: |_| true, gate: gate.clone() }),
            ..PartsServer::new(&[8; 8])
        };
        let (_server, client) = board.start().await;
        let read = client.parts(board.parts()).at_once(6).page_size(2).read_ahead(read_ahead);
        let read = read.in_order(in_order).try_collect::<Vec<_>>();
        let answering = async {
            for round in 1..=rounds {
                settles_at(&board, 6 * round, &format!("in order: {in_order}, round {round}")).await;
                gate.let_pass(6);
            }
            gate.open();
        };
        let (read, ()) = within(LIMIT, async { tokio::join!(read, answering) }).await;
        assert_eq!(read.unwrap().len(), 64);
    }
}

#[test]
fn a_part_whose_runtime_is_gone_is_an_error_and_no_end() {
    let runtime =
        || tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
    let board = PartsServer { delay: Duration::from_secs(5), ..PartsServer::new(&[5]) };
    let (theirs, ours) = (runtime(), runtime());
    let (_server, client) = ours.block_on(board.start());
    let mut read = client.parts(board.parts()).boxed();
    let begun =
        theirs.block_on(async { tokio::time::timeout(Duration::from_millis(100), read.next()).await });
    assert!(begun.is_err());
    theirs.shutdown_timeout(Duration::from_secs(1));
    let read = ours.block_on(within(LIMIT, read.collect::<Vec<_>>()));
    let kinds: Vec<_> =
        read.into_iter().map(|item| item.map_err(|error| error.kind()).unwrap_err()).collect();
    assert_eq!(kinds, [ErrorKind::Disconnected]);
}
