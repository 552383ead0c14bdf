//! A document that stands in the Rust source: its places become places of that file.
//!
//! Must not know: what is wrong at a place.

use std::fs;

use monday_codegen::{Diagnostic, SourceFile};
use syn::LitStr;

/// Where the text of a literal begins.
pub(crate) struct LiteralText {
    path: String,
    lines: Vec<String>,
    /// Line and column of the text's first character, both from 1. None when escapes make the places guesses.
    start: Option<(usize, usize)>,
}

impl LiteralText {
    pub(crate) fn of(literal: &LitStr) -> Self {
        let span = literal.span().unwrap();
        let written = literal.token().to_string();
        let source = span.local_file().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
        let quote = written.find('"').unwrap_or_default();
        // In a raw string every character is itself; elsewhere a backslash stands for something else.
        let is_plain = written.starts_with('r') || !written.contains('\\');
        Self {
            path: span.file(),
            lines: source.lines().map(str::to_owned).collect(),
            start: is_plain.then(|| (span.line(), span.column() + quote + 1)),
        }
    }

    /// The text as a file.
    pub(crate) fn source(&self, literal: &LitStr) -> SourceFile {
        SourceFile::new(self.path.as_str(), literal.value())
    }

    /// Moves a mistake from the text to the Rust file.
    pub(crate) fn place(&self, mut found: Diagnostic) -> Diagnostic {
        if found.path != self.path {
            return found;
        }
        let Some((line, column)) = self.start else {
            "the text in operation!".clone_into(&mut found.path);
            return found;
        };
        let shift = if found.line == 1 { column - 1 } else { 0 };
        found.line += line - 1;
        found.column += shift;
        let real = self.lines.get(found.line - 1).filter(|line| line.contains(found.excerpt.trim()));
        found.excerpt = real.cloned().unwrap_or_else(|| " ".repeat(shift) + &found.excerpt);
        found
    }
}
