//! What cargo takes: wall and CPU seconds, and the peak memory of the largest process.
//!
//! CPU seconds and memory come from the command `time` (Debian's package of that name). Must not know: what is
//! compiled.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::path::Path;
use std::process::Command;
use std::time::SystemTime;

use crate::Failure;

/// What one compilation took.
pub(super) struct Cost {
    pub(super) wall: f64,
    pub(super) cpu: f64,
    pub(super) peak_mb: u64,
}

impl fmt::Display for Cost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:.2} s wall, {:.2} s CPU, {} MB", self.wall, self.cpu, self.peak_mb)
    }
}

/// Compiles a package, and measures how long its own crate takes once more. Nothing in it changes.
pub(super) fn again(package: &Path, file: &str, command: &[&str]) -> Result<Cost, Failure> {
    let environment = [("CARGO_INCREMENTAL", "0")];
    measure(package, command, &environment)?;
    once_more(package, file, command, &environment)
}

/// What a command takes that was run before, after a file was saved as it was.
pub(super) fn once_more(
    package: &Path,
    file: &str,
    command: &[&str],
    environment: &[(&str, &str)],
) -> Result<Cost, Failure> {
    let saved = File::options().append(true).open(package.join(file));
    saved.and_then(|file| file.set_modified(SystemTime::now())).map_err(|error| error.to_string())?;
    measure(package, command, environment)
}

/// Checks a package, edits a file, and measures the second time, incrementally.
pub(super) fn after_edit(package: &Path, file: &str, edit: fn(&str) -> String) -> Result<Cost, Failure> {
    let (environment, path) = ([("CARGO_INCREMENTAL", "1")], package.join(file));
    measure(package, &["check"], &environment)?;
    let text = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    fs::write(&path, edit(&text)).map_err(|error| error.to_string())?;
    measure(package, &["check"], &environment)
}

/// What a command of cargo's takes.
pub(super) fn measure(
    package: &Path,
    command: &[&str],
    environment: &[(&str, &str)],
) -> Result<Cost, Failure> {
    let mut cargo = Command::new("/usr/bin/time");
    cargo.args(["-f", "%e %U %S %M", env!("CARGO")]).args(command).arg("--quiet").current_dir(package);
    cargo.envs(environment.iter().copied());
    eprint!("{}: cargo {}: ", package.file_name().unwrap_or_default().display(), command.join(" "));
    let output = cargo.output().map_err(|error| {
        format!("{error}: this chore needs cargo and /usr/bin/time (Debian's package `time`)")
    })?;
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    if !output.status.success() {
        return Err(format!("{}: {said}", package.display()));
    }
    let figures: Vec<f64> =
        said.lines().last().unwrap_or_default().split(' ').filter_map(|n| n.parse().ok()).collect();
    let [wall, user, system, kilobytes] = figures[..] else {
        return Err(format!("`time` said: {said}"));
    };
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "kilobytes of memory")]
    let peak_mb = kilobytes as u64 / 1024;
    let cost = Cost { wall, cpu: user + system, peak_mb };
    eprintln!("{cost}");
    Ok(cost)
}

/// How many crates a package needs, itself left out.
pub(super) fn crates(folder: &Path) -> Result<usize, Failure> {
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["tree", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"]).current_dir(folder);
    let output = cargo.output().map_err(|error| format!("cargo tree: {error}"))?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let names: BTreeSet<&str> = text.lines().map(|line| line.trim_end_matches(" (*)")).collect();
    Ok(names.len().saturating_sub(1))
}
