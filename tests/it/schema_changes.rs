//! A change of schema over this repository's own operations, and over a struct by the document it sends.
//!
//! The introspection files are not in the repository: `MONDAY_SCHEMA_SNAPSHOTS` names their folder. Must not
//! know: how changes and uses are found.

use std::fs;
use std::path::Path;

use monday_codegen::diff::{Grade, diff};
use monday_codegen::impact::{Place, SentDocument, impact};
use monday_codegen::report::{Format, Report};
use monday_codegen::{Descriptions, Schema, SourceFile, normalize};
use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment, QueryVariables};

use crate::support::root;

fn schema(text: &str) -> Schema {
    let sdl = normalize(text, Descriptions::Keep).unwrap().sdl;
    Schema::parse(&SourceFile::new("schema.graphql", sdl)).unwrap()
}

fn report(from: (&str, &str), to: (&str, &str), documents: &[SentDocument]) -> Report {
    let (old, new) = (schema(from.1), schema(to.1));
    let diff = diff(&old, &new);
    let impact = Some(impact(&old, &new, &diff, documents));
    Report { from: from.0.to_owned(), to: to.0.to_owned(), diff, impact }
}

fn queries(folder: &Path, found: &mut Vec<SentDocument>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            queries(&path, found);
        } else {
            let name = path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
            found.push(SentDocument::written(SourceFile::new(name, fs::read_to_string(&path).unwrap())));
        }
    }
}

#[test]
fn what_mondays_last_change_does_to_our_operations() {
    #[expect(clippy::disallowed_methods, reason = "a test's own setting")]
    let Some(folder) = std::env::var_os("MONDAY_SCHEMA_SNAPSHOTS").map(|folder| root().join(folder)) else {
        println!("skipped: MONDAY_SCHEMA_SNAPSHOTS does not name a folder of introspection files");
        return;
    };
    let read =
        |version: &str| fs::read_to_string(folder.join(format!("{version}.introspection.json"))).unwrap();
    let mut documents = Vec::new();
    queries(&root().join("queries"), &mut documents);
    let report = report(("2026-07", &read("2026-07")), ("2026-10", &read("2026-10")), &documents);
    let text = report.render(Format::Human);
    let mut text = anstream::adapter::strip_str(&text).to_string();
    // The queries are written for the new version: that the old one does not know some is no news.
    let before = text.find("\nrefused by the old schema already").unwrap();
    text.truncate(before);
    insta::assert_snapshot!(text);
}

#[derive(QueryVariables)]
struct SizesVariables {
    ids: Option<Vec<Id>>,
}

const STRUCT_LINE: u32 = line!() + 4;
#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "SizesVariables")]
#[expect(dead_code, reason = "only what it sends is looked at")]
struct Sizes {
    #[arguments(ids: $ids)]
    boards: Option<Vec<Option<Size>>>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Board")]
#[expect(dead_code, reason = "only what it sends is looked at")]
struct Size {
    items_count: Option<i64>,
}

#[test]
fn a_struct_is_told_by_the_document_it_sends() {
    let committed = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    let without = committed.replace("\n  items_count: Int", "");
    assert_ne!(committed, without);
    let operation = Sizes::operation(SizesVariables { ids: None });
    let place = Place { path: file!().to_owned(), line: STRUCT_LINE as usize, column: 1, width: 1 };
    let sent = [SentDocument::made(operation.document(), place.clone())];
    let report = report(("committed", &committed), ("edited", &without), &sent);
    let impact = report.impact.unwrap();
    let broken: Vec<_> = impact.of_grade(Grade::Breaking).collect();
    assert_eq!(broken.len(), 1, "{impact:?}");
    assert_eq!((&broken[0].place, broken[0].effect.as_str()), (&place, "field removed"));
    assert_eq!(broken[0].operations, ["Sizes"]);
    let source = fs::read_to_string(root().join(file!())).unwrap();
    assert_eq!(source.lines().nth(place.line - 1), Some("struct Sizes {"));
}
