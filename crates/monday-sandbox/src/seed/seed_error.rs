//! What is wrong with a seed, and where.
//!
//! Must not know: how it was found.

use std::fmt;
use std::io;

/// A mistake in a seed: its place, what it is, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedError {
    place: String,
    message: String,
}

impl SeedError {
    pub(crate) fn new(place: impl Into<String>, message: impl Into<String>) -> Self {
        Self { place: place.into(), message: message.into() }
    }

    /// Where: line and column of a text, or the nouns that lead there, such as `board "Bugs", item 3 "Typo"`.
    #[must_use]
    pub fn place(&self) -> &str {
        &self.place
    }

    /// The same, in this file.
    #[must_use]
    pub(crate) fn in_file(mut self, path: &std::path::Path) -> Self {
        self.place = format!("{}: {}", path.display(), self.place);
        self
    }
}

impl fmt::Display for SeedError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}: {}", self.place, self.message)
    }
}

impl std::error::Error for SeedError {}

impl From<SeedError> for io::Error {
    fn from(error: SeedError) -> Self {
        Self::new(io::ErrorKind::InvalidData, error)
    }
}
