//! A variable that is used and not declared.

monday_sdk::operation!(r"query Two { boards(limit: $limit, ids: [$board]) { id } }");

fn main() {}
