//! `cargo monday`: monday.com's schema in a repository of yours, what its changes break there, and boards as structs.
//!
//! A library for `xtask` and tests; people run the program. Must not know: how schemas are compared and code is generated
//! (`monday-codegen`).

#[cfg(feature = "account")]
pub mod account;
pub mod codegen;
pub mod files;
pub mod generated_files;
pub mod init;
pub mod outcome;
pub mod project;
pub mod schema;

#[rustfmt::skip]
#[path = "generated/schema_version.rs"]
mod schema_version;

/// An error with what to do about it.
pub type Failure = String;
