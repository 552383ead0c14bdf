//! The scan: from the start of a list to its end, noting where values stand.
//!
//! Must not know: what becomes of the places.

use super::super::text::Text;
use super::{RowField, RowFields, RowKind, RowShape};
use crate::DecodeErrorKind;

/// A value that was not found, or is null. No value stands at the start of a body.
pub(super) const NOTHING: u32 = 0;

/// A walk over a text.
pub(super) struct Scan<'j> {
    text: Text<'j>,
    tables: Vec<Vec<u32>>,
}

impl<'j> Scan<'j> {
    pub(super) fn new(text: &'j [u8], at: usize, tables: usize) -> Self {
        Self { text: Text::new(text, at), tables: vec![Vec::new(); tables] }
    }

    /// Where it stands, and what it has found.
    pub(super) fn finish(self) -> (usize, Box<[Box<[u32]>]>) {
        (self.text.at(), self.tables.into_iter().map(Vec::into_boxed_slice).collect())
    }

    /// A list of objects: where its rows start in their table, and how many they are.
    pub(super) fn list(
        &mut self,
        table: usize,
        shape: &'static RowShape,
    ) -> Result<(u32, u32), DecodeErrorKind> {
        let start = self.tables[table].len();
        if self.text.next()? != b'[' {
            return Err(DecodeErrorKind::Data);
        }
        let (mut count, mut follows) = (0, self.text.first(b']')?);
        while follows {
            let row = self.tables[table].len();
            self.tables[table].resize(row + shape.places, NOTHING);
            self.object(table, row, &shape.fields)?;
            count += 1;
            follows = self.text.another(b']')?;
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
        if self.text.next()? != b'{' {
            return Err(DecodeErrorKind::Data);
        }
        let start = self.text.at();
        let (mut expected, mut found) = (0, 0);
        let mut follows = self.text.first(b'}')?;
        while follows {
            match self.key(fields.all, expected)? {
                Some(index) => {
                    expected = index + 1;
                    let is_there = self.field(table, row, &fields.all[index])?;
                    found |= u64::from(is_there) << index;
                }
                None => self.text.skip()?,
            }
            follows = self.text.another(b'}')?;
        }
        if fields.required & !found != 0 {
            self.text = Text::new(self.text.all(), start);
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
        self.text.next()?;
        if let Some(field) = fields.get(expected)
            && self.text.rest().starts_with(field.key.as_bytes())
        {
            self.text.pass(field.key.len());
            return Ok(Some(expected));
        }
        self.other_key(fields)
    }

    /// A key in another order, with white space behind it, or of a field that nobody knows.
    #[cold]
    fn other_key(&mut self, fields: &'static [RowField]) -> Result<Option<usize>, DecodeErrorKind> {
        let (key, _) = self.text.key()?;
        Ok(fields.iter().position(|field| field.key.as_bytes().strip_suffix(b":") == Some(key)))
    }

    /// Reads a field's value: whether there is one that is not null.
    fn field(&mut self, table: usize, row: usize, field: &'static RowField) -> Result<bool, DecodeErrorKind> {
        let first = self.text.next()?;
        let place = row + field.place;
        if first == b'n' {
            return self.text.literal("null").map(|()| false);
        }
        let Ok(at) = u32::try_from(self.text.at()) else { return Err(DecodeErrorKind::Data) };
        match &field.kind {
            RowKind::Text | RowKind::Id | RowKind::Value if first == b'"' => self.text.string().map(drop)?,
            RowKind::Id if first == b'-' || first.is_ascii_digit() => self.integer()?,
            RowKind::Text | RowKind::Id => return Err(DecodeErrorKind::Data),
            RowKind::Value => self.text.skip()?,
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

    /// Passes an integer.
    fn integer(&mut self) -> Result<(), DecodeErrorKind> {
        let start = self.text.at();
        if self.text.number()? {
            return Ok(());
        }
        self.text = Text::new(self.text.all(), start);
        Err(DecodeErrorKind::Data)
    }
}
