//! An operation without a name, and one that is named like a type.

monday_sdk::operation!("{ me { id } }");
monday_sdk::operation!("query Board { me { id } }");

fn main() {}
