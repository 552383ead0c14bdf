//! What the crate promises: all of monday's columns are read, those that can be written are written by their rules, and
//! filters are what monday takes.
//!
//! Must not know: how requests are sent.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on is red")]

#[path = "columns/answer.rs"]
mod answer;
#[path = "columns/fact_table.rs"]
mod fact_table;
#[path = "columns/fields.rs"]
mod fields;
#[path = "columns/filter_rules.rs"]
mod filter_rules;
#[path = "columns/filters.rs"]
mod filters;
#[path = "columns/monday.rs"]
mod monday;
#[path = "columns/reading.rs"]
mod reading;
#[path = "columns/round_trip.rs"]
mod round_trip;
#[path = "columns/schema.rs"]
mod schema;
#[path = "columns/texts.rs"]
mod texts;
#[path = "columns/writing.rs"]
mod writing;
