//! `board`.
//!
//! Must not know: the other commands.

use clap::Args;

use crate::Failure;
use crate::outcome::Outcome;
use crate::project::Project;

/// Boards as structs.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Write a struct for a board's items, or bring it up to date.
    Pull(PullArguments),
}

/// What `board pull` takes.
#[derive(Args)]
pub struct PullArguments {
    /// The board's id.
    board: String,
}

/// Runs one of these commands.
pub fn run(_project: &Project, command: &Command) -> Result<Outcome, Failure> {
    let Command::Pull(arguments) = command;
    Err(format!("{}: not yet", arguments.board))
}
