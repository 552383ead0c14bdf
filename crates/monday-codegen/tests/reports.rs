//! Reports as people and programs read them, on two small schemas; the snapshots are the texts.
//!
//! Must not know: how changes and uses are found.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use monday_codegen::diff::{ChangeKind, Grade, SchemaDiff, Step, diff};
use monday_codegen::impact::{Place, SentDocument, impact};
use monday_codegen::report::{Format, Report};
use monday_codegen::{Schema, SourceFile};

const OLD: &str = include_str!("reports/old.graphql");
const NEW: &str = include_str!("reports/new.graphql");

/// What a schema says in a deprecation, or a file is called: none of it may be taken for markup.
const HOSTILE: &str = "queries/my <b>items</b> & more|.graphql";

fn schema(text: &str) -> Schema {
    Schema::parse(&SourceFile::new("schema.graphql", text)).unwrap_or_else(|error| panic!("{error}"))
}

fn documents() -> Vec<SentDocument> {
    let written = |path: &str, text: &str| SentDocument::written(SourceFile::new(path, text));
    let struct_place = Place { path: "src/renames.rs".to_owned(), line: 14, column: 1, width: 1 };
    vec![
        written(
            "queries/items.graphql",
            "query Items($rules: Rules) {\n  items(rules: $rules) {\n    id\n    size\n    creator {\n      ...UserFields\n    \
             }\n  }\n}\n",
        ),
        written("queries/user_fields.graphql", "fragment UserFields on User {\n  id\n  photo\n  phone\n}\n"),
        written("queries/me.graphql", "query Me {\n  me {\n    ...UserFields\n  }\n}\n"),
        written(
            HOSTILE,
            "query Found {\n  search(text: \"a\") {\n    __typename\n    ... on Item {\n      nmae\n    }\n  }\n}\n",
        ),
        written("queries/untouched.graphql", "query Untouched {\n  me {\n    name\n  }\n}\n"),
        SentDocument::made("mutation Rename($item: ID!) { rename(item: $item) { id } }", struct_place),
    ]
}

fn of_schemas() -> Report {
    Report { from: "2026-07".to_owned(), to: "2026-10".to_owned(), diff: found(), impact: None }
}

fn of_operations() -> Report {
    let diff = found();
    let impact = impact(&schema(OLD), &schema(NEW), &diff, &documents());
    Report { impact: Some(impact), ..of_schemas() }
}

fn found() -> SchemaDiff {
    diff(&schema(OLD), &schema(NEW))
}

#[test]
fn for_people_on_a_terminal() {
    let plain = |report: &Report| anstream::adapter::strip_str(&report.render(Format::Human)).to_string();
    insta::assert_snapshot!("human_schemas", plain(&of_schemas()));
    insta::assert_snapshot!("human_operations", plain(&of_operations()));
    let coloured = of_schemas().render(Format::Human);
    assert!(coloured.contains("\u{1b}[31m") || coloured.contains("\u{1b}[1m\u{1b}[31m"), "{coloured:?}");
}

#[test]
fn for_code_review() {
    insta::assert_snapshot!("markdown_schemas", of_schemas().render(Format::Markdown));
    insta::assert_snapshot!("markdown_operations", of_operations().render(Format::Markdown));
}

#[test]
fn for_a_changelog() {
    insta::assert_snapshot!("changelog_schemas", of_schemas().render(Format::Changelog));
    insta::assert_snapshot!("changelog_operations", of_operations().render(Format::Changelog));
}

#[test]
fn for_a_browser() {
    insta::assert_snapshot!("html_schemas", of_schemas().render(Format::Html));
    insta::assert_snapshot!("html_operations", of_operations().render(Format::Html));
}

#[test]
fn for_code_scanning() {
    insta::assert_snapshot!("sarif_schemas", results_alone(&of_schemas().render(Format::Sarif)));
    insta::assert_snapshot!("sarif_operations", of_operations().render(Format::Sarif));
}

/// The rules are the same in every file.
fn results_alone(sarif: &str) -> String {
    let mut sarif: serde_json::Value = serde_json::from_str(sarif).unwrap();
    sarif["runs"][0]["tool"]["driver"]["rules"] = serde_json::Value::Null;
    format!("{sarif:#}")
}

#[test]
fn for_programs() {
    insta::assert_snapshot!("json_operations", of_operations().render(Format::Json));
    let schemas: serde_json::Value = serde_json::from_str(&of_schemas().render(Format::Json)).unwrap();
    assert!(schemas["impact"].is_null());
}

#[test]
fn what_comes_from_outside_is_text_in_every_format() {
    for format in Format::ALL {
        for report in [of_schemas(), of_operations()] {
            let text = report.render(format);
            let plain = anstream::adapter::strip_str(&text).to_string();
            assert!(!plain.contains('\u{1b}'), "{format}: {plain:?}");
            assert!(format == Format::Human || !text.contains('\u{1b}'), "{format}");
            assert!(text.ends_with('\n') && !text.ends_with("\n\n"), "{format}");
        }
    }
    for format in [Format::Html, Format::Markdown, Format::Changelog] {
        let text = of_operations().render(format);
        assert!(!text.contains("<script") && text.contains("&lt;script&gt;"), "{format}: {text}");
    }
    // In Markdown, a place is code, where markup is text; a bar would end its cell.
    let markdown = of_operations().render(Format::Markdown);
    assert!(markdown.contains("`queries/my <b>items</b> & more\\|.graphql:5:7`"), "{markdown}");
    assert!(!of_operations().render(Format::Html).contains("<b>items"));
    assert!(
        of_operations()
            .render(Format::Sarif)
            .contains("\"queries/my%20%3Cb%3Eitems%3C/b%3E%20%26%20more%7C.graphql\"")
    );
}

#[test]
fn every_result_has_its_rule_and_every_rule_its_name() {
    let names: std::collections::BTreeSet<_> = ChangeKind::ALL.iter().map(|kind| kind.name()).collect();
    assert_eq!(names.len(), ChangeKind::ALL.len());
    for report in [of_schemas(), of_operations()] {
        let sarif: serde_json::Value = serde_json::from_str(&report.render(Format::Sarif)).unwrap();
        let run = &sarif["runs"][0];
        let rules: Vec<_> =
            run["tool"]["driver"]["rules"].as_array().unwrap().iter().map(|r| &r["id"]).collect();
        let results = run["results"].as_array().unwrap();
        assert!(results.len() > 8 && results.iter().all(|result| rules.contains(&&result["ruleId"])));
    }
}

#[test]
fn the_worst_of_a_report_is_that_of_its_operations_if_there_are_some() {
    assert_eq!(of_schemas().worst(), Some(Grade::Breaking));
    assert_eq!(of_operations().worst(), Some(Grade::Breaking));
    let untouched = |documents: &[SentDocument]| {
        let impact = impact(&schema(OLD), &schema(NEW), &found(), documents);
        Report { impact: Some(impact), ..of_schemas() }
    };
    let report = untouched(&documents()[4..5]);
    assert_eq!((report.worst(), report.advice().step), (Some(Grade::Safe), Step::Patch));
    assert!(report.render(Format::Changelog).contains("Nothing that is used has changed."));

    let same = Report { diff: SchemaDiff::default(), ..of_schemas() };
    assert_eq!((same.worst(), same.advice().step), (None, Step::None));
    assert!(same.render(Format::Markdown).contains("\n\nno changes.\n"));
}

#[test]
fn formats_are_known_by_name() {
    for format in Format::ALL {
        assert_eq!(format.name().parse(), Ok(format));
    }
    assert!("xml".parse::<Format>().unwrap_err().contains("sarif"));
}
