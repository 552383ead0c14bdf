//! Reading JSON front to back into typed data, without an instance of serde for each type.
//!
//! One concrete reader and one trait without type parameters: a generated type costs one small function,
//! in the crate that defines it. Must not know: what an answer looks like (`envelope`), HTTP.

mod decode;
mod generated;
mod reader;
mod rows;
mod text;

pub use decode::{Decode, fill, fill_required, from_str};
pub use reader::{Fields, Reader};
pub use rows::{Kept, KeptRow, RowField, RowFields, RowKind, RowShape, Rows, Shaped};
