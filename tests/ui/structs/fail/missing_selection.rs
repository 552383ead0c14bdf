//! Objects without a selection.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
struct Board {
    id: Id,
    owners: Vec<Option<String>>,
    items_page: monday_sdk::Json,
}

#[derive(QueryFragment)]
struct Item {
    column_values: Vec<String>,
}

fn main() {}
