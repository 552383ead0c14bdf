//! How long a sandbox takes to start. The limits are promises; what is measured is far below them.
//!
//! Must not know: why.

use std::time::{Duration, Instant};

use monday_sandbox::seed::{Board, Item, Items};
use monday_sandbox::{Sandbox, SandboxBuilder, Seed};

/// The quickest of a few starts: others work on this machine too.
async fn quickest(builder: SandboxBuilder) -> Duration {
    let mut times = Vec::new();
    for _ in 0..5 {
        let began = Instant::now();
        let sandbox = builder.clone().start().await.unwrap();
        times.push(began.elapsed());
        drop(sandbox);
    }
    times.into_iter().min().unwrap()
}

#[tokio::test]
async fn a_sandbox_starts_in_less_than_fifty_milliseconds() {
    let took = quickest(Sandbox::builder()).await;
    assert!(took < Duration::from_millis(50), "{took:?}");
}

#[tokio::test]
async fn a_hundred_thousand_items_are_seeded_in_less_than_two_seconds() {
    let took = quickest(Sandbox::builder().items(100_000)).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
    let board =
        Board { name: "Many".to_owned(), items: Items::Generated { count: 100_000 }, ..Board::default() };
    let seed = Seed { boards: vec![board], ..Seed::default() };
    let took = quickest(Sandbox::builder().seed(seed).unwrap()).await;
    assert!(took < Duration::from_secs(2), "{took:?}");
}

/// `cargo test -p monday-sandbox --release --test account measures -- --ignored --nocapture`
#[tokio::test]
#[ignore = "it takes long, and prints"]
async fn measures() {
    println!("start                             {:?}", quickest(Sandbox::builder()).await);
    println!("start with 100,000 items          {:?}", quickest(Sandbox::builder().items(100_000)).await);
    let began = Instant::now();
    let sandbox = Sandbox::builder().items(100_000).start().await.unwrap();
    let names = sandbox.item_names(sandbox.large_board_id());
    println!("… and all of them made            {:?}", began.elapsed());
    let began = Instant::now();
    let snapshot = sandbox.snapshot();
    println!("snapshot of them                  {:?}", began.elapsed());
    let began = Instant::now();
    let yaml = snapshot.to_yaml();
    println!("… as YAML of {} MB             {:?}", yaml.len() / 1_000_000, began.elapsed());
    let began = Instant::now();
    let read = Seed::from_yaml(&yaml).unwrap();
    println!("… read                            {:?}", began.elapsed());
    let began = Instant::now();
    let again = Sandbox::builder().seed(read).unwrap().start().await.unwrap();
    println!("… checked, planted and started    {:?}", began.elapsed());
    assert_eq!(again.item_names(sandbox.large_board_id()), names);
    let plain = (0..100_000).map(|number| Item { name: format!("Item {number}"), ..Item::default() });
    let board = Board { name: "Named".to_owned(), items: Items::Listed(plain.collect()), ..Board::default() };
    let listed = Seed { boards: vec![board], ..Seed::default() };
    let began = Instant::now();
    let _sandbox = Sandbox::builder().seed(listed).unwrap().start().await.unwrap();
    println!("100,000 names planted and started {:?}", began.elapsed());
}
