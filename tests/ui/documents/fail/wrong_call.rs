//! What is no call.

monday_sdk::operation!(file = "x.graphql");

fn main() {}
