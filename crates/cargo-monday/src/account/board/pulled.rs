//! What a pull comes to: the text of the file, and what there is to say of it.
//!
//! Must not know: files.

use super::existing::Existing;
use super::pull_error::PullError;
use super::refreshed::Refresh;
use super::shape::Board;
use super::written::{self, MARK};

/// A file's new text.
#[derive(Debug)]
pub(crate) struct Pulled {
    pub(crate) text: String,
    /// The struct's name.
    pub(crate) name: String,
    pub(crate) notes: Vec<Note>,
}

/// What was done, or is left to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) what: What,
    pub(crate) text: String,
}

/// Which of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A field, an enum or a variant is new.
    Added,
    /// A column has another title.
    Renamed,
    /// A column has no field, since it cannot be read.
    NotRead,
    /// A label is there no more; its variant does no harm.
    OldLabel,
    /// A column is there no more, and its field has to go.
    Gone,
    /// A column has another type than its field.
    Retyped,
}

impl What {
    /// Whether the file does not work until somebody has edited it.
    pub(crate) fn is_left_to_do(self) -> bool {
        matches!(self, Self::Gone | Self::Retyped)
    }

    /// A word for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Renamed => "renamed",
            Self::NotRead => "not read",
            Self::OldLabel => "no label",
            Self::Gone => "gone",
            Self::Retyped => "retyped",
        }
    }
}

/// Writes the file of a board, or brings the one there is up to date. The struct is `name`, else named after the board.
pub(crate) fn pull(existing: Option<&str>, board: &Board, name: Option<&str>) -> Result<Pulled, PullError> {
    if let Some(name) = name
        && (!name.is_ascii() || syn::parse_str::<syn::Ident>(name).is_err())
    {
        return Err(PullError::NoName(name.to_owned()));
    }
    let Some(text) = existing else {
        if let Some(name) = name.filter(|name| written::reserved().any(|reserved| reserved == *name)) {
            return Err(PullError::NoName(name.to_owned()));
        }
        let (text, name) = written::file(board, name);
        return Ok(Pulled { text, name, notes: Vec::new() });
    };
    if let Some(id) = marked_board(text)
        && id != board.id
    {
        return Err(PullError::OtherBoard { id: id.to_owned() });
    }
    let parsed = Existing::of(text)?;
    Ok(Refresh::of(text, &parsed, board, name)?.done())
}

/// The board that a file says it was written for.
pub(super) fn marked_board(text: &str) -> Option<&str> {
    let (_, behind) =
        text.lines().filter(|line| line.starts_with("//!")).find_map(|line| line.split_once(MARK))?;
    let id = behind.split(|c: char| !c.is_ascii_digit()).next()?;
    Some(id).filter(|id| !id.is_empty())
}
