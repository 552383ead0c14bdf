//! Why a board's items are no rows of a struct: board, column, field and expected type, never what a column holds.
//!
//! Must not know: how it was found out.

use std::fmt;

use monday_core::{BoardId, ColumnId, DecodeError, ItemId};

/// A board, or an item of it, does not fit the struct. It is the source of the client's error.
///
/// # Troubleshooting
///
/// Column ids stay when a column is renamed; a column that was deleted and made again has another. monday shows the ids of
/// a board with its developer mode, and `board pull` writes them into a struct.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnfitItem {
    /// The struct.
    pub item_type: &'static str,
    /// Its field.
    pub field: &'static str,
    /// The column's id.
    pub column: &'static str,
    /// The type that the column should have, as monday names it.
    pub expected: &'static str,
    /// The board.
    pub board: Option<BoardId>,
    /// The item, if the board was not told by its columns.
    pub item: Option<ItemId>,
    /// What does not fit.
    pub fault: UnfitColumn,
}

/// What does not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnfitColumn {
    /// There is no column of this id.
    Missing {
        /// The board's columns that have the expected type, where they are known.
        candidates: Vec<ColumnId>,
    },
    /// It has another type.
    OtherType {
        /// Which, as monday names it.
        found: String,
    },
    /// Its value does not fit the field.
    Unfit(UnfitField),
}

/// Why a value does not fit a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum UnfitField {
    /// There is no value.
    Empty,
    /// monday's text cannot be read; this is why.
    Unparsed(&'static str),
    /// It is not what the schema says of its type.
    Undecoded(DecodeError),
    /// The label is none of the enum's.
    UnknownLabel,
    /// The number is not a whole one, or too large.
    NotWhole,
    /// There is a day, and no time.
    NoTime,
    /// There is a day with a time, which a change of the day alone would take away.
    HasTime,
    /// Items are tied by other ends than the usual ones, or with a lag, which a change of the list would reset.
    HasTies,
    /// There is a start without an end, or the other way round.
    HalfOpen,
    /// There are teams or agents beside people.
    NotOnlyPeople,
    /// Only a part of the value is there; this one is not.
    NoPart(&'static str),
}

impl fmt::Display for UnfitField {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => f.write_str("it is empty: an `Option` can hold that"),
            Self::Unparsed(reason) => write!(f, "its text is {reason}"),
            Self::Undecoded(error) => write!(f, "it is not what the schema says of its type: {error}"),
            Self::UnknownLabel => f.write_str(
                "its label is none of the enum's: add a variant for it, or one that holds all others, \
                 `#[monday(other)] Other(String)`",
            ),
            Self::NotWhole => f.write_str("its number is not a whole one that fits: use `f64`"),
            Self::NoTime => f.write_str("it has a day and no time: use `Date`"),
            Self::HasTime => f.write_str(
                "it has a time, which a change of the day would take away: use `Timestamp`, or `DateValue` to read \
                 it alone",
            ),
            Self::HasTies => f.write_str(
                "it has kinds or lags, which a change of the list would reset: use `DependencyValue` to read it, and \
                 `UpdateDependencyColumn` to change it",
            ),
            Self::HalfOpen => f.write_str("it has a start or an end and not both: use `TimelineValue`"),
            Self::NotOnlyPeople => f.write_str("it has teams or agents beside people: use `Vec<Assignee>`"),
            Self::NoPart(part) => write!(f, "it has no {part}"),
        }
    }
}

impl std::error::Error for UnfitField {}

impl fmt::Display for UnfitItem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { item_type, field, column, expected, .. } = self;
        let place = Place(self);
        match &self.fault {
            UnfitColumn::Missing { candidates } => {
                write!(
                    f,
                    "{place} has no column `{column}`: `{item_type}::{field}` reads it and expects the type \
                     `{expected}`"
                )?;
                for (index, candidate) in candidates.iter().enumerate() {
                    let before = if index == 0 { "; columns of that type: " } else { ", " };
                    write!(f, "{before}`{candidate}`")?;
                }
                Ok(())
            }
            UnfitColumn::OtherType { found } => write!(
                f,
                "column `{column}` of {place} has the type `{found}`: `{item_type}::{field}` expects `{expected}`"
            ),
            UnfitColumn::Unfit(reason) => write!(
                f,
                "column `{column}` (`{expected}`) of {place} does not fit `{item_type}::{field}`: {reason}"
            ),
        }
    }
}

impl std::error::Error for UnfitItem {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.fault {
            UnfitColumn::Unfit(reason) => Some(reason),
            _ => None,
        }
    }
}

/// Item and board.
struct Place<'a>(&'a UnfitItem);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.0.item, &self.0.board) {
            (Some(item), Some(board)) => write!(f, "item {item} on board {board}"),
            (Some(item), None) => write!(f, "item {item}"),
            (None, Some(board)) => write!(f, "board {board}"),
            (None, None) => f.write_str("the board"),
        }
    }
}
