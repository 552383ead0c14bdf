//! The jobs, and how a contender is told of one.
//!
//! Must not know: clients.

use clap::{Parser, ValueEnum};
use futures_util::{StreamExt as _, TryStreamExt as _, stream};

/// The token that the server takes.
pub const TOKEN: &str = "not-a-token";

/// A job that contenders do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Job {
    /// `me`, one after the other.
    MeInTurn,
    /// `me`, 64 at once.
    MeAtOnce,
    /// All items of the board, kept, then summed.
    ItemsKept,
    /// All items of the board, summed as they come.
    ItemsStreamed,
    /// The same as fast as the contender can over a long way.
    ItemsFar,
    /// A client, and one `me`.
    StartUp,
    /// A file of so many bytes.
    Upload,
}

/// What a contender is told.
#[derive(Debug, Parser)]
pub struct Arguments {
    /// The endpoint.
    #[arg(long)]
    pub url: String,
    /// What to do.
    #[arg(long, value_enum)]
    pub job: Job,
    /// How many calls, items or bytes.
    #[arg(long)]
    pub count: usize,
    /// Which door of the SDK, for jobs that have more than one.
    #[arg(long, default_value = "documents")]
    pub door: String,
}

/// How many calls are under way at once, where they are not in turn.
const AT_ONCE: usize = 64;

impl Arguments {
    /// Does the calls of a job of calls, one after the other or at once.
    pub async fn calls<F: Future<Output = Result<(), E>>, E>(&self, call: impl Fn() -> F) -> Result<(), E> {
        if self.job == Job::MeAtOnce {
            let calls = stream::iter(0..self.count).map(|_| call());
            return calls.buffer_unordered(AT_ONCE).try_collect().await;
        }
        for _ in 0..self.count {
            call().await?;
        }
        Ok(())
    }
}
