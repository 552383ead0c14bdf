//! A field that monday does not have, or has in another place.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Board")]
struct Board {
    id: Id,
    item_count: Option<i64>,
    holograms: Option<i64>,
}

fn main() {}
