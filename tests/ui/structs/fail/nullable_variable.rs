//! A variable that may be null, for an argument that may not.

use monday_sdk::cynic::{QueryFragment, QueryVariables};

#[derive(QueryVariables)]
struct MyVariables {
    cursor: Option<String>,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "Query", variables = "MyVariables")]
struct MyPage {
    #[arguments(cursor: $cursor)]
    next_items_page: Page,
}

#[derive(QueryFragment)]
#[cynic(graphql_type = "ItemsResponse")]
struct Page {
    cursor: Option<String>,
}

fn main() {}
