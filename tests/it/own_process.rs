//! A test in a process of its own: this binary again, running one ignored test.
//!
//! Must not know: what is tested.

use std::path::Path;
use std::time::Duration;

use tokio::process::Command;

use crate::support::within;

/// What a process says of its memory.
const GREW_BY: &str = "grew by ";

/// The process; it finds its orders in the environment, those of the caller beside these two.
pub(crate) fn process(test: &str, origin: &str, folder: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", test, "--ignored", "--nocapture"]);
    command.env("TEST_ORIGIN", origin).env("TEST_FOLDER", folder).kill_on_drop(true);
    command
}

/// What this process was told; `None` outside of [`process`].
#[expect(clippy::disallowed_methods, reason = "a process of a test is told by its environment what to do")]
pub(crate) fn told(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

/// The most memory that this process has held so far, in KiB.
pub(crate) fn peak_memory() -> usize {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
    line.trim().trim_end_matches(" kB").parse().unwrap()
}

/// Says by how much it has grown since then.
pub(crate) fn say_growth(before: usize) {
    println!("{GREW_BY}{}", peak_memory() - before);
}

/// Runs a process to its end: how much it has grown as it said, in KiB.
pub(crate) async fn growth(limit: Duration, mut command: Command) -> usize {
    let output = within(limit, command.output()).await.unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.status.success(), "{text}{}", String::from_utf8_lossy(&output.stderr));
    let grown = text.lines().find_map(|line| line.strip_prefix(GREW_BY)).expect("it says how much");
    println!("the process grew by {grown} KiB");
    grown.parse().unwrap()
}
