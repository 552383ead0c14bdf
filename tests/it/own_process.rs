//! A test in a process of its own: this binary again, running one ignored test.
//!
//! Must not know: what is tested.

use std::path::Path;

use tokio::process::Command;

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
