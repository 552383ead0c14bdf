//! The program `cargo-monday`, which cargo runs as `cargo monday`.
//!
//! Must not know: what the commands do.

use std::process::ExitCode;

use cargo_monday::outcome::Outcome;
use cargo_monday::project::Project;
use cargo_monday::{Failure, account, codegen, init, schema};
use clap::{Parser, Subcommand};

/// cargo gives its subcommands their own name as the first argument.
#[derive(Parser)]
#[command(name = "cargo", bin_name = "cargo")]
enum Cargo {
    Monday(Arguments),
}

/// monday.com's schema in this repository, what its changes break here, and boards as structs.
#[derive(clap::Args)]
#[command(version, after_help = HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

const HELP: &str = "\
A first day:
  cargo monday init                 a schema, monday.toml, a nightly workflow
  cargo monday login                a token, kept for the commands below
  cargo monday board pull 123456    a struct for the board's items
  cargo monday schema check         which of your operations would break today";

#[derive(Subcommand)]
enum Command {
    /// Pin a schema here, and write monday.toml and a nightly workflow.
    Init(init::Arguments),
    /// Schemas: fetch the pinned one, compare two, see which operations feel a change.
    #[command(subcommand, after_help = schema::EXIT_CODES)]
    Schema(schema::Command),
    /// Generate Rust for the documents of this repository, against its own schema.
    Codegen(codegen::Arguments),
    /// Boards as structs.
    #[command(subcommand)]
    Board(account::board::Command),
    /// Write boards of an account into a seed for the sandbox, with personal data replaced.
    Record(account::record::Arguments),
    /// Get a token, and keep it.
    Login(account::login::Arguments),
    /// Say what is set up here, what is not, and what to do about it.
    Doctor(account::doctor::Arguments),
}

fn main() -> ExitCode {
    let Cargo::Monday(Arguments { command }) = Cargo::parse();
    match run(&command) {
        Ok(outcome) => outcome.print(),
        Err(failure) => {
            eprintln!("error: {failure}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<Outcome, Failure> {
    let here = std::env::current_dir().map_err(|error| format!("the current folder: {error}"))?;
    let project = Project::find(&here, "cargo monday")?;
    match command {
        Command::Init(arguments) => init::run(&project, arguments),
        Command::Schema(command) => schema::run(&project, command),
        Command::Codegen(arguments) => codegen::run(&project, arguments),
        Command::Board(command) => account::board::run(&project, command),
        Command::Record(arguments) => account::record::run(arguments),
        Command::Login(arguments) => account::login::run(arguments),
        Command::Doctor(arguments) => account::doctor::run(&project, arguments),
    }
}
