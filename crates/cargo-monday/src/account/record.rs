//! `record`: boards of an account as a seed for the sandbox, with personal data replaced.
//!
//! Nothing that was read is printed or logged: counts and ids of boards only. Must not know: the other commands.

mod documents;
mod numbers;
mod read;
mod replacement;
#[cfg(test)]
mod tests;
mod value;
mod written;

use std::fmt::Write as _;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use self::read::Read;
use self::replacement::Replacement;
use self::written::Written;
use super::connection::{Account, Connection};
use crate::outcome::Outcome;
use crate::{Failure, files};

/// What `record` takes.
///
/// Users, teams, workspaces, folders, tags, boards with groups and columns, items with values and subitems, and updates are read over the
/// public API and written as a seed. Names, e-mails, phones, texts, titles, labels, numbers, links, places, file names and
/// ids are replaced; counts, types, dates, which labels are set, and who is where are kept. Nothing is written in monday.
#[derive(Args)]
#[command(after_long_help = HELP)]
pub struct Arguments {
    /// The id of a board to record; again for more. Default: every active board that the token may see.
    #[arg(long, value_name = "ID")]
    board: Vec<String>,
    /// The file to write: JSON where its name ends in .json, otherwise YAML.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// What to leave as it is; again, or with commas, for more.
    #[arg(long, value_enum, value_delimiter = ',')]
    keep: Vec<Keep>,
    /// Write over a file that is there.
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    account: Account,
}

/// What can be left as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Keep {
    /// Names of items and subitems.
    ItemNames,
    /// Texts of labels, and names of tags.
    Labels,
    /// Names of workspaces, folders, boards, groups and columns, and the ids of groups and columns, which are made from them.
    Titles,
    /// What stands in number columns.
    Numbers,
    /// The ids of boards.
    BoardIds,
}

const HELP: &str = "\
Examples:
  cargo monday record --board 123456 --out seed.yaml
      everything replaced
  cargo monday record --board 123456 --keep titles,labels --out seed.yaml
      columns and labels by their own names and ids, which your code knows: look through them before you commit the file
  monday-sandbox --seed seed.yaml
      the same boards on this machine

How it is replaced: by a keyed hash whose key is drawn for each recording and thrown away. The same text becomes the same
text within a recording, another one in the next, and nothing leads back. What is neither known to be free of personal
data nor replaced is left out: other types of columns, replies, likes, descriptions, files' bytes, docs.

Exit codes: 0 the file is written; 2 an error, and no file is.";

/// Runs the command.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let path = &arguments.out;
    if path.exists() && !arguments.force {
        return Err(format!("{} is there already\n-> take another name, or --force", path.display()));
    }
    for id in &arguments.board {
        if id.is_empty() || !id.bytes().all(|digit| digit.is_ascii_digit()) {
            let what = "a board's id is a number: the last one in the address of the board";
            return Err(format!("a --board is no id of a board\n-> {what}"));
        }
    }
    let connection = Connection::open(&arguments.account)?;
    let read = Read::all(&connection, &arguments.board)?;
    let written = Written::of(&read, Replacement::new()?, &arguments.keep);
    // What the sandbox would refuse is a mistake of this command: it says where, and no file is written.
    written.seed.check().map_err(|error| {
        format!(
            "the recording cannot be planted: {error}\n-> this is a mistake of `record`: please report it"
        )
    })?;
    let is_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let text = if is_json { written.seed.to_json() } else { written.seed.to_yaml() };
    files::write_atomically(path, &text)?;
    Ok(Outcome::done(summary(path, &written)))
}

fn summary(path: &std::path::Path, written: &Written) -> String {
    let seed = &written.seed;
    let (users, tags) = (seed.users.len(), seed.tags.len());
    let mut text = format!("wrote    {}: {users} users, {tags} tags", path.display());
    for (board, from) in seed.boards.iter().zip(&written.from) {
        let (id, items, updates) =
            (board.id.unwrap_or_default(), board.listed().len(), board.updates().count());
        let what = if board.subitems_of.is_some() {
            "of subitems".to_owned()
        } else {
            format!("{items} items, {updates} updates")
        };
        // A text takes everything.
        let _ = write!(text, "\nboard    {from} is {id}: {what}");
    }
    text + "\n\nnext: look through it, then `monday-sandbox --seed` it"
}
