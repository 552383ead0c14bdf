//! Edits of a text, by places in the text as it was.
//!
//! Must not know: Rust.

use std::ops::Range;

/// What is put where.
#[derive(Debug, Default)]
pub(super) struct Edits(Vec<(Range<usize>, String)>);

impl Edits {
    /// Puts text at a place, behind what was put there before.
    pub(super) fn insert(&mut self, place: usize, text: impl Into<String>) {
        self.0.push((place..place, text.into()));
    }

    /// Puts text in place of other text.
    pub(super) fn replace(&mut self, range: Range<usize>, text: impl Into<String>) {
        self.0.push((range, text.into()));
    }

    /// The text with the edits done.
    pub(super) fn apply(mut self, text: &str) -> String {
        self.0.sort_by_key(|(range, _)| range.start);
        let (mut done, mut from) = (String::with_capacity(text.len()), 0);
        for (range, new) in self.0 {
            done.push_str(text.get(from..range.start).unwrap_or_default());
            done.push_str(&new);
            from = range.end;
        }
        done.push_str(text.get(from..).unwrap_or_default());
        done
    }
}

/// The start of the line of a place, and what stands between them if that is nothing but blanks.
pub(super) fn line_start(text: &str, place: usize) -> (usize, Option<&str>) {
    let start = text.get(..place).and_then(|before| before.rfind('\n')).map_or(0, |end| end + 1);
    (start, text.get(start..place).filter(|between| between.chars().all(|c| matches!(c, ' ' | '\t'))))
}
