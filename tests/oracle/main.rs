//! The oracle: graphql_client, as the library writes its code, against the SDK's own emitter. Both accept the same
//! documents (`build.rs` would fail) and read the same from the same answers.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../it/plain.rs"]
mod plain;
#[path = "../it/random_answer.rs"]
mod random_answer;
#[expect(dead_code, reason = "answers are read here, and nothing is sent")]
#[path = "../it/sample.rs"]
mod sample;
#[expect(dead_code, reason = "lists are paged elsewhere")]
#[rustfmt::skip]
#[path = "../it/generated/samples.rs"]
mod samples;

use std::fs;

use apollo_compiler::{ExecutableDocument, Schema};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::library::ORACLES;
use crate::plain::plain;
use crate::random_answer::Answers;
use crate::samples::ALL;

/// What graphql_client reads from data, written back.
type Oracle = fn(Value) -> Result<Value, serde_json::Error>;

#[expect(clippy::allow_attributes, reason = "which warnings a library's code gives is not known")]
#[allow(warnings, clippy::all, clippy::pedantic, reason = "written by a library")]
mod library {
    use monday_sdk::core::{CompareValue, Date, File, Id, Iso8601DateTime, Json};
    use monday_sdk::queries::enums::*;
    use serde::de::DeserializeOwned;
    use serde::{Deserialize, Serialize};
    use serde_json::Value;

    use super::Oracle;

    fn oracle<D: DeserializeOwned + Serialize>(data: Value) -> Result<Value, serde_json::Error> {
        serde_json::to_value(serde_json::from_value::<D>(data)?)
    }

    include!(concat!(env!("OUT_DIR"), "/oracle.rs"));
}

/// In a union's member, graphql_client takes `__typename` for itself and leaves none to a fragment that asks for it, too:
/// what mirrors show cannot be read there.
fn is_their_fault(operation: &str, error: &serde_json::Error) -> bool {
    ["ItemsPageTyped", "NextItemsPageTyped"].contains(&operation)
        && error.to_string() == "missing field `__typename`"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 16, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn both_read_the_same_from_the_same_answers(seed: u64) {
        let text = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../schema/monday.graphql")).unwrap();
        let schema = Schema::parse_and_validate(text, "monday.graphql").unwrap();
        prop_assert_eq!(ORACLES.len(), ALL.len());
        for sample in ALL.iter().map(|sample| sample()) {
            let (_, oracle) = ORACLES.iter().find(|(name, _)| *name == sample.name).unwrap();
            let document = ExecutableDocument::parse_and_validate(&schema, sample.document, sample.name).unwrap();
            let data = Answers::with_ids_as_text(&schema, &document, seed).data();
            let theirs = match oracle(data.clone()) {
                Ok(theirs) => theirs,
                Err(error) if is_their_fault(sample.name, &error) => continue,
                Err(error) => panic!("graphql_client: {}: {error}", sample.name),
            };
            let ours = (sample.echo)(json!({"data": data}).to_string().as_bytes()).unwrap().data.unwrap();
            prop_assert_eq!(plain(&ours), plain(&theirs), "{}", sample.name);
        }
    }
}
