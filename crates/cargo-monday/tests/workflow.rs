//! The last step of the nightly workflows, run by bash with a real git and a `gh` that writes down what it is asked.
//!
//! Must not know: GitHub.

#![cfg(feature = "account")]
#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]
#![expect(clippy::disallowed_methods, reason = "a command is found where the tests' own are")]

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// The commands of the step with this name.
fn step(workflow: &str, name: &str) -> String {
    let (_, step) = workflow.split_once(&format!("- name: {name}\n")).unwrap();
    let (_, commands) = step.split_once("run: |\n").unwrap();
    let lines = commands.lines().take_while(|line| line.starts_with("          ")).map(|line| &line[10..]);
    lines.collect::<Vec<_>>().join("\n")
}

/// A repository with a remote, and a `gh` beside it that knows of so many pull requests.
struct Place {
    folder: TempDir,
    open: bool,
}

impl Place {
    fn new() -> Self {
        let this = Self { folder: tempfile::tempdir().unwrap(), open: false };
        this.bash(
            "git init --quiet --bare remote.git && git init --quiet --initial-branch main here && cd here \
             && git config user.name test && git config user.email test@example.com \
             && git remote add origin ../remote.git && mkdir -p schema src/monday/generated \
             && echo old >schema/monday.graphql && echo old >src/monday/generated/mod.rs && echo mine >README.md \
             && git add -A && git commit --quiet --message first && git push --quiet origin main",
        );
        fs::create_dir(this.path("bin")).unwrap();
        let gh = "#!/bin/sh\necho \"$*\" >>\"$ASKED\"\nif [ \"$2\" = list ]; then cat \"$OPEN\"; fi\n";
        fs::write(this.path("bin/gh"), gh).unwrap();
        fs::set_permissions(this.path("bin/gh"), fs::Permissions::from_mode(0o755)).unwrap();
        this
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn bash(&self, commands: &str) -> String {
        let mut bash = Command::new("bash");
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        bash.args(["-e", "-c", commands]).current_dir(self.folder.path()).env("PATH", path);
        bash.env("RUNNER_TEMP", self.folder.path()).env("CODEGEN", "success").env("TESTS", "failure");
        bash.env("SCHEMA", "schema").env("GENERATED", "src/monday/generated");
        bash.env("ASKED", self.path("asked")).env("OPEN", self.path("open"));
        let output = bash.output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    /// Runs the step; what `gh` was asked.
    fn run(&self, commands: &str) -> String {
        fs::write(self.path("open"), if self.open { "7\n" } else { "" }).unwrap();
        fs::write(self.path("asked"), "").unwrap();
        fs::write(self.path("report.md"), "# What changed\n").unwrap();
        self.bash(&format!("cd here && git switch --quiet main\n{commands}"));
        fs::read_to_string(self.path("asked")).unwrap()
    }
}

fn tell(workflow: &str, branch: &str, takes_all: bool) {
    let commands = step(workflow, "one pull request with the report");
    let mut place = Place::new();
    assert_eq!(place.run(&commands), "", "nothing changed, and nobody is asked");

    fs::write(place.path("here/schema/monday.graphql"), "new").unwrap();
    fs::write(place.path("here/notes.txt"), "not ours").unwrap();
    let asked = place.run(&commands);
    assert!(asked.contains(&format!("pr create --head {branch} ")), "{asked}");
    let report = fs::read_to_string(place.path("report.md")).unwrap();
    assert!(
        report.starts_with("# What changed\n") && report.contains("codegen: success, tests: failure"),
        "{report}"
    );
    let sent = place.bash(&format!("git --git-dir remote.git show --stat --format=%s {branch}"));
    assert!(sent.contains("monday's schema has changed") && sent.contains("monday.graphql"), "{sent}");
    assert_eq!(sent.contains("notes.txt"), takes_all, "{sent}");

    // The next night: the same pull request has the newer report.
    place.open = true;
    place.bash("cd here && git stash --quiet --include-untracked || true");
    place.bash("cd here && git switch --quiet main && echo newer >schema/monday.graphql");
    let asked = place.run(&commands);
    assert!(asked.contains(&format!("pr edit {branch} ")) && !asked.contains("pr create"), "{asked}");
}

#[test]
fn a_repository_of_a_users_has_one_pull_request() {
    let text =
        fs::read_to_string(workspace().join("crates/cargo-monday/src/init/monday-schema.yml")).unwrap();
    let text = text.replace("SCHEMA", "schema").replace("GENERATED", "src/monday/generated");
    tell(&text, "monday-schema", false);
}

#[test]
fn so_has_one_that_calls_the_reusable_workflow() {
    let text = fs::read_to_string(workspace().join(".github/workflows/monday-schema.yml")).unwrap();
    tell(&text, "monday-schema", false);
}

#[test]
fn so_has_this_one() {
    let text = fs::read_to_string(workspace().join(".github/workflows/schema-refresh.yml")).unwrap();
    tell(&text, "schema-refresh", true);
}
