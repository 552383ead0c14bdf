//! `cargo run -p monday-sandbox`: the sandbox as a command, until it is interrupted.
//!
//! Must not know: how a request is answered.

use std::time::Duration;

use clap::Parser;
use monday_sandbox::{Plan, Sandbox};

/// monday.com on loopback, with a seeded account.
#[derive(Parser)]
struct Arguments {
    /// Port on 127.0.0.1; 0 takes a free one.
    #[arg(long, default_value_t = 4200)]
    port: u16,
    /// Items on the large board.
    #[arg(long, default_value_t = 10_000)]
    items: usize,
    /// Milliseconds that every request takes.
    #[arg(long, default_value_t = 0)]
    latency: u64,
    /// Enforces the limits of a plan: trial, standard, pro or enterprise.
    #[arg(long)]
    plan: Option<Plan>,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let arguments = Arguments::parse();
    let latency = Duration::from_millis(arguments.latency);
    let mut builder =
        Sandbox::builder().port(arguments.port).items(arguments.items).latency(latency, latency);
    if let Some(plan) = arguments.plan {
        builder = builder.plan(plan);
    }
    let sandbox = builder.start().await?;
    println!("GraphQL   POST {}", sandbox.url());
    println!("schema    GET  {}/get_schema?format=sdl", sandbox.url());
    println!("files     POST {}/file", sandbox.url());
    println!("token     Authorization: {}", sandbox.personal_token());
    println!("OAuth     Authorization: Bearer {}", sandbox.oauth_token());
    println!("large board {}; stop with Ctrl-C", sandbox.large_board_id());
    tokio::signal::ctrl_c().await
}
