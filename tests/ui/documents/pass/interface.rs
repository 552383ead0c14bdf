//! An interface, told apart by `__typename`; a member that is newer than the schema does no harm.

monday_sdk::operation!(
    "query Values($ids: [ID!]!, $with_text: Boolean!) {
        items(ids: $ids) {
            name
            ...Again
            column_values {
                __typename
                id
                text @include(if: $with_text)
                ... on StatusValue { id label }
                ... on StatusValue { index }
                ... on ColumnValue { type }
                ... on DateValue { date }
            }
        }
    }
    fragment Again on Item { name board { id } board { name } }"
);

fn main() {
    let answer = r#"{"items": [{"name": "Item", "board": {"id": "5", "name": "Plan"}, "column_values": [
        {"__typename": "StatusValue", "id": "status", "type": "status", "text": "Done", "label": "Done", "index": 1},
        {"__typename": "HologramValue", "id": "hologram", "type": "hologram"}
    ]}]}"#;
    let data: values::ValuesData = monday_sdk::core::json::from_str(answer).unwrap();
    let item = data.items.unwrap().remove(0).unwrap();
    assert_eq!((item.name.as_str(), item.board.unwrap().name.as_str()), ("Item", "Plan"));
    let [status, hologram] = item.column_values.as_slice() else { panic!() };
    let values::ValuesItemsColumnValuesOn::StatusValue(status) = &status.on else { panic!() };
    assert_eq!((status.label.as_deref(), status.index), (Some("Done"), Some(1)));
    assert_eq!(hologram.on, values::ValuesItemsColumnValuesOn::Unknown);
    assert_eq!(hologram.text, None);
}
