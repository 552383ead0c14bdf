//! Why a body could not be read as an answer: what kind of fault, and where.
//!
//! Must not know: the body. serde's own messages quote it, so they are never kept.

use std::fmt;

/// A body that is not a GraphQL answer of the expected type. Holds the kind and the place, never the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecodeError {
    kind: DecodeErrorKind,
    line: usize,
    column: usize,
}

/// What was wrong with the body.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum DecodeErrorKind {
    /// The body has no byte.
    Empty,
    /// The body ends inside a JSON value: the connection was cut.
    Truncated,
    /// The body is not JSON, or holds more than one JSON value.
    Syntax,
    /// The JSON is nested deeper than any answer: more than 200 levels of values that nobody asked for.
    TooDeep,
    /// The JSON is no GraphQL answer: no `data`, no `errors`, or one of them twice.
    Envelope,
    /// `data` does not fit the type of the operation: another schema version is being served.
    Data,
}

impl DecodeError {
    pub(crate) fn new(kind: DecodeErrorKind) -> Self {
        Self { kind, line: 0, column: 0 }
    }

    pub(crate) fn at(kind: DecodeErrorKind, line: usize, column: usize) -> Self {
        Self { kind, line, column }
    }

    /// The fault of a part of a body that starts at a line and column.
    pub(crate) fn from_json(error: &serde_json::Error, (line, column): (usize, usize)) -> Self {
        use serde_json::error::Category;
        let kind = match error.classify() {
            Category::Eof => DecodeErrorKind::Truncated,
            Category::Data => DecodeErrorKind::Data,
            // serde_json tells this one fault apart by its text alone.
            Category::Syntax if error.to_string().starts_with("recursion limit") => DecodeErrorKind::TooDeep,
            Category::Syntax | Category::Io => DecodeErrorKind::Syntax,
        };
        let column =
            if error.line() > 1 { error.column() } else { error.column() + column.saturating_sub(1) };
        Self { kind, line: line + error.line().saturating_sub(1), column }
    }

    /// Outside the data, what does not fit is no answer.
    pub(crate) fn or_envelope(mut self) -> Self {
        if self.kind == DecodeErrorKind::Data {
            self.kind = DecodeErrorKind::Envelope;
        }
        self
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> DecodeErrorKind {
        self.kind
    }

    /// Line of the body, from 1; 0 when the whole body is at fault.
    #[must_use]
    pub fn line(&self) -> usize {
        self.line
    }

    /// Column (in bytes) of that line, from 1; 0 when the whole body is at fault.
    #[must_use]
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.kind {
            DecodeErrorKind::Empty => "the body is empty",
            DecodeErrorKind::Truncated => "the body ends too early",
            DecodeErrorKind::Syntax => "the body is not JSON",
            DecodeErrorKind::TooDeep => "the JSON is nested too deeply",
            DecodeErrorKind::Envelope => "the JSON is no GraphQL answer",
            DecodeErrorKind::Data => "`data` does not fit the operation's type",
        })?;
        if self.line > 0 {
            write!(f, " (line {} column {})", self.line, self.column)?;
        }
        Ok(())
    }
}

impl std::error::Error for DecodeError {}
