//! The reader: where it stands in a JSON text, and what comes next.
//!
//! Must not know: Rust types of the schema.

use jiter::{Jiter, JiterError, JiterErrorType, JsonErrorType, LinePosition, Peek};

use crate::{DecodeError, DecodeErrorKind};

/// Reads one JSON text from front to back. A clone stands at the same place and reads on by itself, which is how a value
/// is read twice.
#[derive(Debug, Clone)]
pub struct Reader<'j> {
    jiter: Jiter<'j>,
    text: &'j [u8],
    /// Where in the text `jiter` began.
    base: usize,
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
        Self { jiter: Jiter::new(text), text, base: 0 }
    }

    /// Enters an object.
    pub fn object(&mut self) -> Result<Fields, DecodeError> {
        match self.peek()? {
            Peek::Object => Ok(Fields { started: false, expected: 0 }),
            next => Err(self.unexpected(next)),
        }
    }

    /// Moves to the value of the next field that has one of these names, and says which; fields of other names are
    /// skipped. `None` at the object's end.
    ///
    /// Answers come in the order in which a document asks, so the name after the last one is tried first.
    pub fn field(&mut self, fields: &mut Fields, names: &[&str]) -> Result<Option<usize>, DecodeError> {
        loop {
            let key = if fields.started { self.jiter.next_key() } else { self.jiter.known_object() };
            fields.started = true;
            let Some(key) = key.map_err(|error| broken(&error, self.text, self.base))? else {
                return Ok(None);
            };
            let expected = fields.expected;
            let found = if names.get(expected).is_some_and(|name| *name == key) {
                Some(expected)
            } else {
                names.iter().position(|name| *name == key)
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
            Peek::Array => {
                self.jiter.known_array().map(|next| next.is_some()).map_err(|error| self.broken(&error))
            }
            next => Err(self.unexpected(next)),
        }
    }

    /// Moves to the next element of a list; `false` after the last one.
    pub fn element(&mut self) -> Result<bool, DecodeError> {
        self.jiter.array_step().map(|next| next.is_some()).map_err(|error| self.broken(&error))
    }

    /// Takes a `null`, if one is next.
    pub fn null(&mut self) -> Result<bool, DecodeError> {
        if self.peek()? != Peek::Null {
            return Ok(false);
        }
        self.jiter.known_null().map(|()| true).map_err(|error| self.broken(&error))
    }

    /// A boolean.
    pub fn bool(&mut self) -> Result<bool, DecodeError> {
        let next = self.peek()?;
        self.jiter.known_bool(next).map_err(|error| self.broken(&error))
    }

    /// An integer of 64 bits.
    pub fn int(&mut self) -> Result<i64, DecodeError> {
        // By its text: jiter alone stops at 18 digits.
        let start = self.index();
        let number = self.number()?;
        number.parse().map_err(|_| self.at(DecodeErrorKind::Data, start))
    }

    /// A number with a fraction, or an integer.
    pub fn float(&mut self) -> Result<f64, DecodeError> {
        let next = self.peek()?;
        self.jiter.known_float(next).map_err(|error| self.broken(&error))
    }

    /// A string, unescaped.
    pub fn str(&mut self) -> Result<&str, DecodeError> {
        match self.peek()? {
            Peek::String => {
                let (text, base) = (self.text, self.base);
                self.jiter.known_str().map_err(|error| broken(&error, text, base))
            }
            next => Err(self.unexpected(next)),
        }
    }

    /// A string, or the text of an integer: ids come as either.
    pub fn str_or_int(&mut self) -> Result<&str, DecodeError> {
        let next = self.peek()?;
        if !next.is_num() {
            return self.str();
        }
        let start = self.index();
        match self.number()? {
            number if !number.contains(['.', 'e', 'E']) => Ok(number),
            _ => Err(self.at(DecodeErrorKind::Data, start)),
        }
    }

    /// The text of a number.
    fn number(&mut self) -> Result<&'j str, DecodeError> {
        let next = self.peek()?;
        if !next.is_num() {
            return Err(self.unexpected(next));
        }
        let start = self.jiter.current_index();
        let (text, base) = (self.text, self.base);
        self.jiter.known_number_bytes(next).map_err(|error| broken(&error, text, base))?;
        std::str::from_utf8(self.jiter.slice_to_current(start)).map_err(|_| self.unfit())
    }

    /// Skips a value of any kind, and gives its text. The text is JSON; strings in it are not checked to be UTF-8.
    pub fn skip(&mut self) -> Result<&'j [u8], DecodeError> {
        let next = self.peek()?;
        let start = self.jiter.current_index();
        self.jiter.known_skip(next).map_err(|error| self.broken(&error))?;
        Ok(self.jiter.slice_to_current(start))
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
        self.jiter.finish().map_err(|error| self.broken(&error))
    }

    /// Where the reader stands, in bytes.
    #[must_use]
    pub fn index(&self) -> usize {
        self.base + self.jiter.current_index()
    }

    /// The whole text, and where the value that comes next starts in it.
    pub(super) fn here(&mut self) -> Result<(&'j [u8], usize), DecodeError> {
        self.peek()?;
        Ok((self.text, self.index()))
    }

    /// Goes on behind what another scanner has read: at the value's end, inside the same object or list.
    pub(super) fn go_to(&mut self, index: usize) {
        (self.base, self.jiter) = (index, Jiter::new(self.text.get(index..).unwrap_or_default()));
    }

    /// The error of a value that does not fit its type, at this place.
    #[must_use]
    pub fn unfit(&self) -> DecodeError {
        self.at(DecodeErrorKind::Data, self.index())
    }

    /// The text from here to where another reader of the same text stands.
    pub(crate) fn text_until(&mut self, other: &Self) -> &'j [u8] {
        // White space before the value is not part of it.
        let _ = self.jiter.peek();
        self.text.get(self.index()..other.index()).unwrap_or_default()
    }

    /// Line and column (in bytes) of a place.
    pub(crate) fn position(&self, index: usize) -> (usize, usize) {
        let LinePosition { line, column } = LinePosition::find(self.text, index);
        (line, column)
    }

    /// An error at a place.
    pub(crate) fn at(&self, kind: DecodeErrorKind, index: usize) -> DecodeError {
        let (line, column) = self.position(index);
        DecodeError::at(kind, line, column)
    }

    /// A value of another type, or no value at all.
    fn unexpected(&self, next: Peek) -> DecodeError {
        let starts_a_value = next.is_num() || br#""{[tfn"#.contains(&next.into_inner());
        let kind = if starts_a_value { DecodeErrorKind::Data } else { DecodeErrorKind::Syntax };
        self.at(kind, self.index())
    }

    fn peek(&mut self) -> Result<Peek, DecodeError> {
        self.jiter.peek().map_err(|error| self.broken(&error))
    }

    fn broken(&self, error: &JiterError) -> DecodeError {
        broken(error, self.text, self.base)
    }
}

fn broken(error: &JiterError, text: &[u8], base: usize) -> DecodeError {
    use JsonErrorType as Json;
    let index = base + error.index;
    let kind = match &error.error_type {
        JiterErrorType::WrongType { .. } => DecodeErrorKind::Data,
        JiterErrorType::JsonError(kind) => match kind {
            Json::EofWhileParsingList
            | Json::EofWhileParsingObject
            | Json::EofWhileParsingString
            | Json::EofWhileParsingValue => DecodeErrorKind::Truncated,
            Json::RecursionLimitExceeded => DecodeErrorKind::TooDeep,
            Json::FloatExpectingInt | Json::NumberOutOfRange => DecodeErrorKind::Data,
            // A literal or number that the text's end cuts off.
            _ if index >= text.len() => DecodeErrorKind::Truncated,
            _ => DecodeErrorKind::Syntax,
        },
    };
    let LinePosition { line, column } = LinePosition::find(text, index);
    DecodeError::at(kind, line, column)
}
