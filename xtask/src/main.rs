//! This repository's chores. `cargo xtask --help` lists them.
//!
//! Calls `monday-codegen` for everything that is more than reading and writing files, and `cargo-monday` for schemas.

mod bench;
mod codegen;
mod queries;
mod workspace;

use std::process::ExitCode;

use cargo_monday::outcome::Outcome;
use cargo_monday::{Failure, schema};
use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Schemas: fetch the committed one, compare two, see which operations feel a change.
    #[command(subcommand, after_help = schema::EXIT_CODES)]
    Schema(schema::Command),
    /// The documents under `queries/`.
    #[command(subcommand)]
    Queries(queries::Command),
    /// Generate the code under `generated/` from `schema/` and `queries/`.
    Codegen(codegen::Arguments),
    /// Measure what the SDK costs beside clients written by hand. Takes minutes.
    Bench(bench::Arguments),
}

fn main() -> ExitCode {
    let chore = Arguments::parse().chore;
    // Where 1 means that something breaks, an error is something else.
    let failed = if matches!(chore, Chore::Schema(_)) { ExitCode::from(2) } else { ExitCode::FAILURE };
    let result = match chore {
        Chore::Schema(command) => schema::run(&workspace::project(), &command),
        Chore::Queries(command) => queries::run(&command).map(Outcome::done),
        Chore::Codegen(arguments) => codegen::run(&arguments),
        Chore::Bench(arguments) => bench::run(&arguments).map(Outcome::done),
    };
    match result {
        Ok(outcome) => outcome.print(),
        Err(failure) => {
            eprintln!("error: {failure}");
            failed
        }
    }
}
