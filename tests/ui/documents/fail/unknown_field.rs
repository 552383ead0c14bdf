//! Fields that nobody has, in a file: both mistakes, each with the name that is near.

monday_sdk::operation!("ui/documents/queries/unknown_field.graphql");

fn main() {}
