//! `doctor`.
//!
//! Must not know: the other commands.

use clap::Args;

use crate::Failure;
use crate::outcome::Outcome;
use crate::project::Project;

/// What `doctor` takes.
#[derive(Args)]
pub struct Arguments {}

/// Runs it.
pub fn run(_project: &Project, _arguments: &Arguments) -> Result<Outcome, Failure> {
    Err("not yet".to_owned())
}
