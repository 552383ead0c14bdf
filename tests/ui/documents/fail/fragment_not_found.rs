//! A fragment whose file is not named.

monday_sdk::operation!("ui/documents/queries/without_fragment.graphql");

fn main() {}
