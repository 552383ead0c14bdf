//! How a query is split, and what is refused.
//!
//! Must not know: how operations are sent.

use monday_core::Nullable;
use serde_json::json;

use crate::enums::{ItemsQueryOperator, ItemsQueryRuleOperator};
use crate::inputs::{ItemsQuery, ItemsQueryOrderBy, ItemsQueryRule};
use crate::{GetDirectoryResources, GroupItemsPage, ItemsPage, SplitError};

fn sent(query: &ItemsQuery) -> serde_json::Value {
    serde_json::to_value(query).unwrap()
}

fn sets(sets: &[&[i32]]) -> Result<Vec<ItemsQuery>, SplitError> {
    ItemsQuery::new().split_by("status", sets.iter().map(|set| set.iter().copied()))
}

#[test]
fn groups_are_a_part_each_and_all_others_the_last() {
    let parts = ItemsPage::new("1").limit(7).split_by_groups(["a", "b"]).unwrap();
    let parts: Vec<_> = parts.iter().map(|part| serde_json::to_value(part).unwrap()).collect();
    let part = |value: serde_json::Value, operator: &str| {
        let rule = json!({"column_id": "group", "compare_value": value, "operator": operator});
        json!({"board_id": "1", "limit": 7, "query_params": {"rules": [rule]}})
    };
    let expected =
        [part(json!(["a"]), "any_of"), part(json!(["b"]), "any_of"), part(json!(["a", "b"]), "not_any_of")];
    assert_eq!(parts, expected);
}

#[test]
fn of_a_column_with_several_values_an_item_is_in_the_first_part_that_takes_it() {
    let parts = sets(&[&[0, 1], &[2]]).unwrap();
    let rule = |value: serde_json::Value, operator: &str| json!({"column_id": "status", "compare_value": value, "operator": operator});
    assert_eq!(sent(&parts[0])["rules"], json!([rule(json!([0, 1]), "any_of")]));
    assert_eq!(
        sent(&parts[1])["rules"],
        json!([rule(json!([2]), "any_of"), rule(json!([0, 1]), "not_any_of")])
    );
    assert_eq!(sent(&parts[2])["rules"], json!([rule(json!([0, 1, 2]), "not_any_of")]));
}

#[test]
fn rules_that_are_there_still_hold_and_ids_and_order_are_kept() {
    let old = ItemsQuery::new()
        .ids(["7"])
        .order_by([ItemsQueryOrderBy::new("name")])
        .rules([ItemsQueryRule::new("name", json!(["x"])).operator(ItemsQueryRuleOperator::ContainsText)]);
    let before = sent(&old);
    let part = |query: &ItemsQuery| sent(&query.split_by("group", [["a"]]).unwrap()[0]);
    let more = json!({"column_id": "group", "compare_value": ["a"], "operator": "any_of"});

    let and = part(&old);
    assert_eq!((&and["ids"], &and["order_by"]), (&before["ids"], &before["order_by"]));
    assert_eq!(and["rules"], json!([before["rules"][0], more]));

    let or = part(&old.clone().operator(ItemsQueryOperator::Or));
    assert_eq!((&or["ids"], &or["order_by"]), (&before["ids"], &before["order_by"]));
    assert_eq!((&or["operator"], &or["rules"]), (&json!("and"), &json!([more])));
    assert_eq!(or["groups"], json!([{"operator": "or", "rules": before["rules"]}]));
}

#[test]
fn an_or_without_rules_leaves_no_empty_group_behind() {
    let query = ItemsQuery { rules: Nullable::Null, ..ItemsQuery::new() }.operator(ItemsQueryOperator::Or);
    let part = sent(&query.split_by("group", [["a"]]).unwrap()[0]);
    assert_eq!((part.get("groups"), &part["operator"]), (None, &json!("and")));
}

#[test]
fn what_cannot_be_split_is_refused() {
    assert_eq!(sets(&[]), Err(SplitError::Empty));
    assert_eq!(sets(&[&[1], &[]]), Err(SplitError::Empty));
    assert_eq!(sets(&[&[1], &[2, 1]]), Err(SplitError::ValueInTwoSets));
    assert_eq!(sets(&[&[1, 1], &[2]]).map(|parts| parts.len()), Ok(3), "twice in one set is no harm");
    let mixed = ItemsQuery::new().split_by("status", [[json!(1)], [json!("1")]]);
    assert_eq!(mixed, Err(SplitError::ValueInTwoSets));
    assert_eq!(ItemsPage::new("1").split_by_groups(["a", "a"]), Err(SplitError::ValueInTwoSets));
    assert_eq!(ItemsPage::new("1").split_by_groups([""; 0]), Err(SplitError::Empty));

    let directory = GetDirectoryResources::new();
    assert_eq!(directory.clone().split_by("location", [["here"]]).unwrap().len(), 2);
    assert_eq!(directory.cursor("c").split_by("location", [["here"]]), Err(SplitError::HasCursor));
    let group = GroupItemsPage::new("1", "g").split_by("status", [[1]]).unwrap();
    assert!(group.iter().all(|part| part.group_id.as_str() == "g"));
}
