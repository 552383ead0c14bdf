//! What an older schema of one'\''s own lacks, and the SDK'\''s has.

monday_sdk::operation!(
    text = "query Old { boards(limit: 1, page: 2) { id items_count nmae } }",
    schema = "ui/documents/schema/older.graphql"
);

fn main() {}
