//! A mutation.

monday_sdk::operation!(
    "mutation Rename($item: ID!, $board: ID!, $values: JSON!) {
        change_multiple_column_values(item_id: $item, board_id: $board, column_values: $values) { id name }
    }"
);

fn main() {
    use monday_sdk::core::OperationKind;
    let values = monday_sdk::Json::text(&serde_json::json!({"name": "New"})).unwrap();
    let rename = Rename { item: 1_u64.into(), board: "2".into(), values };
    assert_eq!(monday_sdk::Request::new(&rename).unwrap().kind(), OperationKind::Mutation);
}
