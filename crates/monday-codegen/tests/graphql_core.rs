//! Our list of changes against graphql-core's, one to one: kind, grade, place, and what was and is there.
//!
//! `MONDAY_GRAPHQL_CORE` names a Python that has graphql-core; `MONDAY_SCHEMA_SNAPSHOTS` the folder of
//! monday's versions. What may differ, and why, is told in `docs/schema-changes.md`. Must not know: how
//! changes are found.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

#[path = "../src/diff/tests/pairs.rs"]
mod pairs;

use std::collections::BTreeSet;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, fs};

use monday_codegen::diff::{ChangeKind, Grade, SchemaDiff, diff};
use monday_codegen::{Descriptions, Schema, SourceFile, normalize};
use serde_json::{Value, json};

/// Versions of monday's API; each pair's breaking and dangerous changes as graphql-core counted them.
const VERSIONS: [&str; 5] = ["2025-10", "2026-01", "2026-04", "2026-07", "2026-10"];
const COUNTS: [(usize, usize); 4] = [(36, 5), (15, 21), (35, 30), (26, 8)];

/// Only we tell these: graphql-core compares no deprecations, and no `@oneOf`.
const OURS: [ChangeKind; 4] = [
    ChangeKind::OneOfAdded,
    ChangeKind::OneOfRemoved,
    ChangeKind::Deprecated,
    ChangeKind::DeprecationRemoved,
];

/// One change, in a form that both sides have.
type Told = (String, String, String, Option<String>, Option<String>);

#[expect(clippy::disallowed_methods, reason = "a test's own setting")]
fn setting(name: &str) -> Option<PathBuf> {
    let found = env::var_os(name);
    if found.is_none() {
        println!("skipped: {name} is not set");
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    found.map(|path| root.join(path))
}

fn theirs(python: &Path, pairs: &Value) -> Vec<BTreeSet<Told>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/graphql_core/changes.py");
    let mut command = Command::new(python);
    let mut child = command.arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(pairs.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the script failed");
    let found: Vec<Vec<Value>> = serde_json::from_slice(&output.stdout).unwrap();
    let told = |change: &Value| -> Told {
        let text = |key: &str| change[key].as_str().map(str::to_owned);
        // Where only one side is told in a sentence, the other is not compared.
        (
            text("grade").unwrap(),
            text("kind").unwrap(),
            text("coordinate").unwrap(),
            text("before"),
            text("after"),
        )
    };
    found.iter().map(|changes| changes.iter().map(told).collect()).collect()
}

fn ours(diff: &SchemaDiff) -> BTreeSet<Told> {
    let compared = diff.changes.iter().filter(|change| !OURS.contains(&change.kind));
    compared
        .map(|change| {
            let is_default_removed =
                change.kind.name().ends_with("DEFAULT_VALUE_CHANGE") && change.after.is_none();
            (
                change.grade().name().to_owned(),
                change.kind.name().to_owned(),
                change.coordinate.to_string(),
                // graphql-core does not say what a removed default was, and has other names for two kinds of
                // type.
                change
                    .before
                    .clone()
                    .filter(|_| !is_default_removed)
                    .map(|text| kind_of_type(change.kind, text)),
                change.after.clone().map(|text| kind_of_type(change.kind, text)),
            )
        })
        .collect()
}

fn kind_of_type(kind: ChangeKind, text: String) -> String {
    match (kind, text.as_str()) {
        (ChangeKind::TypeChangedKind, "input object") => "Input".to_owned(),
        (ChangeKind::TypeChangedKind, word) => word[..1].to_uppercase() + &word[1..],
        _ => text,
    }
}

fn schema(sdl: &str) -> Schema {
    Schema::parse(&SourceFile::new("schema.graphql", sdl)).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn each_kind_of_change_is_the_one_that_graphql_core_finds() {
    let Some(python) = setting("MONDAY_GRAPHQL_CORE") else { return };
    let mut texts = Vec::new();
    for (old, new, ..) in pairs::PAIRS {
        let (old, new) = (pairs::with_query(old), pairs::with_query(new));
        texts.push((new.clone(), old.clone()));
        texts.push((old, new));
    }
    let given: Vec<_> = texts.iter().map(|(old, new)| json!({ "old": old, "new": new })).collect();
    let theirs = theirs(&python, &Value::from(given));
    assert_eq!(theirs.len(), texts.len());
    for ((old, new), theirs) in texts.iter().zip(theirs) {
        assert_eq!(ours(&diff(&schema(old), &schema(new))), theirs, "{old}\n{new}");
    }
}

#[test]
fn a_default_that_stays_hides_no_harmless_change_of_type_from_us() {
    let Some(python) = setting("MONDAY_GRAPHQL_CORE") else { return };
    let (old, new) = ("type Query { b(c: Int! = 1): ID }", "type Query { b(c: Int = 1): ID }");
    let ours = diff(&schema(old), &schema(new));
    let kinds: Vec<_> = ours.changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [ChangeKind::ArgChangedKindSafe]);
    assert_eq!(theirs(&python, &json!([{ "old": old, "new": new }])), [BTreeSet::new()]);
}

#[test]
fn mondays_versions_changed_as_graphql_core_says() {
    let Some(folder) = setting("MONDAY_SCHEMA_SNAPSHOTS") else { return };
    let read =
        |version: &str| fs::read_to_string(folder.join(format!("{version}.introspection.json"))).unwrap();
    let served = VERSIONS.map(read);
    let mut found = Vec::new();
    for (at, counts) in COUNTS.iter().enumerate() {
        let start = Instant::now();
        let parsed = [at, at + 1].map(|at| schema(&normalize(&served[at], Descriptions::Keep).unwrap().sdl));
        let diff = diff(&parsed[0], &parsed[1]);
        println!("{} -> {}: {:?}", VERSIONS[at], VERSIONS[at + 1], start.elapsed());
        let count = |grade| diff.count(grade);
        assert_eq!((count(Grade::Breaking), count(Grade::Dangerous)), *counts, "{}", VERSIONS[at + 1]);
        found.push(ours(&diff));
    }
    let Some(python) = setting("MONDAY_GRAPHQL_CORE") else { return };
    let given: Vec<_> = served.windows(2).map(|pair| json!({ "old": pair[0], "new": pair[1] })).collect();
    let theirs = theirs(&python, &Value::from(given));
    assert_eq!(theirs.len(), found.len());
    for (at, (ours, theirs)) in found.iter().zip(&theirs).enumerate() {
        let missing: Vec<_> = theirs.difference(ours).collect();
        let added: Vec<_> = ours.difference(theirs).collect();
        assert!(missing.is_empty() && added.is_empty(), "{}: {missing:#?} {added:#?}", VERSIONS[at + 1]);
    }
}
