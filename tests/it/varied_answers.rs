//! Every operation over HTTP, against sandboxes that stray into their answers whatever the schema allows: nulls, empty
//! lists, enum values and types that nobody has heard of, and lists at their longest.
//!
//! Must not know: what an operation is for.

use std::time::Duration;

use futures_util::{StreamExt as _, stream};
use monday_sandbox::{Sandbox, Variety};
use monday_sdk::{Client, CredentialKind, ErrorKind};
use proptest::prelude::*;
use tokio::runtime::Runtime;

use crate::generated::samples::ALL;
use crate::support::{client_for, within};

/// Uploads are no JSON requests.
const REFUSED: [(&str, ErrorKind); 2] =
    [("AddFileToColumn", ErrorKind::Document), ("AddFileToUpdate", ErrorKind::Document)];

/// Each way to stray by itself, and all at once.
fn varieties() -> [Variety; 6] {
    let plain = Variety::none();
    [
        Variety { nulls: 300, ..plain },
        Variety { empty_lists: 600, ..plain },
        Variety { unknown_enum_values: 1_000, ..plain },
        Variety { unknown_types: 700, ..plain },
        Variety { longest_lists: 300, ..plain },
        Variety::of_all(150),
    ]
}

fn client_of(sandbox: &Sandbox) -> Client {
    client_for(&sandbox.url(), CredentialKind::PersonalToken, sandbox.personal_token()).build().unwrap()
}

/// The operations whose answers are not read, and what the others are refused for.
async fn not_read(seed: u64, variety: Variety) -> Vec<(&'static str, ErrorKind)> {
    let builder = Sandbox::builder().items(1).generated_seed(seed).variety(variety).without_state();
    let sandbox = builder.start().await.unwrap();
    let client = client_of(&sandbox);
    let calls = stream::iter(ALL.iter().map(|sample| {
        let (sample, client) = (sample(), client.clone());
        async move { (sample.call)(client).await.err().map(|error| (sample.name, error.kind())) }
    }));
    let mut failed: Vec<_> = calls.buffer_unordered(8).filter_map(std::future::ready).collect().await;
    failed.sort_unstable_by_key(|(name, _)| *name);
    failed
}

#[test]
fn every_operation_reads_whatever_strays_into_its_answer() {
    let runtime = Runtime::new().unwrap();
    let config = ProptestConfig { cases: 2, failure_persistence: None, ..ProptestConfig::default() };
    proptest!(config, |(seed: u64)| {
        for variety in varieties() {
            let failed = runtime.block_on(within(Duration::from_mins(1), not_read(seed, variety)));
            prop_assert_eq!(failed, REFUSED, "{:?}", variety);
        }
    });
}
