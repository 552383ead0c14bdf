//! `cargo bench --package monday-instructions`: counts the instructions of the hot paths with valgrind, and fails where
//! one takes more than it did.
//!
//! Counts are the same on every run and on every machine of one architecture and compiler, which times are not. Must not
//! know: what a path does.

use std::fmt::Write as _;
use std::process::{Command, ExitCode};

const PATHS: [&str; 3] = ["request", "decode", "views"];

/// So much more than noted is a regression: less is what another compiler does.
const TOLERANCE: f64 = 1.10;

/// What each path took, one a line.
const NOTED: &str = include_str!("instructions.txt");

fn main() -> ExitCode {
    let mut counted = String::new();
    let mut is_fine = true;
    for path in PATHS {
        let count = match count(path) {
            Ok(count) => count,
            Err(problem) => {
                eprintln!("{problem}");
                return ExitCode::FAILURE;
            }
        };
        let noted = noted(path);
        let ratio = count / noted;
        println!("{path}: {count:.0} instructions, {ratio:.3} of what is noted");
        is_fine &= ratio <= TOLERANCE;
        let _ = writeln!(counted, "{path} {count:.0}");
    }
    if is_fine {
        return ExitCode::SUCCESS;
    }
    eprintln!(
        "a hot path takes more than {TOLERANCE} of what is noted. If that is meant, benches/instructions/instructions.txt is now:\n{counted}"
    );
    ExitCode::FAILURE
}

fn noted(path: &str) -> f64 {
    let line = NOTED.lines().find_map(|line| line.strip_prefix(path)?.strip_prefix(' '));
    line.and_then(|count| count.trim().parse().ok()).unwrap_or(f64::NAN)
}

/// The instructions of one time, without those of the start.
fn count(path: &str) -> Result<f64, String> {
    const TIMES: u32 = 20;
    let one = whole(path, 1)?;
    let many = whole(path, 1 + TIMES)?;
    Ok((many - one) / f64::from(TIMES))
}

fn whole(path: &str, times: u32) -> Result<f64, String> {
    let mut valgrind = Command::new("valgrind");
    valgrind.args([
        "--tool=callgrind",
        "--callgrind-out-file=/dev/null",
        env!("CARGO_BIN_EXE_hot_paths"),
        path,
    ]);
    let output = valgrind.arg(times.to_string()).output();
    let output =
        output.map_err(|error| format!("valgrind ({error}): install it, Debian's package is `valgrind`"))?;
    let said = String::from_utf8_lossy(&output.stderr);
    let collected =
        said.split_once("Collected : ").and_then(|(_, rest)| rest.split_whitespace().next()?.parse().ok());
    collected.filter(|_| output.status.success()).ok_or_else(|| format!("{path} was not counted: {said}"))
}
