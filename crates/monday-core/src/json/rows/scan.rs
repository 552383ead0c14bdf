//! The scan: from the start of a list to its end, noting where values stand.
//!
//! Must not know: what becomes of the places.

use jiter::{Jiter, JiterErrorType, JsonErrorType};

use super::{RowField, RowFields, RowKind, RowShape};
use crate::DecodeErrorKind;

/// A value that was not found, or is null. No value stands at the start of a body.
pub(super) const NOTHING: u32 = 0;

/// A walk over a text.
pub(super) struct Scan<'j> {
    text: &'j [u8],
    at: usize,
    tables: Vec<Vec<u32>>,
}

impl<'j> Scan<'j> {
    pub(super) fn new(text: &'j [u8], at: usize, tables: usize) -> Self {
        Self { text, at, tables: vec![Vec::new(); tables] }
    }

    /// Where it stands, and what it has found.
    pub(super) fn finish(self) -> (usize, Box<[Box<[u32]>]>) {
        (self.at, self.tables.into_iter().map(Vec::into_boxed_slice).collect())
    }

    /// A list of objects: where its rows start in their table, and how many they are.
    pub(super) fn list(
        &mut self,
        table: usize,
        shape: &'static RowShape,
    ) -> Result<(u32, u32), DecodeErrorKind> {
        let start = self.tables[table].len();
        if self.next()? != b'[' {
            return Err(DecodeErrorKind::Data);
        }
        self.at += 1;
        let mut count = 0;
        if self.next()? == b']' {
            self.at += 1;
        } else {
            loop {
                let row = self.tables[table].len();
                self.tables[table].resize(row + shape.places, NOTHING);
                self.object(table, row, &shape.fields)?;
                count += 1;
                match self.next()? {
                    b',' => self.at += 1,
                    b']' => break self.at += 1,
                    _ => return Err(DecodeErrorKind::Syntax),
                }
            }
        }
        match u32::try_from(start) {
            Ok(start) => Ok((start, count)),
            Err(_) => Err(DecodeErrorKind::Data),
        }
    }

    fn object(
        &mut self,
        table: usize,
        row: usize,
        fields: &'static RowFields,
    ) -> Result<(), DecodeErrorKind> {
        if self.next()? != b'{' {
            return Err(DecodeErrorKind::Data);
        }
        let start = self.at;
        self.at += 1;
        let (mut expected, mut found) = (0, 0);
        if self.next()? == b'}' {
            self.at += 1;
        } else {
            loop {
                match self.key(fields.all, expected)? {
                    Some(index) => {
                        expected = index + 1;
                        let is_there = self.field(table, row, &fields.all[index])?;
                        found |= u64::from(is_there) << index;
                    }
                    None => self.skip()?,
                }
                match self.next()? {
                    b',' => self.at += 1,
                    b'}' => break self.at += 1,
                    _ => return Err(DecodeErrorKind::Syntax),
                }
            }
        }
        if fields.required & !found != 0 {
            self.at = start;
            return Err(DecodeErrorKind::Data);
        }
        Ok(())
    }

    /// Reads a key and its colon: which field it is, if it is one. The expected one is tried first.
    #[inline]
    fn key(
        &mut self,
        fields: &'static [RowField],
        expected: usize,
    ) -> Result<Option<usize>, DecodeErrorKind> {
        self.next()?;
        if let Some(field) = fields.get(expected)
            && self.text[self.at..].starts_with(field.key.as_bytes())
        {
            self.at += field.key.len();
            return Ok(Some(expected));
        }
        self.other_key(fields)
    }

    /// A key in another order, with white space behind it, or of a field that nobody knows.
    #[cold]
    fn other_key(&mut self, fields: &'static [RowField]) -> Result<Option<usize>, DecodeErrorKind> {
        let start = self.at;
        if self.next()? != b'"' {
            return Err(DecodeErrorKind::Syntax);
        }
        self.string()?;
        let key = &self.text[start..self.at];
        if self.next()? != b':' {
            return Err(DecodeErrorKind::Syntax);
        }
        self.at += 1;
        Ok(fields.iter().position(|field| field.key.as_bytes().strip_suffix(b":") == Some(key)))
    }

    /// Reads a field's value: whether there is one that is not null.
    fn field(&mut self, table: usize, row: usize, field: &'static RowField) -> Result<bool, DecodeErrorKind> {
        let first = self.next()?;
        let place = row + field.place;
        if first == b'n' {
            return self.skip().map(|()| false);
        }
        let Ok(at) = u32::try_from(self.at) else { return Err(DecodeErrorKind::Data) };
        match &field.kind {
            RowKind::Text | RowKind::Id | RowKind::Value if first == b'"' => self.string()?,
            RowKind::Id if first == b'-' || first.is_ascii_digit() => self.integer()?,
            RowKind::Text | RowKind::Id => return Err(DecodeErrorKind::Data),
            RowKind::Value => self.skip()?,
            RowKind::Object(fields) => self.object(table, row, fields)?,
            RowKind::Rows(inner, shape) => {
                let (start, count) = self.list(*inner, shape)?;
                self.tables[table][place..place + 2].copy_from_slice(&[start, count]);
                return Ok(true);
            }
        }
        self.tables[table][place] = at;
        Ok(true)
    }

    /// Moves behind the string that starts here: eight bytes at a time, since strings and what lies between two
    /// escapes are short.
    fn string(&mut self) -> Result<(), DecodeErrorKind> {
        let text = self.text;
        let mut at = self.at + 1;
        loop {
            while let Some(word) = text.get(at..).and_then(<[u8]>::first_chunk) {
                let marks = marks(u64::from_le_bytes(*word));
                if marks != 0 {
                    at += (marks.trailing_zeros() / 8) as usize;
                    break;
                }
                at += 8;
            }
            match text.get(at) {
                Some(b'"') => {
                    self.at = at + 1;
                    return Ok(());
                }
                Some(b'\\') => {
                    let Some(length) = escape(&text[at..]) else {
                        self.at = at;
                        return Err(DecodeErrorKind::Syntax);
                    };
                    at += length;
                }
                // The last bytes of the text, one by one.
                Some(_) => at += 1,
                None => {
                    self.at = text.len();
                    return Err(DecodeErrorKind::Truncated);
                }
            }
        }
    }

    /// Moves behind an integer.
    fn integer(&mut self) -> Result<(), DecodeErrorKind> {
        let rest = &self.text[self.at..];
        let length = rest.iter().skip(1).take_while(|byte| byte.is_ascii_digit()).count() + 1;
        if rest[0] == b'-' && length == 1 || matches!(rest.get(length), Some(b'.' | b'e' | b'E')) {
            return Err(DecodeErrorKind::Data);
        }
        self.at += length;
        Ok(())
    }

    /// Moves behind a value of any kind.
    fn skip(&mut self) -> Result<(), DecodeErrorKind> {
        let mut jiter = Jiter::new(&self.text[self.at..]);
        let skipped = jiter.peek().and_then(|next| jiter.known_skip(next));
        if let Err(error) = skipped {
            self.at += error.index;
            let kind = match error.error_type {
                JiterErrorType::JsonError(JsonErrorType::RecursionLimitExceeded) => DecodeErrorKind::TooDeep,
                _ if self.at >= self.text.len() => DecodeErrorKind::Truncated,
                _ => DecodeErrorKind::Syntax,
            };
            return Err(kind);
        }
        self.at += jiter.current_index();
        Ok(())
    }

    /// The next byte that is no white space, which is left where it is.
    #[inline]
    fn next(&mut self) -> Result<u8, DecodeErrorKind> {
        while let Some(&byte) = self.text.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return Ok(byte);
            }
            self.at += 1;
        }
        Err(DecodeErrorKind::Truncated)
    }
}

/// The high bits of the bytes in a word that are quotes or backslashes: right up to the first of them, which is all that
/// is asked. The trick is from "Bit Twiddling Hacks", "Determine if a word has a byte equal to n".
fn marks(word: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    let zeros = |word: u64| word.wrapping_sub(ONES) & !word & (ONES << 7);
    zeros(word ^ (ONES * u64::from(b'"'))) | zeros(word ^ (ONES * u64::from(b'\\')))
}

/// How long the escape at the start of a text is (RFC 8259, section 7); none if it is no escape.
#[inline]
fn escape(text: &[u8]) -> Option<usize> {
    match text.get(1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(2),
        b'u' => match unit(text)? {
            0xdc00..=0xdfff => None,
            0xd800..=0xdbff => {
                let low = text.get(6..).filter(|rest| rest.starts_with(b"\\u")).and_then(unit)?;
                (0xdc00..=0xdfff).contains(&low).then_some(12)
            }
            _ => Some(6),
        },
        _ => None,
    }
}

/// The code unit of an escape `\uXXXX`.
pub(super) fn unit(text: &[u8]) -> Option<u32> {
    let digits = text.get(2..6)?;
    digits.iter().try_fold(0, |unit, digit| Some(unit << 4 | char::from(*digit).to_digit(16)?))
}
