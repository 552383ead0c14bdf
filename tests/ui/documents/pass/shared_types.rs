//! Types of the SDK go into queries of one's own.

use monday_sdk::queries::inputs::ItemsQuery;

monday_sdk::operation!(
    "query Filtered($board: ID!, $filter: ItemsQuery) {
        boards(ids: [$board]) { items_page(query_params: $filter) { items { id } } }
    }"
);

fn main() {
    let filter = Some(ItemsQuery::default());
    let _ = Filtered { board: "1".into(), filter };
}
