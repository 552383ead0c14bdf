//! A path that leads nowhere.

monday_sdk::operation!("ui/documents/querys/my_boards.graphql");

fn main() {}
