//! Lists kept as they came: one scan finds where each value stands, and a value is read when it is asked for.
//!
//! A row costs four bytes a value beside the body that holds it, and no allocation. The scan checks what a decode would
//! check: that the text is JSON, that strings are strings, and that what may not be null is there.
//!
//! Must not know: what the rows are.

mod kept;
mod scan;

pub use kept::{Kept, KeptRow};

use super::{Decode, Reader};
use crate::DecodeError;
use scan::Scan;

/// What is read of each object in a list.
#[derive(Debug)]
pub struct RowShape {
    /// Its fields.
    pub fields: RowFields,
    /// How many places its fields take together.
    pub places: usize,
}

/// The fields of an object, in the order of the document. At most 64.
#[derive(Debug)]
pub struct RowFields {
    all: &'static [RowField],
    /// A bit for each that may not be null.
    required: u64,
}

impl RowFields {
    /// The fields in the order of the document.
    ///
    /// # Panics
    ///
    /// Panics for more than 64 fields, when it is compiled.
    #[must_use]
    pub const fn new(all: &'static [RowField]) -> Self {
        assert!(all.len() <= 64, "a bit is kept for each");
        let (mut required, mut index) = (0, 0);
        while index < all.len() {
            if !all[index].is_nullable {
                required |= 1 << index;
            }
            index += 1;
        }
        Self { all, required }
    }
}

/// One field of an object in a list.
#[derive(Debug)]
pub struct RowField {
    /// Its key in the answer as it is written there, with quotes and colon: `"id":`.
    pub key: &'static str,
    /// Its place in the row: the first of them, where it takes more than one.
    pub place: usize,
    /// Whether it may be null or missing.
    pub is_nullable: bool,
    /// What stands there.
    pub kind: RowKind,
}

/// What stands in a field.
#[derive(Debug)]
pub enum RowKind {
    /// A string. One place.
    Text,
    /// An id: a string, or an integer. One place.
    Id,
    /// Any other value, which is read by its own type. One place.
    Value,
    /// An object, whose fields have places of the same row. One place.
    Object(&'static RowFields),
    /// A list of objects, kept in the table of this number. Two places.
    Rows(usize, &'static RowShape),
}

/// The shape of a type's rows.
pub trait Shaped {
    /// The shape of one row of the list.
    const SHAPE: &'static RowShape;
    /// How many tables its rows take, nested lists included. The list's own is number 0.
    const TABLES: usize;
}

/// Where the rows of a list stand in a body that somebody else holds: [`Kept`] joins the two.
#[derive(Debug)]
pub struct Rows<S> {
    /// Without the byte order mark, if the body has one.
    length: usize,
    tables: Box<[Box<[u32]>]>,
    shape: std::marker::PhantomData<fn() -> S>,
}

impl<S: Shaped> Decode for Rows<S> {
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let (text, start) = reader.here()?;
        let mut scan = Scan::new(text, start, S::TABLES);
        let scanned = scan.list(0, S::SHAPE);
        let (end, tables) = scan.finish();
        scanned.map_err(|kind| reader.at(kind, end))?;
        reader.go_to(end);
        Ok(Self { length: text.len(), tables, shape: std::marker::PhantomData })
    }
}

#[cfg(test)]
mod tests;
