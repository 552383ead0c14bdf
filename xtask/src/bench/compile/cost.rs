//! What cargo takes: wall and CPU seconds, and the peak memory of the largest process.
//!
//! CPU seconds and memory come from the command `time` (Debian's package of that name). Must not know: what is
//! compiled.

use std::collections::BTreeSet;
use std::fmt;
use std::fs::{self, File};
use std::io;
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
    let saved = File::options().append(true).open(package.join(file));
    saved.and_then(|file| file.set_modified(SystemTime::now())).map_err(|error| error.to_string())?;
    measure(package, command, &environment)
}

/// Checks a package, edits a file, and measures the second time, incrementally.
pub(super) fn after_edit(package: &Path, file: &str, edit: fn(&str) -> String) -> Result<Cost, Failure> {
    let environment = [("CARGO_INCREMENTAL", "1")];
    measure(package, &["check"], &environment)?;
    edited(&package.join(file), edit, || measure(package, &["check"], &environment))
}

/// What is measured while a file is edited. It is as it was afterwards.
pub(super) fn edited(
    file: &Path,
    edit: fn(&str) -> String,
    measure: impl FnOnce() -> Result<Cost, Failure>,
) -> Result<Cost, Failure> {
    let failed = |error: io::Error| format!("{}: {error}", file.display());
    let text = fs::read_to_string(file).map_err(failed)?;
    fs::write(file, edit(&text)).map_err(failed)?;
    let cost = measure();
    fs::write(file, text).map_err(failed)?;
    cost
}

/// What a command of cargo's takes. Whether it compiles incrementally is as in the manifest, unless it is told.
pub(super) fn measure(
    package: &Path,
    command: &[&str],
    environment: &[(&str, &str)],
) -> Result<Cost, Failure> {
    let mut cargo = Command::new("/usr/bin/time");
    cargo.args(["-f", "%e %U %S %M", env!("CARGO")]).args(command).arg("--quiet").current_dir(package);
    cargo.env_remove("CARGO_INCREMENTAL").envs(environment.iter().copied());
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_edited_while_it_is_measured_and_then_as_it_was() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("main.rs");
        let text = || fs::read_to_string(&file).unwrap();
        fs::write(&file, "one\n").unwrap();
        for is_well in [true, false] {
            let cost = edited(
                &file,
                |text| format!("{text}two\n"),
                || {
                    assert_eq!(text(), "one\ntwo\n");
                    if is_well {
                        Ok(Cost { wall: 1.0, cpu: 1.0, peak_mb: 1 })
                    } else {
                        Err("it broke".into())
                    }
                },
            );
            assert_eq!(cost.is_ok(), is_well);
            assert_eq!(text(), "one\n");
        }
    }
}
