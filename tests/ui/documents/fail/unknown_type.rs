//! Types that the schema does not have.

monday_sdk::operation!("query Values($q: ItemQuery) { items(ids: [1]) { column_values { __typename ... on StatusVale { label } } boards_of: board { items_page(query_params: $q) { cursor } } } }");

fn main() {}
