//! The command, as a process of its own.
//!
//! Must not know: how a sandbox answers.

use std::io::{BufRead as _, BufReader, Read as _};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use monday_sandbox::Seed;
use rustix::process::{Pid, Signal, kill_process};
use serde_json::json;

use crate::asked::asked;

/// A running command, which ends with the test.
struct Running {
    child: Child,
    address: String,
    token: String,
}

impl Drop for Running {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_monday-sandbox"));
        command.args(["--port", "0"]).args(arguments).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
        let mut behind = |word: &str| {
            let line = lines.find(|line| line.contains(word)).unwrap();
            line.split_once(word).unwrap().1.to_owned()
        };
        let address = behind("http://").trim_end_matches("/v2").to_owned();
        let token = behind("Authorization: ");
        Self { child, address, token }
    }

    async fn ask(&self, query: &str) -> Option<serde_json::Value> {
        asked(&self.address, &self.token, query).await
    }

    fn signal(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }

    /// Whether it ended well after a signal.
    fn ends(mut self) -> bool {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.success();
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

fn folder(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

fn eventually(what: &str, is_so: impl Fn() -> bool) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < Duration::from_secs(20), "{what}");
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[tokio::test]
async fn a_second_process_serves_a_seed_with_faults_and_leaves_a_snapshot() {
    let folder = folder("command");
    let (seed, snapshot) = (folder.join("account.yaml"), folder.join("after.yaml"));
    std::fs::write(&seed, "boards: [{name: Bugs, items: [Typo]}]").unwrap();
    let _ = std::fs::remove_file(&snapshot);
    let running = Running::start(&[
        "--seed",
        seed.to_str().unwrap(),
        "--snapshot",
        snapshot.to_str().unwrap(),
        "--faults",
        "create_item: 2nd lost",
        "--latency",
        "1..2ms",
        "--plan",
        "pro",
    ]);
    let boards = running.ask("{ boards { name } }").await.unwrap();
    assert_eq!(boards["data"], json!({"boards": [{"name": "Bugs"}]}));
    let create = "mutation { create_item(board_id: 2000000001, item_name: \"New\") { id } }";
    assert!(running.ask(create).await.is_some());
    running.signal(Signal::USR1);
    eventually("a snapshot is written", || snapshot.exists());
    let names = |path| {
        let seed = Seed::from_file(path).unwrap();
        seed.boards[0].listed().iter().map(|item| item.name.clone()).collect::<Vec<_>>()
    };
    assert_eq!(names(&snapshot), ["Typo", "New"]);
    assert!(running.ask(create).await.is_none(), "its answer is lost, and it is done");
    running.signal(Signal::INT);
    assert!(running.ends());
    assert_eq!(names(&snapshot), ["Typo", "New", "New"]);
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn help_teaches_by_examples_that_work() {
    let help = Command::new(env!("CARGO_BIN_EXE_monday-sandbox")).arg("--help").output().unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    let seed = help.split_once("A seed:\n").unwrap().1.split_once("\nA rule of").unwrap().0;
    let seed = Seed::from_yaml(seed).unwrap();
    assert!(monday_sandbox::Sandbox::builder().seed(seed).is_ok());
    let script = help.split_once("--faults '").unwrap().1.split_once('\'').unwrap().0;
    assert!(script.parse::<monday_sandbox::FaultScript>().is_ok(), "{script}");
}

#[test]
fn what_the_page_on_seeds_shows_is_read() {
    let page =
        std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/sandbox-seeds.md")).unwrap();
    let shown = |fence: &str| page.split_once(fence).unwrap().1.split_once("```").unwrap().0.to_owned();
    let seed = Seed::from_yaml(&shown("```yaml\n")).unwrap();
    seed.check().unwrap();
    assert_eq!((seed.boards[0].listed().len(), seed.boards[0].updates().count()), (2, 2));
    assert_eq!((seed.documents[1].blocks.len(), seed.notifications.len()), (2, 1));
    assert!(shown("```text\n").parse::<monday_sandbox::FaultScript>().is_ok());
}

#[test]
fn what_cannot_be_started_is_told_and_ends_with_2() {
    let folder = folder("refused");
    let seed = folder.join("wrong.yaml");
    std::fs::write(&seed, "boards:\n- nam: Bugs\n").unwrap();
    let (seed, rules) = (seed.to_str().unwrap().to_owned(), folder.join("rules"));
    std::fs::write(&rules, "lost\nlots").unwrap();
    for (arguments, says) in [
        (["--seed", seed.as_str()], "wrong.yaml: line 2, column 3: unknown field `nam`"),
        (["--faults", "3rd lots"], "--faults, line 1, `3rd lots`: `lots` is no fault"),
        (["--faults", rules.to_str().unwrap()], "rules, line 2, `lots`"),
        (["--latency", "soon"], "`soon` is no time"),
        (["--seed", "gone.yaml"], "gone.yaml: "),
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_monday-sandbox"))
            .args(["--port", "0"])
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        child.stderr.take().unwrap().read_to_string(&mut said).unwrap();
        assert_eq!(child.wait().unwrap().code(), Some(2), "{said}");
        assert!(said.contains(says), "{said}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}
