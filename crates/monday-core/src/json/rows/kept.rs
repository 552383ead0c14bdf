//! A body with the places of its rows, and what stands in them.
//!
//! Must not know: how the places were found.

use std::borrow::Cow;

use bytes::Bytes;
use bytestring::ByteString;
use memchr::{memchr, memchr2};

use super::super::text::unescape;
use super::scan::NOTHING;
use super::{Rows, Shaped};
use crate::json::{Decode, Reader};
use crate::{DecodeError, DecodeErrorKind};

/// The rows of a list, with the body they stand in. Nothing of the body was copied.
pub struct Kept {
    text: ByteString,
    tables: Box<[Box<[u32]>]>,
    places: usize,
}

/// One row. Values are found by their places in its shape.
#[derive(Clone, Copy)]
pub struct KeptRow<'k> {
    kept: &'k Kept,
    places: &'k [u32],
}

impl Kept {
    /// Joins places and the body in which they were found. An error where the body is no UTF-8.
    pub fn new<S: Shaped>(rows: Rows<S>, body: &Bytes) -> Result<Self, DecodeError> {
        // Places are counted behind a byte order mark.
        let text = body.slice(body.len().saturating_sub(rows.length)..);
        let text = ByteString::try_from(text).map_err(|_| DecodeError::new(DecodeErrorKind::Syntax))?;
        Ok(Self { text, tables: rows.tables, places: S::SHAPE.places })
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.tables[0].len() / self.places
    }

    /// Whether there is no row.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.tables[0].is_empty()
    }

    /// A row, by its number; none behind the last.
    #[must_use]
    pub fn row(&self, number: usize) -> Option<KeptRow<'_>> {
        let start = number.checked_mul(self.places)?;
        let places = self.tables[0].get(start..start + self.places)?;
        Some(KeptRow { kept: self, places })
    }
}

impl<'k> KeptRow<'k> {
    /// The string in a place, unescaped, or the digits of an id; none for null.
    #[must_use]
    pub fn text(self, place: usize) -> Option<Cow<'k, str>> {
        let raw = self.raw(place)?;
        Some(if memchr(b'\\', raw.as_bytes()).is_none() {
            Cow::Borrowed(raw)
        } else {
            Cow::Owned(unescape(raw))
        })
    }

    /// The string in a place as it stands in the body, with its escapes; none for null.
    #[must_use]
    pub fn raw(self, place: usize) -> Option<&'k str> {
        let text: &'k str = self.rest(place)?;
        let Some(string) = text.strip_prefix('"') else {
            let end = text.bytes().position(|byte| byte != b'-' && !byte.is_ascii_digit());
            return text.get(..end.unwrap_or(text.len()));
        };
        let (bytes, mut at) = (string.as_bytes(), 0);
        loop {
            at += memchr2(b'"', b'\\', bytes.get(at..)?)?;
            if bytes[at] == b'"' {
                return string.get(..at);
            }
            at += 2;
        }
    }

    /// JSON in a place: the text in a string, as monday writes the scalar `JSON`, or the value itself; none for null.
    #[must_use]
    pub fn json(self, place: usize) -> Option<Cow<'k, str>> {
        let rest = self.rest(place)?;
        if rest.starts_with('"') {
            return self.text(place);
        }
        let value = Reader::new(rest.as_bytes()).skip().ok()?;
        rest.get(..value.len()).map(Cow::Borrowed)
    }

    /// Whether the string in a place is this one. Nothing is unescaped where neither has an escape.
    #[must_use]
    pub fn is(self, place: usize, text: &str) -> bool {
        let Some(found) = self.rest(place) else { return false };
        let bytes = found.as_bytes();
        let is_plain = bytes.first() == Some(&b'"')
            && bytes.get(1..=text.len()) == Some(text.as_bytes())
            && bytes.get(text.len() + 1) == Some(&b'"');
        if is_plain && memchr2(b'\\', b'"', text.as_bytes()).is_none() {
            return true;
        }
        self.text(place).is_some_and(|found| found == text)
    }

    /// The value in a place, read as its type; none for null.
    pub fn value<T: Decode>(self, place: usize) -> Result<Option<T>, DecodeError> {
        match self.rest(place) {
            Some(text) => T::decode(&mut Reader::new(text.as_bytes())).map(Some),
            None => Ok(None),
        }
    }

    /// The rows of a list in a place, in a table of its own with so many places a row.
    #[must_use]
    pub fn rows(
        self,
        place: usize,
        table: usize,
        places: usize,
    ) -> impl ExactSizeIterator<Item = Self> + Clone + use<'k> {
        let (start, count) = (self.places[place] as usize, self.places[place + 1] as usize);
        let table: &'k [u32] = &self.kept.tables[table];
        let kept = self.kept;
        table[start..start + count * places].chunks_exact(places).map(move |places| Self { kept, places })
    }

    /// The body from a place on.
    fn rest(self, place: usize) -> Option<&'k str> {
        match self.places[place] {
            NOTHING => None,
            at => self.kept.text.get(at as usize..),
        }
    }
}

impl std::fmt::Debug for Kept {
    /// Without what it holds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Kept").field("rows", &self.len()).finish_non_exhaustive()
    }
}

impl std::fmt::Debug for KeptRow<'_> {
    /// Without what it holds.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeptRow").finish_non_exhaustive()
    }
}
