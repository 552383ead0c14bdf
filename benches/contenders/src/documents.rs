//! What is asked for, in the words of the contender that writes its documents by hand. All ask for the same.
//!
//! Must not know: who sends it.

/// Who am I?
pub const ME: &str = "query Me { me { id name email } }";

/// The first page of a board.
pub const FIRST_ITEMS: &str = "query FirstItems($board: ID!, $limit: Int!) { boards(ids: [$board], limit: 1) { items_page(limit: $limit) \
     { cursor items { id name group { id } column_values { id type text value } } } } }";

/// A further page.
pub const NEXT_ITEMS: &str = "query NextItems($cursor: String!, $limit: Int!) { next_items_page(cursor: $cursor, limit: $limit) \
     { cursor items { id name group { id } column_values { id type text value } } } }";

/// An item.
pub const CREATE: &str =
    "mutation Create($board: ID!, $name: String!) { create_item(board_id: $board, item_name: $name) { id } }";
