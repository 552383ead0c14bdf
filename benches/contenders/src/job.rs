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
    /// The same, in gzip where the door says so.
    ItemsGzip,
    /// The same as fast as the contender can over a long way.
    ItemsFar,
    /// So many clients, each with one `me`.
    StartUp,
    /// A file of so many bytes.
    Upload,
    /// So many items, made under a cap and a budget.
    Creates,
    /// The same where answers get lost.
    CreatesFaulty,
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
    /// Which door, for jobs that have more than one.
    #[arg(long, default_value = "documents")]
    pub door: String,
}

/// How many calls are under way at once, where they are not in turn.
pub const AT_ONCE: usize = 64;

/// How many creates are: what monday takes at once on its smaller plans. A client may send fewer of them at once.
const CREATES_AT_ONCE: usize = 40;

impl Arguments {
    /// The endpoint: the one that gives gzip, or whose groups grow, where the door says so.
    #[must_use]
    pub fn endpoint(&self) -> String {
        let path = match self.door.as_str() {
            "gzip" => "/gzip",
            "growing groups" => "/growing",
            _ => "",
        };
        format!("{}{path}", self.url)
    }

    /// Makes the items, each by a call of its own that says whether it was done in the end.
    pub async fn creates<F: Future<Output = bool>>(&self, create: impl Fn(String) -> F) {
        let names = stream::iter(0..self.count).map(item_name);
        let ends = names.map(create).buffer_unordered(CREATES_AT_ONCE);
        tell_lost(ends.filter(|is_done| std::future::ready(!is_done)).count().await);
    }

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

/// The name of an item that is made.
#[must_use]
pub fn item_name(number: usize) -> String {
    format!("item {number}")
}

/// Tells how many were given up.
pub fn tell_lost(creates: usize) {
    println!("{{\"lost\":{creates}}}");
}
