//! A repository outside of the workspace, from `init` to the report on monday's next version.
//!
//! Must not know: how any command works inside.

#![cfg(feature = "account")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(
    clippy::disallowed_methods,
    reason = "where snapshots of other versions lie is told by the environment"
)]

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use tempfile::TempDir;

/// A repository of a user's, with the SDK as a dependency by its path.
struct Repository(TempDir);

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// What 2026-10 took away from users.
const REMOVED: &str = "type User {\n  is_admin: Boolean\n  photo_thumb: String\n";

/// monday's schema before, and now. Without the snapshots of other versions, what was removed is put back.
fn versions(folder: &Path) -> (PathBuf, PathBuf) {
    if let Some(snapshots) = std::env::var_os("MONDAY_SCHEMA_SNAPSHOTS") {
        let snapshots = workspace().join(snapshots);
        let version = |version: &str| snapshots.join(format!("{version}.introspection.json"));
        return (version("2026-07"), version("2026-10"));
    }
    let now = fs::read_to_string(workspace().join("schema/monday.graphql")).unwrap();
    let before = now.replace("type User {\n", REMOVED);
    assert_ne!(before, now);
    let (old, new) = (folder.join("2026-07.graphql"), folder.join("2026-10.graphql"));
    fs::write(&old, before).unwrap();
    fs::write(&new, now).unwrap();
    (old, new)
}

impl Repository {
    fn new() -> Self {
        let this = Self(tempfile::tempdir().unwrap());
        let sdk = workspace().join("crates/monday-sdk");
        this.write(
            "Cargo.toml",
            &format!(
                "[package]\nname = \"orders\"\nversion = \"0.1.0\"\nedition = \"2024\"\n\n\
                 [dependencies]\nmonday-sdk = {{ path = {:?} }}\n\n[workspace]\n",
                sdk.to_string_lossy()
            ),
        );
        fs::copy(workspace().join("Cargo.lock"), this.path("Cargo.lock")).unwrap();
        this.write(
            "src/lib.rs",
            "//! A program.\n\n#[path = \"monday/generated/mod.rs\"]\npub mod operations;\n",
        );
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// `cargo monday …`, with the words, anywhere in the repository.
    fn monday(&self, folder: &str, words: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_cargo-monday"));
        command.arg("monday").args(words).current_dir(self.path(folder));
        command.env_remove("MONDAY_SCHEMA_SNAPSHOTS").env("NO_COLOR", "1");
        command.output().unwrap()
    }

    /// The same, where it ends well.
    fn done(&self, words: &[&str]) -> String {
        let output = self.monday(".", words);
        assert!(output.status.success(), "{words:?}: {}", complained(&output));
        printed(&output)
    }

    /// `cargo check` with a program that uses the generated code.
    fn check(&self, name: &str, body: &str) -> Output {
        self.write(&format!("examples/{name}.rs"), body);
        let exe = Path::new(env!("CARGO_BIN_EXE_cargo-monday"));
        let target = exe.ancestors().nth(2).unwrap().join("outside");
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["check", "--offline", "--quiet", "--example", name]).current_dir(self.0.path());
        cargo.env("CARGO_TARGET_DIR", target).env_remove("RUSTFLAGS").output().unwrap()
    }
}

fn printed(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn complained(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

const FRAGMENT: &str = "fragment Person on User {\n  id\n  name\n  photo_thumb\n}\n";

const TEAM: &str = "# Who works on a board.\nquery TeamOfBoard($id: ID!) {\n  boards(ids: [$id]) {\n    id\n    state\n    \
    owners {\n      ...Person\n      is_admin\n      email\n    }\n  }\n}\n";

const PROGRAM: &str = "\
use orders::operations::{MyBoards, TeamOfBoard, team_of_board::TeamOfBoardData};

fn names(data: TeamOfBoardData) -> Vec<String> {
    let boards = data.boards.into_iter().flatten().flatten();
    boards.flat_map(|board| board.owners.into_iter().flatten()).map(|owner| owner.person.name.clone()).collect()
}

fn main() {
    let (team, boards) = (TeamOfBoard { id: 7.into() }, MyBoards { limit: Some(3) });
    let _ = (team, boards, names);
}
";

#[test]
fn a_repository_goes_from_init_to_the_lines_that_the_next_version_breaks() {
    let repository = Repository::new();
    let other = tempfile::tempdir().unwrap();
    let (old, new) = versions(other.path());
    let (old, new) = (old.to_str().unwrap(), new.to_str().unwrap());

    let said = repository.done(&["init", "--api-version", "2026-07", "--from", old]);
    for file in ["monday.toml", "queries/my_boards.graphql", ".github/workflows/monday-schema.yml"] {
        assert!(said.contains(&format!("wrote    {file}\n")), "{said}");
        assert!(repository.path(file).is_file(), "{file}");
    }
    assert!(repository.read("monday.toml").contains("api-version = \"2026-07\"\n"));
    assert!(repository.read("schema/schema.lock.toml").contains("2026-07"));
    let workflow = repository.read(".github/workflows/monday-schema.yml");
    assert!(
        workflow.contains("git add -- schema\n") && workflow.contains("git add -- src/monday/generated;")
    );
    // What is there already stays as it is.
    repository.write("monday.toml", &repository.read("monday.toml").replace("# What", "# Mine: what"));
    let again = repository.done(&["init", "--api-version", "2026-07", "--from", old]);
    assert!(again.contains("kept     monday.toml\n") && !again.contains("wrote"), "{again}");
    assert!(repository.read("monday.toml").contains("# Mine"));

    repository.write("queries/fragments/person.graphql", FRAGMENT);
    repository.write("queries/boards/team_of_board.graphql", TEAM);
    let made = repository.done(&["codegen"]);
    assert!(made.starts_with("3 of 3 generated files changed"), "{made}");
    let checked = repository.check("old", PROGRAM);
    assert!(checked.status.success(), "{}", complained(&checked));
    assert_eq!(repository.done(&["codegen", "--check"]), "3 generated files are up to date\n");

    // From below the root as well: the configuration is looked for upwards.
    let impact = repository.monday("queries", &["schema", "impact", "--to", new]);
    assert_eq!(impact.status.code(), Some(1), "{}", complained(&impact));
    let report = printed(&impact);
    for line in ["queries/fragments/person.graphql:4:3", "queries/boards/team_of_board.graphql:8:7"] {
        assert!(report.contains(line), "{report}");
    }
    assert!(report.contains("TeamOfBoard") && !report.contains("MyBoards"), "{report}");

    repository.done(&["schema", "fetch", "--version", "2026-10", "--from", new]);
    let refused = repository.monday(".", &["codegen"]);
    assert_eq!(refused.status.code(), Some(2));
    let told = complained(&refused);
    assert!(told.contains("queries/fragments/person.graphql:4:3") && told.contains("photo_thumb"), "{told}");
    let same = repository.done(&["schema", "diff", "--from", "2026-10"]);
    assert!(same.starts_with("2026-10 -> 2026-10: no changes"), "the pinned one is the new one: {same}");

    repository.write("queries/fragments/person.graphql", &FRAGMENT.replace("  photo_thumb\n", ""));
    repository.write("queries/boards/team_of_board.graphql", &TEAM.replace("      is_admin\n", ""));
    let stale = repository.monday(".", &["codegen", "--check"]);
    assert_eq!(stale.status.code(), Some(1));
    assert!(printed(&stale).contains("src/monday/generated/team_of_board.rs"), "{}", printed(&stale));
    repository.done(&["codegen"]);
    let checked = repository.check("new", PROGRAM);
    assert!(checked.status.success(), "{}", complained(&checked));

    // A document that is gone takes its file along, and nobody else's.
    repository.write("src/monday/generated/mine.rs", "//! Mine.\n");
    fs::remove_file(repository.path("queries/my_boards.graphql")).unwrap();
    let made = repository.done(&["codegen"]);
    assert!(made.contains("src/monday/generated/my_boards.rs") && !made.contains("mine.rs"), "{made}");
    assert!(!repository.path("src/monday/generated/my_boards.rs").exists());
    assert!(repository.path("src/monday/generated/mine.rs").exists());
}

#[test]
fn what_monday_says_of_a_field_stands_in_the_code_unless_it_is_not_wanted() {
    let repository = Repository::new();
    let described = fs::read_to_string(workspace().join("schema/monday.graphql")).unwrap().replace(
        "type User {\n",
        "type User {\n  \"\"\"\n  How bright [they] are.\n  \"\"\"\n  brightness: Int\n  \"Of `all`, \\\"really\\\"\" glow(at: Int): String\n",
    );
    repository.write("described.graphql", &described);
    repository.done(&["init", "--from", "described.graphql", "--api-version", "2026-10"]);
    assert!(repository.read("schema/monday.graphql").contains("How bright [they] are."));
    repository.write("queries/me.graphql", "query Glow { me { brightness glow(at: 1) name } }");
    repository.done(&["codegen"]);
    let made = repository.read("src/monday/generated/me.rs");
    for docs in ["/// How bright [they] are.\n", "/// Of `all`, \"really\"\n"] {
        assert!(made.contains(docs), "{made}");
    }
    repository.done(&["schema", "fetch", "--from", "described.graphql", "--no-descriptions"]);
    assert!(!repository.read("schema/monday.graphql").contains("How bright"));
    repository.done(&["codegen"]);
    assert!(!repository.read("src/monday/generated/me.rs").contains("How bright"));
}

#[test]
fn bad_input_is_told_and_changes_nothing() {
    let repository = Repository::new();
    let before = |repository: &Repository| fs::read_dir(repository.0.path()).unwrap().count();
    let count = before(&repository);
    let cases: [(&[&str], &str); 4] = [
        (&["codegen"], "cargo monday init"),
        (&["init", "--endpoint", "http://127.0.0.1:1/schema"], "could not be fetched"),
        (&["schema", "impact", "--to", "2026-01"], "schema/monday.graphql"),
        (&["init", "--from", "Cargo.toml"], "is not taken"),
    ];
    for (words, reason) in cases {
        let output = repository.monday(".", words);
        assert_eq!(output.status.code(), Some(2), "{words:?}");
        assert!(complained(&output).contains(reason), "{words:?}: {}", complained(&output));
        assert_eq!(before(&repository), count, "{words:?}");
    }
    repository.write("monday.toml", "schemas = \"x\"\n");
    let output = repository.monday(".", &["codegen"]);
    let told = complained(&output);
    assert!(told.contains("monday.toml") && told.contains("unknown field `schemas`"), "{told}");
}

#[test]
fn a_fetch_that_is_killed_leaves_the_old_schema() {
    let repository = Repository::new();
    let schema = workspace().join("schema/monday.graphql");
    repository.done(&["init", "--from", schema.to_str().unwrap(), "--api-version", "2026-10"]);
    let files =
        || ["monday.graphql", "schema.lock.toml"].map(|name| repository.read(&format!("schema/{name}")));
    let before = files();
    // A server that sends half of a schema, and then nothing.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}/v2/get_schema", listener.local_addr().unwrap());
    let mut child = Command::new(env!("CARGO_BIN_EXE_cargo-monday"))
        .args(["monday", "schema", "fetch", "--endpoint", &endpoint])
        .current_dir(repository.0.path())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut stream, _) = listener.accept().unwrap();
    let half = &before[0].as_bytes()[..before[0].len() / 2];
    write!(stream, "HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n", before[0].len()).unwrap();
    stream.write_all(half).unwrap();
    thread::sleep(Duration::from_millis(300));
    child.kill().unwrap();
    child.wait().unwrap();
    assert_eq!(files(), before);
    let left: Vec<_> =
        fs::read_dir(repository.path("schema")).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "{left:?}");
}

#[test]
fn what_stands_in_rust_is_told_at_its_line() {
    let repository = Repository::new();
    let schema = |fields: &str| {
        format!(
            "type Query {{ me: User boards: [User] }} type Mutation {{ touch: ID }} type User {{ id: ID {fields} }}"
        )
    };
    repository.write("old.graphql", &schema("age: Int nick: String"));
    repository.write("new.graphql", &schema(""));
    repository.write(
        "src/lib.rs",
        "//! A program.\n\nmonday_sdk::operation!(\"query Mine { me { id \\n age } }\");\nmod inner {\n    \
         monday_sdk::operation!(r#\"\n        query Mine { me { nick ...Part } }\n    \"#);\n    \
         monday_sdk::operation!(path = \"graphql/boards.graphql\", fragments = [\"graphql/part.graphql\"]);\n}\n",
    );
    repository.write("graphql/boards.graphql", "query Boards { boards { ...Part } }\n");
    repository.write("graphql/part.graphql", "fragment Part on User {\n  age\n}\n");
    repository.write(
        "tests/more.rs",
        "monday_sdk::operation!(\"query More { me { id } }\");\nmonday_sdk::operation!(\"gone.graphql\");\n",
    );
    let between = ["schema", "impact", "--from", "old.graphql", "--to", "new.graphql"];
    let output = repository.monday(".", &between);
    assert_eq!(output.status.code(), Some(1), "{}", complained(&output));
    insta::assert_snapshot!("impact_in_rust", format!("{}\n{}", printed(&output), complained(&output)));

    // What is named is what is looked at, and only that.
    let named = [&between[..], &["--sources", "tests"]].concat();
    let output = repository.monday(".", &named);
    assert!(output.status.success() && printed(&output).contains("no operation"), "{}", printed(&output));
    repository.write("monday.toml", "sources = [\"rust\"]\n");
    let output = repository.monday(".", &between);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        complained(&output).contains("rust: `sources` of monday.toml names it"),
        "{}",
        complained(&output)
    );
}
