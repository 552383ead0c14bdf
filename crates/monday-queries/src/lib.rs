//! Generated operations of the monday.com GraphQL API, one struct each: its literal is the call.
//!
//! `queries/items/items_page.graphql` is [`ItemsPage`], and [`items`] holds what it answers. Beside the
//! generated code stands only which operations page, and how a list of items is split. Must not know: how
//! requests are sent.

#[cfg(feature = "serialize")]
mod answer;
#[cfg(feature = "cynic")]
mod cynic_traits;
mod macros;
mod pages;
mod split;

#[expect(deprecated, reason = "reading a deprecated field is no use of it")]
#[expect(clippy::module_inception, reason = "`boards/boards.rs` is the operation of the field `boards`")]
#[expect(clippy::struct_excessive_bools, reason = "monday's sessions of tracked time have four flags")]
#[rustfmt::skip]
#[path = "generated/index.rs"]
mod generated;

pub use generated::*;
pub use split::SplitError;
