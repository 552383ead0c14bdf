//! An operation without a name, and one that is named like an enum.

monday_sdk::operation!("{ me { id } }");
monday_sdk::operation!("query BoardKind { me { id } }");

fn main() {}
