//! Fields of other types than monday's.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
struct Board {
    id: i64,
    items_count: Option<String>,
    name: Id,
    description: String,
    board_kind: String,
}

fn main() {}
