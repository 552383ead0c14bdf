//! A variable that nothing uses.

monday_sdk::operation!("query Who($limit: Int) { me { id } }");

fn main() {}
