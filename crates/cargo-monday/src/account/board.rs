//! `board pull`: a struct for the items of a board, in a file that its people go on to edit.
//!
//! Must not know: the other commands.

mod edits;
mod existing;
mod field_type;
mod names;
mod pull_error;
mod pulled;
mod refreshed;
mod shape;
#[cfg(test)]
mod tests;
mod written;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::Args;
use monday_sdk::BoardId;
use monday_sdk::queries::GetBoard;

use self::pulled::{Pulled, pull};
use self::shape::Board;
use super::connection::{Account, Connection};
use crate::outcome::Outcome;
use crate::project::Project;
use crate::{Failure, files};

/// Boards as structs.
#[derive(clap::Subcommand)]
pub enum Command {
    /// Write a struct for a board's items, or bring it up to date.
    ///
    /// Every column that can be read becomes a field, and the labels of a status or dropdown an enum. The file is yours to
    /// edit: rename fields and variants, choose other types, add functions. A later pull knows a field by its column's id and
    /// a variant by its label; it adds what is new, says what is gone, and leaves everything else as it is, to the byte.
    #[command(after_help = HELP)]
    Pull(PullArguments),
}

const HELP: &str = "\
Where a board's id is: its address ends in /boards/ID.

To use the struct, `monday-sdk` needs the feature `columns`, and the file a `mod`.
To leave a column out, replace its field by a comment: // Column id \"ID\"
Labels that a later day brings are in the variant `Other` until you pull again.

Exit codes: 0 the file is up to date; 1 something in it is left for you, such as the field of a column that is gone;
2 an error, and the file is as it was.";

/// What `board pull` takes.
#[derive(Args)]
pub struct PullArguments {
    /// The board's id.
    board: String,
    /// The file to write. Default: named after the board, in the folder `boards` of monday.toml.
    #[arg(long, value_name = "PATH")]
    file: Option<PathBuf>,
    /// The struct's name. Default: the board's name; in a file with several structs, the one that has most of its columns.
    #[arg(long)]
    name: Option<String>,
    /// Print the file, and write nothing.
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    account: Account,
}

/// Runs one of these commands.
pub fn run(project: &Project, command: &Command) -> Result<Outcome, Failure> {
    let Command::Pull(arguments) = command;
    if arguments.board.is_empty() || !arguments.board.chars().all(|c| c.is_ascii_digit()) {
        let what = "a board's id is a number: the last one in the address of the board";
        return Err(format!("`{}` is no id of a board\n-> {what}", names::line(&arguments.board)));
    }
    let board = fetch(&arguments.board, &arguments.account)?;
    let path = match &arguments.file {
        Some(path) => std::path::absolute(path).map_err(|error| format!("{}: {error}", path.display()))?,
        None => place(project, &board)?,
    };
    let shown = files::relative(&project.root, &path);
    let existing = if path.exists() { Some(files::read(&path)?) } else { None };
    let pulled = pull(existing.as_deref(), &board, arguments.name.as_deref());
    let pulled = pulled.map_err(|error| format!("{shown} is left as it is: {error}"))?;
    let is_changed = existing.as_ref() != Some(&pulled.text);
    if is_changed && !arguments.dry_run {
        files::write_atomically(&path, &pulled.text)?;
    }
    let did = match (existing.is_some(), is_changed, arguments.dry_run) {
        (false, _, false) => "wrote",
        (true, true, false) => "changed",
        (_, false, _) => "kept",
        (_, true, true) => "would write",
    };
    let mut text = summary(did, &shown, &pulled, &board);
    if existing.is_none() && !arguments.dry_run {
        text.push_str(&next(&path));
    }
    if arguments.dry_run {
        text.push_str("\n\n");
        text.push_str(&pulled.text);
    }
    let is_breaking = pulled.notes.iter().any(|note| note.what.is_left_to_do());
    Ok(Outcome { is_breaking, ..Outcome::done(text) })
}

fn fetch(id: &str, account: &Account) -> Result<Board, Failure> {
    let connection = Connection::open(account)?;
    let answer = connection.execute(GetBoard::new(BoardId::from(id)))?;
    Board::of(answer).ok_or_else(|| {
        format!("there is no board {id} that this token may see\n-> check the id, and whose token it is: cargo monday doctor")
    })
}

/// The file that was written for the board, whatever its name; else the one of its name.
fn place(project: &Project, board: &Board) -> Result<PathBuf, Failure> {
    let folder = project.root.join(&project.config.boards);
    if folder.is_dir() {
        for path in files::files_below(&folder, "rs")? {
            let text = fs::read_to_string(&path).unwrap_or_default();
            if pulled::marked_board(&text) == Some(board.id.as_str()) {
                return Ok(path);
            }
        }
    }
    Ok(folder.join(names::file_name(&board.name, &board.id)).with_extension("rs"))
}

fn summary(did: &str, file: &str, pulled: &Pulled, board: &Board) -> String {
    let mut text =
        format!("{did:8} {file}: `{}`, items of {} ({})", pulled.name, names::quoted(&board.name), board.id);
    for note in &pulled.notes {
        // A text takes everything.
        let _ = write!(text, "\n{:8} {}", note.what.word(), note.text);
    }
    text
}

fn next(path: &Path) -> String {
    let module = path.file_stem().unwrap_or_default().to_string_lossy();
    format!(
        "\n\nnext: `pub mod {module};` in the module above it, and `monday-sdk` with the feature `columns`"
    )
}

/// Why a file of boards is not read as Rust; `None` if it is. For `doctor`.
pub(super) fn fault(text: &str) -> Option<String> {
    existing::Existing::of(text).err().map(|error| error.to_string())
}
