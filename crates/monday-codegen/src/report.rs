//! What changed and who feels it, as text for people, for programs and for code review.
//!
//! Whoever prints decides where to, and whether colours are wanted there. Must not know: files, terminals.

mod changelog;
mod html;
mod human;
mod json;
mod markdown;
mod sarif;
mod wording;

use std::fmt;
use std::str::FromStr;

use crate::diff::{Advice, Grade, SchemaDiff};
use crate::impact::Impact;

/// The changes between two schemas, and what they do to operations if those were looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// The old schema, as it should be called.
    pub from: String,
    /// The new one.
    pub to: String,
    /// What changed.
    pub diff: SchemaDiff,
    /// What that does to operations; nothing where none were looked at.
    pub impact: Option<Impact>,
}

/// How a report is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Format {
    /// Text for a terminal, with ANSI styles: take them out (anstream does) where there is none.
    Human,
    /// One object; `format` is its version, 1.
    Json,
    /// For a comment in code review.
    Markdown,
    /// SARIF 2.1.0, which code scanning shows at the lines.
    Sarif,
    /// A page on its own: no scripts, nothing loaded.
    Html,
    /// An entry of a changelog, in Markdown.
    Changelog,
}

impl Format {
    /// All formats.
    pub const ALL: [Self; 6] =
        [Self::Human, Self::Json, Self::Markdown, Self::Sarif, Self::Html, Self::Changelog];

    /// Its name in lower case.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Sarif => "sarif",
            Self::Html => "html",
            Self::Changelog => "changelog",
        }
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Format {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == name).ok_or_else(|| {
            let names = Self::ALL.map(Self::name).join(", ");
            format!("there is no format `{name}`: take one of {names}")
        })
    }
}

impl Report {
    /// The worst that was found: among what operations use if they were looked at, else among all changes.
    /// Nothing if there is nothing.
    #[must_use]
    pub fn worst(&self) -> Option<Grade> {
        let Some(impact) = &self.impact else {
            return self.diff.changes.first().map(crate::diff::Change::grade);
        };
        if impact.is_breaking() {
            return Some(Grade::Breaking);
        }
        let uses = impact.uses.iter().map(|used| used.change.grade());
        uses.min().or_else(|| (!self.diff.is_empty()).then_some(Grade::Safe))
    }

    /// What it means for the version of a crate that holds the operations, or the whole API if none were
    /// looked at.
    #[must_use]
    pub fn advice(&self) -> Advice {
        self.impact.as_ref().map_or_else(|| self.diff.advice(), |impact| impact.advice(&self.diff))
    }

    /// The report in a format; it ends with a line break.
    #[must_use]
    pub fn render(&self, format: Format) -> String {
        match format {
            Format::Human => human::render(self),
            Format::Json => json::render(self),
            Format::Markdown => markdown::render(self),
            Format::Sarif => sarif::render(self),
            Format::Html => html::render(self),
            Format::Changelog => changelog::render(self),
        }
    }
}
