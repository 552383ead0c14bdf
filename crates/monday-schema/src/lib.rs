//! The code-first door: the schema for [cynic](https://cynic-rs.dev), and the way from a struct that selects to a
//! [`Request`](monday_core::Request).
//!
//! [`structs`] is the door itself, which the facade calls `monday_sdk::cynic`; `schema` are cynic's markers, expanded
//! once, here. The rest is for the code that the derives write. Must not know: how requests are sent.

mod assertions;
mod fits;
mod found;
mod operation;
mod scalars;
pub mod schema;
pub mod structs;

#[doc(hidden)]
pub use assertions::{given, member, selection, variable};
#[doc(hidden)]
pub use cynic;
pub use fits::{Fits, Given};
#[doc(hidden)]
pub use found::{Found, find, required};
#[doc(hidden)]
pub use monday_core::Nullable;
pub use operation::{StructOperation, request};
