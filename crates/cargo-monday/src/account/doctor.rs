//! `doctor`: what is set up here, what is not, and what to do about it.
//!
//! Must not know: how any of it is set up.

mod account;
mod repository;

use std::fmt;

use clap::Args;

use super::connection::Account;
use crate::Failure;
use crate::outcome::Outcome;
use crate::project::Project;

/// What `doctor` takes.
#[derive(Args)]
#[command(after_help = HELP)]
pub struct Arguments {
    /// Ask nothing of monday.
    #[arg(long)]
    offline: bool,
    #[command(flatten)]
    account: Account,
}

const HELP: &str = "\
A line for each check: ok, warn (it works, and could be better) or wrong; below it what to do.
No token is shown, only its fingerprint.

Exit codes: 0 nothing is wrong; 1 something is; 2 the checks could not be made.";

/// How a check ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Ok,
    Warn,
    Wrong,
}

/// All checks, in the order they were made.
#[derive(Debug, Default)]
struct Checks(Vec<(Level, String)>);

impl Checks {
    fn ok(&mut self, what: impl fmt::Display) {
        self.0.push((Level::Ok, what.to_string()));
    }

    fn warn(&mut self, what: impl fmt::Display, advice: impl fmt::Display) {
        self.0.push((Level::Warn, format!("{what}\n-> {advice}")));
    }

    fn wrong(&mut self, what: impl fmt::Display, advice: impl fmt::Display) {
        self.0.push((Level::Wrong, format!("{what}\n-> {advice}")));
    }

    /// Wrong, by an error that has its advice.
    fn failed(&mut self, what: &str, error: &str) {
        self.0.push((Level::Wrong, format!("{what}: {error}")));
    }
}

impl fmt::Display for Checks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (level, text) in &self.0 {
            let level = match level {
                Level::Ok => "ok",
                Level::Warn => "warn",
                Level::Wrong => "wrong",
            };
            writeln!(f, "{level:6} {}", text.replace('\n', "\n       "))?;
        }
        Ok(())
    }
}

/// Runs it.
pub fn run(project: &Project, arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut checks = Checks::default();
    repository::check(project, &mut checks);
    account::check(project, arguments, &mut checks)?;
    let is_breaking = checks.0.iter().any(|(level, _)| *level == Level::Wrong);
    Ok(Outcome { is_breaking, ..Outcome::done(checks.to_string()) })
}
