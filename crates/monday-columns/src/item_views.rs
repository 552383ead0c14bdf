//! Items read where they came: pages are kept as bytes, and a value is decoded when it is asked for.
//!
//! Must not know: how pages are fetched.

mod column_view;
mod documents;
mod item_view;
mod operations;
mod page;

pub use column_view::ColumnView;
pub use item_view::ItemView;
pub use operations::{ItemViews, NextItemViews};

#[cfg(test)]
mod tests;
