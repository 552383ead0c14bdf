//! The documents that are sent.
//!
//! Must not know: who reads the answers.

macro_rules! page {
    () => {
        "{ cursor items { id name group { id } column_values(ids: $columns) { id type text value \
         ... on BoardRelationValue { display_value linked_item_ids } \
         ... on DependencyValue { display_value linked_item_ids } \
         ... on MirrorValue { display_value } ... on FormulaValue { display_value } \
         ... on SubtasksValue { display_value } } } }"
    };
}

pub(super) const FIRST: &str = concat!(
    "query ItemViews($board_id: ID!, $limit: Int!, $query_params: ItemsQuery, $columns: [String!]) \
     { boards(ids: [$board_id], limit: 1) { items_page(limit: $limit, query_params: $query_params) ",
    page!(),
    " } }"
);

pub(super) const NEXT: &str = concat!(
    "query NextItemViews($cursor: String!, $limit: Int!, $columns: [String!]) \
     { next_items_page(cursor: $cursor, limit: $limit) ",
    page!(),
    " }"
);
