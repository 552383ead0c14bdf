//! A schema of one's own, which the derives bring.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(schema = "monday")]
struct Board {
    id: Id,
}

fn main() {}
