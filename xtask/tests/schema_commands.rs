//! `cargo xtask schema {check, diff, impact}` as a shell and a CI see them: what is printed where, and the
//! exit code.
//!
//! Must not know: how changes are found, how reports are written.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;
use wiremock::matchers::{method, query_param};
use wiremock::{Mock, MockServer, ResponseTemplate};

const OLD: &str = "type Query { me: User } type Mutation { a: ID } type User { id: ID rank: Int age: Int kind: Kind } enum Kind { a }";

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        place.write("old.graphql", OLD);
        place.write("wider.graphql", &OLD.replace("{ a }", "{ a b }"));
        place.write("added.graphql", &OLD.replace("age: Int", "age: Int size: Int"));
        place.write("broken.graphql", &OLD.replace("age: Int", ""));
        place.write("queries/me.graphql", "query Me {\n  me { id age }\n}\n");
        place.write("untouched/me.graphql", "query Me { me { id } }");
        place
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Runs a command given as words, in the folder.
    fn run(&self, words: &str) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.arg("schema").args(words.split_whitespace()).current_dir(self.0.path());
        command.env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env_remove("MONDAY_SCHEMA_SNAPSHOTS");
        command.output().unwrap()
    }

    fn code(&self, words: &str) -> i32 {
        self.run(words).status.code().unwrap()
    }
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

#[test]
fn the_exit_code_says_whether_something_breaks() {
    let place = Place::new();
    for (words, code) in [
        ("diff --from old.graphql --to old.graphql", 0),
        ("diff --from old.graphql --to added.graphql", 0),
        ("diff --from old.graphql --to wider.graphql", 0),
        ("diff --from old.graphql --to broken.graphql", 1),
        ("diff --from old.graphql --to old.graphql --fail-on any", 0),
        ("diff --from old.graphql --to added.graphql --fail-on any", 1),
        ("diff --from old.graphql --to added.graphql --fail-on dangerous", 0),
        ("diff --from old.graphql --to wider.graphql --fail-on dangerous", 1),
        ("diff --from old.graphql --to broken.graphql --fail-on never", 0),
        ("impact --from old.graphql --to broken.graphql --documents queries", 1),
        ("impact --from old.graphql --to broken.graphql --documents untouched", 0),
        ("impact --from old.graphql --to broken.graphql --documents untouched --fail-on any", 1),
        ("diff --from old.graphql --to nowhere.graphql", 2),
        ("diff", 2),
        ("diff --from old.graphql --format xml", 2),
        ("impact --from old.graphql --to broken.graphql --documents nowhere", 2),
    ] {
        assert_eq!(place.code(words), code, "{words}");
    }
}

#[test]
fn a_place_is_named_as_an_editor_opens_it() {
    let place = Place::new();
    let output = place.run("impact --from old.graphql --to broken.graphql --documents queries/me.graphql");
    assert!(printed(&output).contains("\nqueries/me.graphql:2:11: User.age: field removed (Me)\n"));
    assert!(printed(&output).starts_with("old -> broken: 1 breaking, 0 dangerous and 0 safe changes\n"));
}

#[test]
fn colours_are_for_terminals_and_for_whoever_asks() {
    let place = Place::new();
    let diff = "diff --from old.graphql --to broken.graphql";
    assert!(!printed(&place.run(diff)).contains('\u{1b}'));
    assert!(printed(&place.run(&format!("{diff} --color always"))).contains("\u{1b}[31m"));
    place.run(&format!("{diff} --color always --output report.txt"));
    let written = fs::read_to_string(place.path("report.txt")).unwrap();
    assert!(written.contains("field User.age was removed") && !written.contains('\u{1b}'));
}

#[test]
fn a_report_goes_to_a_file_and_the_code_stays() {
    let place = Place::new();
    let output =
        place.run("diff --from old.graphql --to broken.graphql --format sarif --output out/report.sarif");
    assert_eq!(output.status.code(), Some(1));
    assert_eq!(printed(&output), "the sarif report is in out/report.sarif\n");
    let text = fs::read_to_string(place.path("out/report.sarif")).unwrap();
    let report: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["runs"][0]["results"][0]["ruleId"], "FIELD_REMOVED");
}

#[test]
fn what_structs_send_is_told_at_the_structs() {
    let place = Place::new();
    let list = r#"[{"path": "src/me.rs", "line": 7, "document": "query Aged { me { age } }"}]"#;
    place.write("structs.json", list);
    let impact = "impact --from old.graphql --to broken.graphql --documents untouched --structs structs.json";
    let output = place.run(impact);
    assert_eq!(output.status.code(), Some(1));
    assert!(printed(&output).contains("\nsrc/me.rs:7:1: User.age: field removed (Aged)\n"));
    place.write("structs.json", "[{\"file\": 1}]");
    let output = place.run(impact);
    assert_eq!(output.status.code(), Some(2));
    assert!(complained(&output).contains("\"document\""));
}

#[test]
fn a_schema_is_found_by_version_file_and_folder() {
    let place = Place::new();
    let lock = fs::read_to_string(committed("schema.lock.toml")).unwrap();
    let version = lock.lines().find_map(|line| line.strip_prefix("version = ")).unwrap().trim_matches('"');
    let folder = committed("");
    let output = place.run(&format!("diff --from {version} --to {}", folder.display()));
    assert_eq!(printed(&output).lines().next(), Some(&*format!("{version} -> {version}: no changes")));

    let output = place.run("diff --from 1999-01 --to old.graphql");
    assert!(complained(&output).contains("schema fetch --version 1999-01 --dir target/schema/1999-01"));
    place.write("page.graphql", "<html>");
    let output = place.run("diff --from page.graphql --to old.graphql");
    assert!(
        complained(&output).contains("the schema page is not taken") && complained(&output).contains("HTML")
    );
}

fn committed(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../schema").join(name)
}

#[test]
fn a_check_compares_with_what_is_served_now() {
    let place = Place::new();
    let committed = fs::read_to_string(committed("monday.graphql")).unwrap();
    let edited = committed.replace("\n  items_count: Int", "");
    assert_ne!(committed, edited);
    place.write("boards.graphql", "query Counts { boards { items_count } }");
    let check = |body: &str| {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        let server = runtime.block_on(async {
            let server = MockServer::start().await;
            let answer = ResponseTemplate::new(200).set_body_string(body);
            Mock::given(method("GET"))
                .and(query_param("format", "sdl"))
                .respond_with(answer)
                .mount(&server)
                .await;
            server
        });
        place.run(&format!("check --documents boards.graphql --endpoint {}/schema", server.uri()))
    };
    let same = check(&committed);
    assert_eq!(same.status.code(), Some(0), "{}", complained(&same));
    assert!(printed(&same).contains(" as served: no changes"));
    // Standard error is no terminal here: no progress is drawn.
    assert_eq!(complained(&same), "");

    let drifted = check(&edited);
    assert_eq!(drifted.status.code(), Some(1));
    assert!(printed(&drifted).contains("boards.graphql:1:25: Board.items_count: field removed (Counts)"));
    assert_eq!(check("<html>").status.code(), Some(2));
}
