//! `login`.
//!
//! Must not know: the other commands.

use clap::Args;

use crate::Failure;
use crate::outcome::Outcome;

/// What `login` takes.
#[derive(Args)]
pub struct Arguments {}

/// Runs it.
pub fn run(_arguments: &Arguments) -> Result<Outcome, Failure> {
    Err("not yet".to_owned())
}
