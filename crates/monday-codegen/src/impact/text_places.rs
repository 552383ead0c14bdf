//! Where in a file the characters of a document stand that is written there as a literal.
//!
//! Must not know: the file's language, GraphQL.

/// A text whose characters have places in a file: escapes and the start of the literal move them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextPlaces {
    /// Of each line its characters, and behind them where the line ends.
    lines: Vec<Vec<(char, Spot)>>,
    end: Spot,
}

/// Line and column, both from 1.
type Spot = (usize, usize);

impl TextPlaces {
    /// The characters in order, each with line and column in the file, both from 1; `end` is behind the last.
    #[must_use]
    pub fn new(characters: impl IntoIterator<Item = (char, (usize, usize))>, end: (usize, usize)) -> Self {
        let mut lines = vec![Vec::new()];
        for (character, spot) in characters {
            if let Some(line) = lines.last_mut() {
                line.push((character, spot));
            }
            if character == '\n' {
                lines.push(Vec::new());
            }
        }
        Self { lines, end }
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> String {
        self.lines.iter().flatten().map(|(character, _)| character).collect()
    }

    /// Where the file has what stands at a line and column of the text, both from 1; columns are characters. Behind the
    /// text it is the end.
    #[must_use]
    pub fn at(&self, line: usize, column: usize) -> (usize, usize) {
        let line = self.lines.get(line.saturating_sub(1));
        let found = line.and_then(|line| line.get(column.saturating_sub(1)));
        found.map_or(self.end, |(_, spot)| *spot)
    }

    /// The place of so many characters from a line and column on. What ends in another line is one character wide.
    pub(super) fn place(&self, path: &str, (line, column): Spot, width: usize) -> super::Place {
        let (start, last) = (self.at(line, column), self.at(line, column + width.saturating_sub(1)));
        let width = if last.0 == start.0 { (last.1 + 1).saturating_sub(start.1) } else { 1 };
        super::Place { path: path.to_owned(), line: start.0, column: start.1, width: width.max(1) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_as_wide_as_what_is_written_there() {
        // `a\u{62}c` and a line end.
        let places = TextPlaces::new([('a', (3, 5)), ('b', (3, 6)), ('c', (3, 12)), ('\n', (3, 13))], (4, 1));
        let of = |width| {
            let place = places.place("src/a.rs", (1, 1), width);
            (place.line, place.column, place.width)
        };
        assert_eq!((places.text().as_str(), of(1), of(3)), ("abc\n", (3, 5, 1), (3, 5, 8)));
        assert_eq!(of(9), (3, 5, 1), "what ends in another line is one character wide");
    }
}
