//! Fragments in another file, one of which another uses and one nobody.

monday_sdk::operation!(
    path = "ui/documents/queries/items_with_parts.graphql",
    fragments = ["ui/documents/queries/fragments/item_parts.graphql"],
);

fn main() {
    let data: items_with_parts::ItemsWithPartsData = monday_sdk::core::json::from_str(
        r#"{"items": [{"state": "active", "id": "1", "name": "Item", "board": {"id": "2", "board_kind": "public"}}]}"#,
    )
    .unwrap();
    let item = data.items.unwrap().remove(0).unwrap();
    let parts: items_with_parts::ItemParts = item.item_parts;
    assert_eq!(parts.name, "Item");
}
