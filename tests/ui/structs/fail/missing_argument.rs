//! An argument that the field needs.

use monday_sdk::Id;
use monday_sdk::cynic::{QueryFragment};

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query")]
struct MyPage {
    next_items_page: Page,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct Page {
    items: Vec<Item>,
}

#[derive(QueryFragment)]
struct Item {
    id: Id,
}

fn main() {}
