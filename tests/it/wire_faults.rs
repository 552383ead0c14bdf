//! Connections that break at every byte, and the other faults of the wire, seen through the whole client.
//!
//! Must not know: how attempts are made.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use futures_util::TryStreamExt as _;
use futures_util::future::join_all;
use monday_sandbox::{FaultProxy, Sandbox, Wire};
use monday_sdk::core::OperationKind;
use monday_sdk::queries::{ItemsPage, Me};
use monday_sdk::{BoardId, Client, CredentialKind, ErrorKind, Request};
use serde_json::{Value, json};

use crate::own_process::{growth, peak_memory, process, say_growth, told};
use crate::support::{client_for, within};

/// Of each test.
const LIMIT: Duration = Duration::from_mins(4);

const WORKERS: usize = 12;

/// A client may try one call in ten again, and ten more: it makes way for the next before that.
const CALLS_OF_A_CLIENT: usize = 3;

fn client_of(proxy: &FaultProxy, sandbox: &Sandbox) -> Client {
    let token = sandbox.personal_token();
    client_for(&proxy.url("/v2"), CredentialKind::PersonalToken, token).build().unwrap()
}

async fn proxied() -> (Sandbox, FaultProxy, Client) {
    let sandbox = Sandbox::builder().items(0).start().await.unwrap();
    let proxy = FaultProxy::start(sandbox.address()).await.unwrap();
    let client = client_of(&proxy, &sandbox);
    (sandbox, proxy, client)
}

/// A mutation with a short document, so that there are not too many bytes to cut at.
fn create(sandbox: &Sandbox, name: &str) -> Request<Value> {
    let document =
        "mutation C($b: ID!, $n: String!) { create_item(board_id: $b, item_name: $n) { id name } }";
    let variables = json!({"b": sandbox.large_board_id(), "n": name});
    Request::from_document(OperationKind::Mutation, "C", document, &variables).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mutation_cut_at_any_byte_of_its_request_or_answer_is_done_once() {
    within(LIMIT, async {
        let (sandbox, proxy, client) = proxied().await;
        client.send(create(&sandbox, "a first one")).await.unwrap();
        let (request, answer) = proxy.passed();
        // Names and ids differ by a byte or two.
        let (request, answer) = (usize::try_from(request).unwrap() + 4, usize::try_from(answer).unwrap() + 4);
        let mut wires: Vec<Wire> = (0..=request).map(Wire::CutRequestAt).collect();
        wires.extend((0..=answer).map(Wire::CutAnswerAt));
        wires.extend((0..=answer).step_by(7).map(Wire::ResetAnswerAt));
        let (wires, sandbox) = (Arc::new(wires), Arc::new(sandbox));
        let next = Arc::new(AtomicUsize::new(0));
        let workers = (0..WORKERS).map(|_| {
            let (wires, sandbox, next) = (Arc::clone(&wires), Arc::clone(&sandbox), Arc::clone(&next));
            tokio::spawn(async move {
                let proxy = FaultProxy::start(sandbox.address()).await.unwrap();
                let mut client = client_of(&proxy, &sandbox);
                for call in 1.. {
                    let number = next.fetch_add(1, Ordering::Relaxed);
                    let Some(wire) = wires.get(number) else {
                        return;
                    };
                    if call % CALLS_OF_A_CLIENT == 0 {
                        client = client_of(&proxy, &sandbox);
                    }
                    // An idle connection would not meet the fault.
                    proxy.hang_up();
                    proxy.will([*wire]);
                    let name = format!("item {number}");
                    let made = client.execute(create(&sandbox, &name)).await;
                    let made = made.unwrap_or_else(|error| panic!("{wire:?}: {error:?}"));
                    assert_eq!(made["create_item"]["name"], *name, "{wire:?}");
                }
            })
        });
        for worker in join_all(workers).await {
            worker.unwrap();
        }
        let names = sandbox.item_names(sandbox.large_board_id());
        let different: BTreeSet<_> = names.iter().collect();
        assert_eq!((names.len(), different.len()), (wires.len() + 1, wires.len() + 1));
        assert_eq!(sandbox.seen().writes("create_item"), wires.len() as u64 + 1, "nothing is done twice");
        assert!(sandbox.seen().total().replayed > 0);
        println!("cut {} times", wires.len());
    })
    .await;
}

#[tokio::test]
async fn a_lost_answer_is_asked_for_again_and_says_that_it_was_replayed() {
    within(LIMIT, async {
        let (sandbox, proxy, client) = proxied().await;
        proxy.will([Wire::DropAnswer(Duration::from_millis(50))]);
        let response = client.send(create(&sandbox, "once")).await.unwrap();
        assert!(response.meta.replayed);
        assert_eq!(sandbox.item_names(sandbox.large_board_id()), ["once"]);
    })
    .await;
}

#[tokio::test]
async fn an_idle_connection_that_was_closed_is_no_fault() {
    within(LIMIT, async {
        let (sandbox, proxy, client) = proxied().await;
        for number in 0..5 {
            client.execute(create(&sandbox, &format!("item {number}"))).await.unwrap();
            proxy.hang_up();
        }
        assert_eq!(sandbox.seen().writes("create_item"), 5);
    })
    .await;
}

#[tokio::test]
async fn a_refused_connection_is_tried_again_and_says_that_nothing_was_sent() {
    within(LIMIT, async {
        let (sandbox, proxy, client) = proxied().await;
        proxy.refuse().await;
        let error = client.send(create(&sandbox, "never")).await.unwrap_err();
        assert_eq!((error.kind(), error.idempotency_key()), (ErrorKind::Connect, None));
        assert_eq!(sandbox.requests(), 0);
        let waits = client.execute(Me);
        let comes_back = async {
            tokio::time::sleep(Duration::from_millis(30)).await;
            proxy.listen().await.unwrap();
        };
        let (answer, ()) = tokio::join!(waits, comes_back);
        assert!(answer.unwrap().me.is_some());
    })
    .await;
}

#[tokio::test]
async fn a_server_that_never_answers_or_drips_is_left_at_the_deadline() {
    within(LIMIT, async {
        for wire in [Wire::Hold, Wire::DripAnswer { bytes: 1, every: Duration::from_millis(100) }] {
            let (sandbox, proxy, client) = proxied().await;
            proxy.always(wire);
            let deadline = Duration::from_secs(2);
            let begun = Instant::now();
            let query = Request::new(&Me).unwrap().with_deadline(deadline);
            assert_eq!(client.execute(query).await.unwrap_err().kind(), ErrorKind::Timeout, "{wire:?}");
            let mutation = create(&sandbox, "perhaps").with_deadline(deadline);
            let error = client.send(mutation).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Timeout, "{wire:?}");
            assert!(error.idempotency_key().is_some() && error.is_ambiguous(), "{wire:?}");
            assert!(begun.elapsed() < deadline * 2 + Duration::from_secs(1), "{:?}", begun.elapsed());
        }
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_board_of_a_hundred_thousand_items_is_read_in_little_memory() {
    within(LIMIT, async {
        let sandbox = Sandbox::builder().items(100_000).start().await.unwrap();
        let folder = tempfile::tempdir().unwrap();
        let origin = sandbox.authorization_url();
        let mut command = process("wire_faults::a_process_that_reads", &origin, folder.path());
        command.env("TEST_BOARD", sandbox.large_board_id());
        let grown = growth(LIMIT, command).await;
        assert!(grown <= 20 * 1024, "{grown} KiB");
    })
    .await;
}

#[tokio::test]
#[ignore = "a process that reads"]
async fn a_process_that_reads() {
    let (Some(origin), Some(board)) = (told("TEST_ORIGIN"), told("TEST_BOARD")) else {
        return;
    };
    let client = client_for(&format!("{origin}/v2"), CredentialKind::PersonalToken, "sandbox-personal-token");
    let client = client.build().unwrap();
    // Whatever a first request needs is there before it is measured.
    client.execute(Me).await.unwrap();
    let before = peak_memory();
    let mut items = std::pin::pin!(client.pages(ItemsPage::new(BoardId::from(board)).limit(500)));
    let (mut count, mut values) = (0, 0);
    while let Some(item) = items.try_next().await.unwrap() {
        count += 1;
        values += item.column_values.len();
    }
    assert!(count == 100_000 && values >= count, "{count} {values}");
    say_growth(before);
}
