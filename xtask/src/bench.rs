//! `cargo xtask bench`: what the SDK costs beside clients written by hand.
//!
//! Every contender is a program of its own, and does a job against the same server in the same run. Must not know: what a
//! contender does.

mod compile;
mod contest;
mod jobs;
mod table;

use std::path::PathBuf;
use std::process::Command;

use clap::{Args, Subcommand};

use crate::{Failure, workspace};
use jobs::JOBS;
use table::Table;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// How often each contender does each job; the median counts. Jobs that take half a minute or more are done three
    /// times at most.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only jobs whose name begins like this: `me`, `items`, `start-up`, `upload`, `creates`.
    #[arg(long, default_value = "")]
    jobs: String,
}

#[derive(Subcommand)]
enum What {
    /// What the SDK costs to compile, in packages like a user's. Takes minutes; each row comes when it is done.
    Compile {
        /// Only rows whose name has this in it.
        #[arg(long, default_value = "")]
        only: String,
    },
}

pub(crate) fn run(arguments: &Arguments) -> Result<String, Failure> {
    if let Some(What::Compile { only }) = &arguments.what {
        return compile::run(only);
    }
    let programs = build()?;
    let (mut table, mut near) = (Table::default(), None);
    for job in JOBS.iter().filter(|job| job.name.starts_with(&arguments.jobs)) {
        let measured = contest::hold(&programs, &mut near, job, arguments.runs.max(1))?;
        eprint!("{}", table.add(job, &measured));
    }
    Ok(table.text())
}

/// Builds the contenders and their server, and says where they are.
fn build() -> Result<PathBuf, Failure> {
    let root = workspace::root();
    let mut cargo = Command::new(env!("CARGO"));
    cargo.args(["build", "--release", "--package", "monday-contenders"]).current_dir(&root);
    let status = cargo.status().map_err(|error| format!("cargo: {error}"))?;
    if !status.success() {
        return Err("the contenders cannot be built".into());
    }
    #[expect(clippy::disallowed_methods, reason = "cargo tells where it builds in no other way")]
    let target = std::env::var_os("CARGO_TARGET_DIR").map(PathBuf::from);
    Ok(target.unwrap_or_else(|| root.join("target")).join("release"))
}
