//! Two operations in one file.

monday_sdk::operation!("ui/documents/queries/two_operations.graphql");

fn main() {}
