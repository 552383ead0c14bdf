//! This repository's chores. `cargo xtask --help` lists them.
//!
//! Calls `monday-codegen` for everything that is more than reading and writing files.

mod codegen;
mod compile_times;
mod queries;
mod schema;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Chores of this repository")]
struct Arguments {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// The committed schema.
    #[command(subcommand)]
    Schema(schema::Command),
    /// The documents under `queries/`.
    #[command(subcommand)]
    Queries(queries::Command),
    /// Generate the code under `generated/` from `schema/` and `queries/`.
    Codegen(codegen::Arguments),
    /// Measure what the SDK costs to compile, in packages like a user's. Takes minutes.
    CompileTimes,
}

/// An error with what to do about it.
type Failure = String;

fn main() -> ExitCode {
    let result = match Arguments::parse().chore {
        Chore::Schema(schema::Command::Fetch(arguments)) => schema::fetch(&arguments),
        Chore::Queries(command) => queries::run(&command),
        Chore::Codegen(arguments) => codegen::run(&arguments),
        Chore::CompileTimes => compile_times::run(),
    };
    match result {
        Ok(report) => {
            println!("{report}");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::FAILURE
        }
    }
}
