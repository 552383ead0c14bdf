//! An argument that must be given.

monday_sdk::operation!("mutation Rename { create_item(board_id: 1) { id } }");

fn main() {}
