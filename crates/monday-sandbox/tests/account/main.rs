//! Accounts of one's own: seeds, snapshots, the command, and how quickly a sandbox starts.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

mod asked;
#[cfg(unix)]
mod command;
mod nouns;
mod seeds;
mod speed;
