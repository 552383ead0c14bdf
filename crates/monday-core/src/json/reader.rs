//! The reader: where it stands in a JSON text, and what comes next.
//!
//! Must not know: Rust types of the schema.

use std::fmt;

use memchr::{memchr_iter, memrchr};

use super::text::{Text, unescape, unescape_into};
use crate::{DecodeError, DecodeErrorKind};

/// Reads one JSON text from front to back. A clone stands at the same place and reads on by itself, which is how a value
/// is read twice.
pub struct Reader<'j> {
    text: Text<'j>,
    /// The last string that had escapes, without them.
    unescaped: String,
}

/// A walk over the fields of one object: made by [`Reader::object`], moved on by [`Reader::field`].
#[derive(Debug)]
pub struct Fields {
    started: bool,
    expected: usize,
}

impl<'j> Reader<'j> {
    /// A reader at the start of a text.
    #[must_use]
    pub fn new(text: &'j [u8]) -> Self {
        Self { text: Text::new(text, 0), unescaped: String::new() }
    }

    /// Enters an object.
    pub fn object(&mut self) -> Result<Fields, DecodeError> {
        match self.peek()? {
            b'{' => Ok(Fields { started: false, expected: 0 }),
            next => Err(self.unexpected(next)),
        }
    }

    /// Moves to the value of the next field that has one of these names, and says which; fields of other names are
    /// skipped. `None` at the object's end.
    ///
    /// Answers come in the order in which a document asks, so the name after the last one is tried first.
    pub fn field(&mut self, fields: &mut Fields, names: &[&str]) -> Result<Option<usize>, DecodeError> {
        loop {
            let follows = if fields.started { self.text.another(b'}') } else { self.text.first(b'}') };
            fields.started = true;
            if !follows.map_err(|kind| self.here_is(kind))? {
                return Ok(None);
            }
            let (key, has_escapes) = self.text.key().map_err(|kind| self.here_is(kind))?;
            let key = &key[1..key.len() - 1];
            let expected = fields.expected;
            let found = if has_escapes {
                let key =
                    unescape(std::str::from_utf8(key).map_err(|_| self.here_is(DecodeErrorKind::Syntax))?);
                names.iter().position(|name| *name == key)
            } else if names.get(expected).is_some_and(|name| name.as_bytes() == key) {
                Some(expected)
            } else {
                names.iter().position(|name| name.as_bytes() == key)
            };
            if let Some(found) = found {
                fields.expected = found + 1;
                return Ok(Some(found));
            }
            self.skip()?;
        }
    }

    /// Enters a list; `true` when it has an element, at which the reader then stands.
    pub fn list(&mut self) -> Result<bool, DecodeError> {
        match self.peek()? {
            b'[' => self.text.first(b']').map_err(|kind| self.here_is(kind)),
            next => Err(self.unexpected(next)),
        }
    }

    /// Moves to the next element of a list; `false` after the last one.
    pub fn element(&mut self) -> Result<bool, DecodeError> {
        self.text.another(b']').map_err(|kind| self.here_is(kind))
    }

    /// Takes a `null`, if one is next.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != b'n' {
            return Ok(false);
        }
        self.text.literal("null").map(|()| true).map_err(|kind| self.here_is(kind))
    }

    /// A boolean.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        let (value, literal) = match self.peek()? {
            b't' => (true, "true"),
            b'f' => (false, "false"),
            next => return Err(self.unexpected(next)),
        };
        self.text.literal(literal).map(|()| value).map_err(|kind| self.here_is(kind))
    }

    /// An integer of 64 bits.
    pub fn int(&mut self) -> Result<i64, DecodeError> {
        let (number, start) = self.number()?;
        number.parse().map_err(|_| self.at(DecodeErrorKind::Data, start))
    }

    /// A number with a fraction, or an integer. One that is larger than any `f64` is no number here.
    pub fn float(&mut self) -> Result<f64, DecodeError> {
        let (number, start) = self.number()?;
        let number = number.parse().ok().filter(|number: &f64| number.is_finite());
        number.ok_or_else(|| self.at(DecodeErrorKind::Data, start))
    }

    /// Whether a string is next.
    pub(super) fn is_str(&mut self) -> Result<bool, DecodeError> {
        self.peek().map(|next| next == b'"')
    }

    /// A string, unescaped.
    pub fn str(&mut self) -> Result<&str, DecodeError> {
        let next = self.peek()?;
        if next != b'"' {
            return Err(self.unexpected(next));
        }
        let start = self.text.at();
        let has_escapes = self.text.string().map_err(|kind| self.here_is(kind))?;
        let quoted = self.text.since(start);
        let string = std::str::from_utf8(&quoted[1..quoted.len() - 1]);
        let string =
            string.map_err(|error| self.at(DecodeErrorKind::Syntax, start + 1 + error.valid_up_to()))?;
        if !has_escapes {
            return Ok(string);
        }
        unescape_into(&mut self.unescaped, string);
        Ok(&self.unescaped)
    }

    /// A string, or the text of an integer: ids come as either.
    pub fn str_or_int(&mut self) -> Result<&str, DecodeError> {
        if !is_number(self.peek()?) {
            return self.str();
        }
        match self.number()? {
            (number, _) if !number.contains(['.', 'e', 'E']) => Ok(number),
            (_, start) => Err(self.at(DecodeErrorKind::Data, start)),
        }
    }

    /// The text of a number, and where it starts.
    fn number(&mut self) -> Result<(&'j str, usize), DecodeError> {
        let next = self.peek()?;
        if !is_number(next) {
            return Err(self.unexpected(next));
        }
        let start = self.text.at();
        self.text.number().map_err(|kind| self.here_is(kind))?;
        let number = std::str::from_utf8(self.text.since(start)).map_err(|_| self.unfit())?;
        Ok((number, start))
    }

    /// Skips a value of any kind, and gives its text. The text is JSON; strings in it are not checked to be UTF-8.
    pub fn skip(&mut self) -> Result<&'j [u8], DecodeError> {
        self.peek()?;
        let start = self.text.at();
        self.text.skip().map_err(|kind| self.here_is(kind))?;
        Ok(self.text.since(start))
    }

    /// Skips a value.
    pub fn ignore(&mut self) -> Result<(), DecodeError> {
        self.skip().map(drop)
    }

    /// Which of these types the object is of, by its `__typename`; else the name. Moves nowhere.
    pub fn type_name(&self, names: &[&str]) -> Result<Result<usize, String>, DecodeError> {
        let mut ahead = self.clone();
        let mut fields = ahead.object()?;
        match ahead.field(&mut fields, &["__typename"])? {
            Some(_) => {
                let name = ahead.str()?;
                Ok(names.iter().position(|known| *known == name).ok_or_else(|| name.to_owned()))
            }
            None => Err(self.unfit()),
        }
    }

    /// Ends the text: only white space may follow.
    pub fn finish(&mut self) -> Result<(), DecodeError> {
        match self.text.next() {
            Ok(_) => Err(self.here_is(DecodeErrorKind::Syntax)),
            Err(_) => Ok(()),
        }
    }

    /// Where the reader stands, in bytes.
    #[must_use]
    pub fn index(&self) -> usize {
        self.text.at()
    }

    /// The whole text, and where the value that comes next starts in it.
    pub(crate) fn here(&mut self) -> Result<(&'j [u8], usize), DecodeError> {
        self.peek()?;
        Ok((self.text.all(), self.index()))
    }

    /// Goes on behind what another scanner has read: at the value's end, inside the same object or list.
    pub(crate) fn go_to(&mut self, index: usize) {
        self.text = Text::new(self.text.all(), index);
    }

    /// The error of a value that does not fit its type, at this place.
    #[must_use]
    pub fn unfit(&self) -> DecodeError {
        self.here_is(DecodeErrorKind::Data)
    }

    /// The text from here to where another reader of the same text stands.
    pub(crate) fn text_until(&mut self, other: &Self) -> &'j [u8] {
        // White space before the value is not part of it.
        let _ = self.text.next();
        other.text.since(self.index())
    }

    /// Line and column (in bytes) of a place.
    pub(crate) fn position(&self, index: usize) -> (usize, usize) {
        let text = self.text.all();
        let before = &text[..index.min(text.len())];
        let lines = memchr_iter(b'\n', before).count();
        let start = memrchr(b'\n', before).map_or(0, |end| end + 1);
        // Behind the last byte is no column of its own.
        (lines + 1, before.len() - start + usize::from(index < text.len()))
    }

    /// An error at a place.
    pub(crate) fn at(&self, kind: DecodeErrorKind, index: usize) -> DecodeError {
        let (line, column) = self.position(index);
        DecodeError::at(kind, line, column)
    }

    /// An error at this place.
    fn here_is(&self, kind: DecodeErrorKind) -> DecodeError {
        self.at(kind, self.index())
    }

    /// A value of another type, or no value at all.
    fn unexpected(&self, next: u8) -> DecodeError {
        let starts_a_value = is_number(next) || br#""{[tfn"#.contains(&next);
        self.here_is(if starts_a_value { DecodeErrorKind::Data } else { DecodeErrorKind::Syntax })
    }

    fn peek(&mut self) -> Result<u8, DecodeError> {
        self.text.next().map_err(|kind| self.here_is(kind))
    }
}

impl Clone for Reader<'_> {
    /// Without the last string, which may be long, and which nobody asks a clone for.
    fn clone(&self) -> Self {
        Self { text: self.text.clone(), unescaped: String::new() }
    }
}

impl fmt::Debug for Reader<'_> {
    /// Without what it reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader").field("index", &self.index()).finish_non_exhaustive()
    }
}

fn is_number(first: u8) -> bool {
    first == b'-' || first.is_ascii_digit()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The kind of an error, its line and its column.
    fn fault<T: fmt::Debug>(read: Result<T, DecodeError>) -> (DecodeErrorKind, usize, usize) {
        let error = read.unwrap_err();
        (error.kind(), error.line(), error.column())
    }

    #[test]
    fn what_does_not_fit_is_told_with_its_place() {
        use DecodeErrorKind::{Data, Syntax, Truncated};
        let reader = |text: &'static [u8]| Reader::new(text);
        assert_eq!(fault(reader(b"\n \"ab\xff\"").str()), (Syntax, 2, 5));
        assert_eq!(fault(reader(b"\n 7").str()), (Data, 2, 2));
        assert_eq!(fault(reader(b" ]").str()), (Syntax, 1, 2));
        assert_eq!(fault(reader(b" \"ab").str()), (Truncated, 1, 4));
        assert_eq!(fault(reader(b" 1e999").float()), (Data, 1, 2));
        assert_eq!(fault(reader(b" 9223372036854775808").int()), (Data, 1, 2));
        assert_eq!(fault(reader(b"7.0").str_or_int()), (Data, 1, 1));
        assert_eq!(fault(reader(b"1").bool()), (Data, 1, 1));
        assert_eq!(fault(reader(b"{\"a\":1,}").skip()), (Syntax, 1, 8));
        assert_eq!(fault(reader(b" 1").finish()), (Syntax, 1, 2));
    }

    #[test]
    fn a_clone_holds_no_string_and_nothing_shows_the_text() {
        let mut reader = Reader::new(br#"["long\n", "canary"]"#);
        assert!(reader.list().unwrap());
        assert_eq!(reader.str().unwrap(), "long\n");
        assert_eq!((reader.unescaped.len(), reader.clone().unescaped.capacity()), (5, 0));
        assert!(reader.clone().element().unwrap());
        assert_eq!(format!("{reader:?}"), "Reader { index: 9, .. }");
    }

    #[test]
    fn fields_are_found_in_any_order_and_by_any_spelling() {
        let mut reader = Reader::new(br#"{"c" : [1], "b":2,"\u0061":3 , "d":{"a":1}}"#);
        let mut fields = reader.object().unwrap();
        let mut found = Vec::new();
        while let Some(field) = reader.field(&mut fields, &["a", "b"]).unwrap() {
            found.push((field, reader.int().unwrap()));
        }
        assert_eq!(found, [(1, 2), (0, 3)]);
        reader.finish().unwrap();
    }
}
