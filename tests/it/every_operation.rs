//! Every generated operation: it is valid, it writes variables that the schema takes, it reads whatever the
//! schema allows, and it is answered.
//!
//! Must not know: what an operation is for.

use std::collections::BTreeSet;
use std::fs;
use std::sync::LazyLock;

use apollo_compiler::ast::VariableDefinition;
use apollo_compiler::request::coerce_variable_values;
use apollo_compiler::response::JsonMap;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use proptest::prelude::*;
use serde_json::{Value, json};

use monday_sdk::ErrorKind;

use crate::generated::samples::ALL;
use crate::plain::plain;
use crate::random_answer::Answers;
use crate::sample::Sample;
use crate::support::{root, sandbox};

static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let text = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    Schema::parse_and_validate(text, "monday.graphql").unwrap()
});

static SAMPLES: LazyLock<Vec<(Sample, Valid<ExecutableDocument>)>> = LazyLock::new(|| {
    let valid = |sample: Sample| {
        let document = ExecutableDocument::parse_and_validate(&SCHEMA, sample.document, sample.name)
            .unwrap_or_else(|invalid| panic!("{}: {}", sample.name, invalid.errors));
        (sample, document)
    };
    ALL.iter().map(|sample| valid(sample())).collect()
});

/// The variables in a request's body.
fn variables(body: &[u8]) -> JsonMap {
    let body: serde_json::Map<String, Value> = serde_json::from_slice(body).unwrap();
    let text = body.get("variables").cloned().unwrap_or_else(|| json!({})).to_string();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn what_is_sent_is_valid_and_its_variables_are_what_the_schema_asks_for() {
    assert!(SAMPLES.len() >= 309);
    for (sample, document) in &*SAMPLES {
        let operation = document.operations.get(Some(sample.name)).unwrap();
        for body in [&sample.least, &sample.most] {
            let mut variables = variables(body);
            for variable in &operation.variables {
                // An upload is null in JSON, and a file beside it.
                if variable.ty.inner_named_type() == "File" {
                    variables.insert(variable.name.as_str(), "upload".into());
                }
            }
            let coerced = coerce_variable_values(&SCHEMA, operation, &variables);
            coerced.unwrap_or_else(|error| panic!("{}: {}", sample.name, error.message()));
        }
    }
}

#[test]
fn the_most_that_can_be_sent_names_every_variable_and_the_least_only_what_must_be() {
    for (sample, document) in &*SAMPLES {
        let operation = document.operations.get(Some(sample.name)).unwrap();
        let names = |must: bool| -> BTreeSet<String> {
            let is_required =
                |variable: &VariableDefinition| variable.ty.is_non_null() && variable.default_value.is_none();
            let kept = operation.variables.iter().filter(|variable| !must || is_required(variable));
            kept.map(|variable| variable.name.to_string()).collect()
        };
        let sent =
            |body: &[u8]| variables(body).keys().map(|key| key.as_str().to_owned()).collect::<BTreeSet<_>>();
        assert_eq!(sent(&sample.most), names(false), "{}", sample.name);
        assert_eq!(sent(&sample.least), names(true), "{}", sample.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn every_answer_that_the_schema_allows_is_read_and_nothing_of_it_is_lost(seed: u64) {
        for (sample, document) in &*SAMPLES {
            let data = Answers::new(&SCHEMA, document, seed).data();
            let body = json!({"data": data}).to_string();
            let echo = (sample.echo)(body.as_bytes());
            let echo = echo.unwrap_or_else(|error| panic!("{}: {error}\n{body}", sample.name));
            prop_assert_eq!(
                plain(&echo.data.unwrap()), plain(&data), "{}: {}", sample.name, body
            );
        }
    }
}

/// What the sandbox does to things that it keeps.
const OF_A_THING_THAT_IS_NOT_THERE: &[&str] = &[
    "AddContentToDocFromMarkdown",
    "AddSubscribersToBoard",
    "AddTeamsToBoard",
    "AddTeamsToWorkspace",
    "AddUsersToBoard",
    "AddUsersToTeam",
    "AddUsersToWorkspace",
    "ArchiveBoard",
    "ArchiveGroup",
    "ArchiveItem",
    "AssignTeamOwners",
    "BulkArchiveItems",
    "BulkDeleteItems",
    "ChangeColumnTitle",
    "ChangeColumnValue",
    "ChangeItemPosition",
    "ChangeMultipleColumnValues",
    "ChangeSimpleColumnValue",
    "ClearItemUpdates",
    "CreateColumn",
    "CreateDocBlock",
    "CreateDropdownColumn",
    "CreateGroup",
    "CreateItem",
    "CreateNotification",
    "CreateStatusColumn",
    "CreateSubitem",
    "DeleteBoard",
    "DeleteColumn",
    "DeleteDoc",
    "DeleteDocBlock",
    "DeleteDocBlocks",
    "DeleteFolder",
    "DeleteGroup",
    "DeleteItem",
    "DeleteSubscribersFromBoard",
    "DeleteTeam",
    "DeleteTeamsFromBoard",
    "DeleteTeamsFromWorkspace",
    "DeleteUpdate",
    "DeleteUsersFromWorkspace",
    "DeleteWebhook",
    "DeleteWorkspace",
    "DuplicateBoard",
    "DuplicateDoc",
    "DuplicateGroup",
    "DuplicateItem",
    "EditUpdate",
    "ExportMarkdownFromDoc",
    "ItemsPageByColumnValues",
    "LikeUpdate",
    "MoveItemToBoard",
    "MoveItemToGroup",
    "PinToTop",
    "RemoveTeamOwners",
    "RemoveUsersFromTeam",
    "UnlikeUpdate",
    "UnpinFromTop",
    "UpdateBoard",
    "UpdateBoardHierarchy",
    "UpdateColumn",
    "UpdateDocBlock",
    "UpdateDocName",
    "UpdateDropdownColumn",
    "UpdateFolder",
    "UpdateGroup",
    "UpdateStatusColumn",
    "UpdateWorkspace",
];

/// Uploads are no JSON requests; an update is of an item or a reply; a cursor comes from a page; the least that can be
/// sent is too little for some.
const REFUSED_FOR_WHAT_THEY_SAY: &[(&str, ErrorKind)] = &[
    ("AddFileToColumn", ErrorKind::Document),
    ("AddFileToUpdate", ErrorKind::Document),
    ("ChangeColumnMetadata", ErrorKind::InvalidArgument),
    ("CreateDoc", ErrorKind::InvalidArgument),
    ("CreateDocBlocks", ErrorKind::InvalidArgument),
    ("CreateTeam", ErrorKind::InvalidArgument),
    ("CreateUpdate", ErrorKind::InvalidArgument),
    ("CreateWebhook", ErrorKind::InvalidArgument),
    ("NextItemsPage", ErrorKind::CursorExpired),
    ("NextItemsPageTyped", ErrorKind::CursorExpired),
    ("UpdateUsersRole", ErrorKind::InvalidArgument),
];

#[tokio::test]
async fn every_operation_is_called_and_answered_by_the_sandbox() {
    let (_sandbox, client) = sandbox(3).await;
    let (mut not_found, mut refused) = (Vec::new(), Vec::new());
    for (sample, _) in &*SAMPLES {
        match (sample.call)(client.clone()).await {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::NotFound => not_found.push(sample.name),
            Err(error) => refused.push((sample.name, error.kind())),
        }
    }
    // The sandbox keeps boards and items, and there is none of the id that all samples have.
    not_found.sort_unstable();
    assert_eq!(not_found, OF_A_THING_THAT_IS_NOT_THERE);
    refused.sort_unstable_by_key(|(name, _)| *name);
    assert_eq!(refused, REFUSED_FOR_WHAT_THEY_SAY);
}
