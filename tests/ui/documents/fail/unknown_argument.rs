//! An argument with a letter too many.

monday_sdk::operation!("query Two { boards(limitt: 2) { id } }");

fn main() {}
