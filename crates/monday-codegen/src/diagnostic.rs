//! A mistake in a document or schema: where it is, what is wrong, the line itself.
//!
//! Many are reported at once. Must not know: who found it.

use std::fmt;

use apollo_compiler::diagnostic::ToCliReport;
use apollo_compiler::validation::DiagnosticList;

use crate::SourceFile;

/// One mistake, printed as `file:line:col: message` with the line under it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Diagnostic {
    /// The file.
    pub path: String,
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
    /// How many characters are at fault, at least 1.
    pub width: usize,
    /// What is wrong, and what to do where that is known.
    pub message: String,
    /// The line's text.
    pub excerpt: String,
}

/// All mistakes of a run, in the order of files and lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostics(pub Vec<Diagnostic>);

impl Diagnostic {
    /// Whether it is about a fragment that nothing spreads: something in another file may.
    pub(crate) fn is_of_unused_fragment(&self) -> bool {
        self.message.starts_with("the fragment ") && self.message.contains("is not used")
    }

    /// A mistake at the first place where `needle` stands in the file, or at its start.
    pub(crate) fn at(file: &SourceFile, needle: &str, message: impl Into<String>) -> Self {
        let offset = file.text.find(needle).unwrap_or(0);
        let before = file.text.get(..offset).unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let width = needle.lines().next().unwrap_or_default().chars().count();
        Self::on_line(file, line, column, width, message)
    }

    /// A mistake at a place.
    pub(crate) fn on_line(
        file: &SourceFile,
        line: usize,
        column: usize,
        width: usize,
        message: impl Into<String>,
    ) -> Self {
        Self {
            path: file.path.clone(),
            line,
            column,
            width: width.max(1),
            message: message.into(),
            excerpt: file.text.lines().nth(line - 1).unwrap_or_default().to_owned(),
        }
    }

    fn from_apollo(
        diagnostic: &apollo_compiler::diagnostic::Diagnostic<'_, apollo_compiler::validation::DiagnosticData>,
    ) -> Self {
        let place = diagnostic.error.location().and_then(|location| {
            let file = diagnostic.sources.get(&location.file_id())?;
            Some((file, diagnostic.line_column_range()?))
        });
        let message = diagnostic.error.to_string();
        let Some((file, range)) = place else {
            return Self {
                path: String::new(),
                line: 1,
                column: 1,
                width: 1,
                message,
                excerpt: String::new(),
            };
        };
        let width =
            if range.start.line == range.end.line { range.end.column - range.start.column } else { 1 };
        let line = file.source_text().lines().nth(range.start.line - 1);
        Self {
            path: file.path().display().to_string(),
            line: range.start.line,
            column: range.start.column,
            width: width.max(1),
            message,
            excerpt: line.unwrap_or_default().to_owned(),
        }
    }
}

impl Diagnostics {
    pub(crate) fn from_apollo(list: &DiagnosticList) -> Self {
        Self::sorted(list.iter().map(|diagnostic| Diagnostic::from_apollo(&diagnostic)).collect())
    }

    pub(crate) fn sorted(mut diagnostics: Vec<Diagnostic>) -> Self {
        diagnostics.sort();
        diagnostics.dedup();
        Self(diagnostics)
    }

    pub(crate) fn into_result<T>(self, value: T) -> Result<T, Self> {
        if self.0.is_empty() { Ok(value) } else { Err(self) }
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { path, line, column, width, message, excerpt } = self;
        writeln!(f, "{path}:{line}:{column}: {message}")?;
        let number = line.to_string();
        let (pad, indent, marks) = (" ".repeat(number.len()), " ".repeat(column - 1), "^".repeat(*width));
        writeln!(f, " {pad} |")?;
        writeln!(f, " {number} | {excerpt}")?;
        writeln!(f, " {pad} | {indent}{marks}")
    }
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for diagnostic in &self.0 {
            writeln!(f, "{diagnostic}")?;
        }
        let count = self.0.len();
        write!(f, "{count} mistake{}", if count == 1 { "" } else { "s" })
    }
}

impl std::error::Error for Diagnostics {}
