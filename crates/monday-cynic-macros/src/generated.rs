//! What `cargo xtask codegen` writes into this package.

mod schema_version;

pub(crate) use schema_version::SCHEMA_VERSION;

/// The committed schema: a package holds its own copy.
pub(crate) const SDL: &str = include_str!("generated/monday.graphql");
