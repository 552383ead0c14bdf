//! A field that only a later version of the API has.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
struct User {
    id: Id,
    favorite_hologram: Option<String>,
}

fn main() {}
