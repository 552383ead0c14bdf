//! `cargo xtask bench`: what the SDK costs beside clients written by hand.
//!
//! Every contender is a program of its own, and does a job against the same server in the same run. Must not know: what a
//! contender does.

mod compile;
mod contest;
mod table;

use std::path::PathBuf;
use std::process::Command;

use clap::{Args, Subcommand};

use crate::{Failure, workspace};
use contest::Server;
use table::Table;

#[derive(Args)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    what: Option<What>,
    /// How often each contender does each job; the median counts.
    #[arg(long, default_value_t = 5)]
    runs: usize,
    /// Only jobs whose name begins like this: `me`, `items`, `start-up`, `upload`.
    #[arg(long, default_value = "")]
    jobs: String,
}

#[derive(Subcommand)]
enum What {
    /// What the SDK costs to compile, in packages like a user's. Takes minutes.
    Compile,
}

/// A job: its name for the contenders, what it is, how many, and who can do it.
struct Job {
    name: &'static str,
    about: &'static str,
    count: usize,
    is_far: bool,
    contenders: &'static [Contender],
}

/// A program, and the door it is told to take.
type Contender = (&'static str, &'static str);

const BASELINE: Contender = ("baseline", "");
const ALL: &[Contender] =
    &[BASELINE, ("graphql_client", ""), ("cynic", ""), ("sdk", "documents"), ("sdk", "structs")];
const ONE_DOOR: &[Contender] = &[BASELINE, ("graphql_client", ""), ("cynic", ""), ("sdk", "views")];
const TWO: &[Contender] = &[BASELINE, ("sdk", "")];

/// Items on the board of the near server, and of the far one.
const ITEMS: usize = 100_000;
const FAR_ITEMS: usize = 20_000;

const JOBS: &[Job] = &[
    Job {
        name: "me-in-turn",
        about: "20,000 `me`, one after the other",
        count: 20_000,
        is_far: false,
        contenders: ALL,
    },
    Job {
        name: "me-at-once",
        about: "20,000 `me`, 64 at once",
        count: 20_000,
        is_far: false,
        contenders: ALL,
    },
    Job {
        name: "items-kept",
        about: "100,000 items in 200 pages, kept, then summed",
        count: ITEMS,
        is_far: false,
        contenders: ONE_DOOR,
    },
    Job {
        name: "items-streamed",
        about: "the same, summed as they come",
        count: ITEMS,
        is_far: false,
        contenders: ONE_DOOR,
    },
    Job {
        name: "items-far",
        about: "20,000 items over 300 ms and 100 Mbit/s",
        count: FAR_ITEMS,
        is_far: true,
        contenders: TWO,
    },
    Job {
        name: "start-up",
        about: "50 clients, each with one `me`",
        count: 50,
        is_far: false,
        contenders: TWO,
    },
    Job { name: "upload", about: "a file of 1 GiB", count: 1 << 30, is_far: false, contenders: TWO },
];

pub(crate) fn run(arguments: &Arguments) -> Result<String, Failure> {
    if let Some(What::Compile) = arguments.what {
        return compile::run();
    }
    let programs = build()?;
    let mut table = Table::default();
    for is_far in [false, true] {
        let wanted = JOBS.iter().filter(|job| job.is_far == is_far && job.name.starts_with(&arguments.jobs));
        let wanted: Vec<&Job> = wanted.collect();
        if wanted.is_empty() {
            continue;
        }
        let server = Server::start(&programs, if is_far { FAR_ITEMS } else { ITEMS }, is_far)?;
        for job in wanted {
            let measured = contest::hold(&programs, &server, job, arguments.runs.max(1))?;
            table.add(job, &measured);
        }
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
