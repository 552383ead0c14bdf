//! Clients that are not ours believe the sandbox: monday's own for JavaScript, and one for Python.
//!
//! They come from npm and PyPI, so these tests run on demand: see CONTRIBUTING.md. What each does stands in
//! `tests/fixtures/foreign_clients`, what it got in the snapshots. Must not know: how the sandbox answers.

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use monday_sandbox::{Fault, Outcome, Refused, Rule, Sandbox, UsedCredential};
use tokio::process::Command;

use crate::support::{root, within};

/// With the installation.
const LIMIT: Duration = Duration::from_mins(5);

/// Copies the story into a folder of the run.
fn story(language: &str, folder: &Path) {
    for entry in std::fs::read_dir(root().join("tests/fixtures/foreign_clients").join(language)).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            std::fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
}

/// Runs a command in that folder to its end: what it printed.
async fn run(folder: &Path, program: &str, arguments: &[&str], sandbox: Option<&Sandbox>) -> String {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(Stdio::null()).kill_on_drop(true);
    if let Some(sandbox) = sandbox {
        command
            .env("SANDBOX_URL", sandbox.url())
            .env("SANDBOX_TOKEN", sandbox.personal_token())
            .env("SANDBOX_BOARD", sandbox.large_board_id())
            .env("SANDBOX_FILE", folder.join("note.txt"))
            // Whatever stands between this machine and others is not for loopback.
            .env("NO_PROXY", "127.0.0.1");
    }
    let output = within(LIMIT, command.output()).await;
    let output = output.unwrap_or_else(|error| panic!("{program} cannot be started: {error}"));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{program}: {text}{}", String::from_utf8_lossy(&output.stderr));
    text
}

/// A sandbox that refuses two operations, the first time they come.
async fn sandbox() -> Sandbox {
    let sandbox = Sandbox::builder().items(25).start().await.unwrap();
    let complexity = Fault::Refuse(Refused::new("COMPLEXITY_BUDGET_EXHAUSTED").retry_in(Some(7)));
    sandbox.faults().rule(Rule::always(complexity).matching("Complexity").times(1));
    let minute = Fault::refuse("MINUTE_RATE_LIMIT_EXCEEDED");
    sandbox.faults().rule(Rule::always(minute).matching("RateLimit").times(1));
    sandbox
}

/// Without the ids and the port, which are of the run.
fn steady(said: &str, sandbox: &Sandbox) -> String {
    let said = said.replace(&sandbox.address().to_string(), "SANDBOX");
    let lines = said.lines().map(|line| match line.split_once("request_id=\\\"") {
        Some((before, id)) => {
            let after = id.split_once('"').map_or("", |(_, after)| after);
            format!("{before}request_id=\\\"ID\\\"{after}")
        }
        None => line.to_owned(),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the sandbox has to say of the story, whoever told it.
fn believed(sandbox: &Sandbox, name: &str) {
    let names = sandbox.item_names(sandbox.large_board_id());
    assert_eq!((names.len(), names.iter().filter(|known| *known == name).count()), (26, 1));
    for (field, times) in [("create_item", 1), ("create_update", 1), ("add_file_to_column", 1)] {
        assert_eq!(sandbox.seen().writes(field), times, "{field}");
    }
    for operation in ["Complexity", "RateLimit"] {
        let first = &sandbox.requests_of(operation)[0];
        assert_eq!((first.outcome(), first.status()), (Some(Outcome::Refused), Some(429)));
    }
    let stranger = sandbox.received_requests().pop().unwrap();
    assert_eq!((stranger.credential(), stranger.status()), (&UsedCredential::Unknown, Some(401)));
}

#[tokio::test]
#[ignore = "installs from npm; run on demand"]
async fn mondays_javascript_client_believes_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    story("javascript", folder.path());
    let install = ["install", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"];
    run(folder.path(), "npm", &install, None).await;
    let sandbox = sandbox().await;
    let said = run(folder.path(), "node", &["story.js"], Some(&sandbox)).await;
    insta::assert_snapshot!("foreign_client_javascript", steady(&said, &sandbox));
    believed(&sandbox, "Made in JavaScript");
    let me = sandbox.expect("getMeOp").with_credential(UsedCredential::PersonalToken).once();
    assert!(me.header("api-sdk-version").is_some() && me.header("api-version").is_some());
}

#[tokio::test]
#[ignore = "installs from PyPI; run on demand"]
async fn a_python_client_believes_the_sandbox() {
    let folder = tempfile::tempdir().unwrap();
    story("python", folder.path());
    std::fs::write(folder.path().join("note.txt"), "twelve bytes").unwrap();
    run(folder.path(), "python3", &["-m", "venv", "venv"], None).await;
    let python = folder.path().join("venv/bin/python");
    let python = python.to_str().unwrap();
    let install =
        ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", "requirements.txt"];
    run(folder.path(), python, &install, None).await;
    let sandbox = sandbox().await;
    let said = run(folder.path(), python, &["story.py"], Some(&sandbox)).await;
    insta::assert_snapshot!("foreign_client_python", steady(&said, &sandbox));
    believed(&sandbox, "Made in Python");
}
