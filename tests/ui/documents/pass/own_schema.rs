//! A schema of one's own: what is the SDK's stays the SDK's, the rest stands in the module.

monday_sdk::operation!(
    text = "query Old { boards(limit: 1) { id kind state } }",
    schema = "ui/documents/schema/older.graphql",
);

fn main() {
    let board: old::OldBoards =
        monday_sdk::core::json::from_str(r#"{"id": 7, "kind": "fancy", "state": "archived"}"#).unwrap();
    assert_eq!(board.kind, Some(old::OldKind::Fancy));
    assert_eq!(board.state, monday_sdk::queries::enums::State::Archived);
}
