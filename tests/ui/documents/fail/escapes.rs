//! Text with escapes has places of its own.

monday_sdk::operation!("query Who {\n  me { idd }\n}");

fn main() {}
