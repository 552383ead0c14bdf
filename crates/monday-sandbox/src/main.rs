//! `monday-sandbox`: the sandbox as a command, until it is interrupted.
//!
//! Must not know: how a request is answered.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::Parser;
use monday_sandbox::{Durations, FaultScript, Plan, Sandbox};

/// monday.com on loopback: the real schema, an account, and writes that later reads see.
#[derive(Parser)]
#[command(name = "monday-sandbox", version, after_long_help = EXAMPLES)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 4200)]
    port: u16,
    /// The account it starts with, in YAML or JSON: one that was written by hand, by --snapshot, or by `cargo monday
    /// record`. The format: docs/sandbox-seeds.md.
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Items on the large board of the sandbox's own account.
    #[arg(long, default_value_t = 10_000, conflicts_with = "seed")]
    items: usize,
    /// How long every request takes: 50ms, 1.5s, or between bounds, 50..200ms.
    #[arg(long, default_value = "0ms", value_name = "TIME")]
    latency: Durations,
    /// What goes wrong: a file with a rule on each line, or rules themselves.
    #[arg(long, value_name = "FILE|RULES")]
    faults: Option<String>,
    /// Enforces the limits of a plan: trial, standard, pro or enterprise.
    #[arg(long)]
    plan: Option<Plan>,
    /// Writes the account to this file when it is stopped, and on SIGUSR1; JSON where the name ends in .json, otherwise
    /// YAML.
    #[arg(long, value_name = "FILE")]
    snapshot: Option<PathBuf>,
}

const EXAMPLES: &str = "\
Examples:
  monday-sandbox
      six boards, one with 10,000 items, at http://127.0.0.1:4200/v2
  monday-sandbox --seed account.yaml --snapshot after.yaml
      an account of yours; after Ctrl-C, `diff account.yaml after.yaml` is what was written
  monday-sandbox --latency 50..200ms --plan pro
      as slow and as strict as monday
  monday-sandbox --faults 'create_item: 3rd lost; every 10th rate-limited'
      the answer to the third create_item is lost, and each tenth one is refused with 429

A seed:
  users: [Ada Example, {name: Ben Example, email: ben@sandbox.example}]
  boards:
    - name: Bugs
      columns:
        - {type: status, labels: [Open, Fixed]}
        - {id: due, type: date, title: Due}
      groups: [Now, Later]
      items:
        - Typo
        - name: Crash at start
          group: Later
          values: {status: {label: Open}, due: {date: 2026-12-24}}
          updates: [<p>Seen on Tuesday</p>]
    - {name: Many, items: {count: 500}}

A rule of --faults is [operation or root field:] [when] what.
  when: always, 3rd, every 3rd, first 3, 5%
  what: lost, closed, unauthorized, gateway 502, delay 50..200ms, late 50ms,
        rate-limited, exhausted, busy, locked, broken, refuse CODE;
        the last six take `status 503`, and `retry 3` or `retry none`

A seed from a real account, without its personal data: cargo monday record --help";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match run(arguments).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), String> {
    let Durations { least, most } = arguments.latency;
    let mut builder = Sandbox::builder().port(arguments.port).items(arguments.items).latency(least, most);
    if let Some(plan) = arguments.plan {
        builder = builder.plan(plan);
    }
    if let Some(path) = &arguments.seed {
        builder = builder.seed_file(path).map_err(|error| error.to_string())?;
    }
    if let Some(script) = &arguments.faults {
        builder = builder.faults(faults(script)?);
    }
    let mut signals = Signals::new().map_err(|error| format!("signals: {error}"))?;
    let port = arguments.port;
    let sandbox = builder.start().await.map_err(|error| format!("port {port}: {error}"))?;
    greet(&sandbox, arguments.seed.is_some());
    loop {
        let is_end = signals.next().await == Signal::End;
        if let Some(path) = &arguments.snapshot {
            save(&sandbox, path)?;
        }
        if is_end {
            return Ok(());
        }
    }
}

fn greet(sandbox: &Sandbox, is_seeded: bool) {
    let large = if is_seeded { String::new() } else { format!("large board {}; ", sandbox.large_board_id()) };
    let lines = [
        format!("GraphQL   POST {}", sandbox.url()),
        format!("schema    GET  {}/get_schema?format=sdl", sandbox.url()),
        format!("files     POST {}/file", sandbox.url()),
        format!("token     Authorization: {}", sandbox.personal_token()),
        format!("OAuth     Authorization: Bearer {}", sandbox.oauth_token()),
        format!("{large}stop with Ctrl-C\n"),
    ];
    // Whoever started it may not read what it says.
    let _ = std::io::stdout().write_all(lines.join("\n").as_bytes());
}

fn save(sandbox: &Sandbox, path: &Path) -> Result<(), String> {
    let saved = sandbox.snapshot().to_file(path);
    saved.map_err(|error| format!("{}: {error}", path.display()))
}

/// A file of rules, else the rules themselves.
fn faults(script: &str) -> Result<FaultScript, String> {
    let path = Path::new(script);
    if path.is_file() {
        let text = std::fs::read_to_string(path).map_err(|error| format!("{script}: {error}"))?;
        return text.parse().map_err(|error| format!("{script}, {error}"));
    }
    let told =
        |error| format!("--faults, {error}\n-> rules are told in --help; a file of this name is not there");
    script.parse().map_err(told)
}

#[derive(PartialEq, Eq)]
enum Signal {
    /// Ctrl-C, or an orderly end of the process.
    End,
    /// A snapshot is wanted.
    #[cfg(unix)]
    Snapshot,
}

#[cfg(unix)]
struct Signals {
    interrupt: tokio::signal::unix::Signal,
    terminate: tokio::signal::unix::Signal,
    user: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        let interrupt = signal(SignalKind::interrupt())?;
        let terminate = signal(SignalKind::terminate())?;
        Ok(Self { interrupt, terminate, user: signal(SignalKind::user_defined1())? })
    }

    async fn next(&mut self) -> Signal {
        tokio::select! {
            _ = self.interrupt.recv() => Signal::End,
            _ = self.terminate.recv() => Signal::End,
            _ = self.user.recv() => Signal::Snapshot,
        }
    }
}

#[cfg(not(unix))]
struct Signals;

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self)
    }

    async fn next(&mut self) -> Signal {
        // An error here is no signal that could ever come: it ends as Ctrl-C does.
        let _ = tokio::signal::ctrl_c().await;
        Signal::End
    }
}
