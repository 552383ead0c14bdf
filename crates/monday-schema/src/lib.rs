//! The code-first door: the schema for [cynic](https://cynic-rs.dev), and the way from a cynic operation to a
//! [`Request`](monday_core::Request).
//!
//! ```
//! use cynic::QueryBuilder as _;
//! use monday_schema::{request, schema};
//!
//! #[derive(cynic::QueryFragment)]
//! #[cynic(schema = "monday", graphql_type = "Query")]
//! struct Me {
//!     me: Option<User>,
//! }
//!
//! #[derive(cynic::QueryFragment)]
//! #[cynic(schema = "monday", rename_all = "None")]
//! struct User {
//!     name: String,
//!     is_email_confirmed: bool,
//! }
//!
//! let request = request(Me::build(()))?;
//! assert_eq!(request.operation(), "Me");
//! # Ok::<(), monday_core::EncodeError>(())
//! ```
//!
//! Must not know: how requests are sent.

mod request;
mod scalars;

pub use request::request;

/// The schema, for the `build.rs` of a crate with struct queries of its own:
/// `cynic_codegen::register_schema("monday").from_sdl(monday_schema::SDL)?.as_default()?`.
pub const SDL: &str = include_str!("generated/monday.graphql");

/// cynic's schema module, expanded once, here.
#[expect(missing_docs, reason = "expanded by cynic")]
#[cynic::schema("monday")]
pub mod schema {}
