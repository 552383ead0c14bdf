//! Why a file is left as it is.
//!
//! Must not know: where the file lies.

use std::fmt;

use proc_macro2::Span;

/// Why a file cannot be brought up to date.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum PullError {
    /// It is no Rust.
    NotRust {
        /// From 1.
        line: usize,
        /// From 1.
        column: usize,
        /// The parser's words.
        why: String,
    },
    /// It has no struct that derives `BoardItem`, or none of the name that was asked for.
    NoStruct {
        /// The name.
        wanted: Option<String>,
        /// Those it has.
        found: Vec<String>,
    },
    /// It was written for another board.
    OtherBoard {
        /// That board's id.
        id: String,
    },
    /// A name that is no name of a struct.
    NoName(String),
}

impl PullError {
    pub(super) fn not_rust(place: Span, why: &str) -> Self {
        let start = place.start();
        Self::NotRust { line: start.line, column: start.column + 1, why: why.to_owned() }
    }
}

impl fmt::Display for PullError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotRust { line, column, why } => {
                write!(f, "it is no Rust at line {line}, column {column}: {why}\n-> mend it, and pull again")
            }
            Self::NoStruct { wanted: Some(wanted), found } if !found.is_empty() => {
                write!(
                    f,
                    "it has no struct `{wanted}` that derives `BoardItem`; there is {}",
                    found.join(", ")
                )?;
                f.write_str("\n-> name one of these with --name, or another file with --file")
            }
            Self::NoStruct { .. } => {
                f.write_str("it has no struct that derives `BoardItem`\n-> choose another file with --file")
            }
            Self::OtherBoard { id } => {
                write!(f, "it was written for the board {id}\n-> choose another file with --file")
            }
            Self::NoName(name) => write!(
                f,
                "`{}` is no name for a struct\n-> one of ASCII letters and digits, such as `Task`",
                super::names::line(name)
            ),
        }
    }
}
