//! A query that is split: every row it asked for is in exactly one part, and no other row in any.
//!
//! Must not know: how parts are read.

use std::collections::BTreeSet;

use monday_sdk::queries::enums::{ItemsQueryOperator, ItemsQueryRuleOperator};
use monday_sdk::queries::inputs::{ItemsQuery, ItemsQueryGroup, ItemsQueryRule};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;
use serde_json::{Value, json};

/// `group` has one value, the others none or several.
const COLUMNS: [&str; 3] = ["group", "status", "tags"];
const VALUES: i32 = 6;

/// The values of a row by column.
type Row = [BTreeSet<i32>; 3];

fn rule_holds(rule: &Value, row: &Row) -> bool {
    let column = COLUMNS.iter().position(|column| rule["column_id"] == *column).unwrap();
    let wanted = rule["compare_value"].as_array().unwrap();
    let is_any = wanted.iter().any(|value| row[column].iter().any(|own| value == &json!(own)));
    match rule["operator"].as_str().unwrap_or("any_of") {
        "any_of" => is_any,
        "not_any_of" => !is_any,
        "is_empty" => row[column].is_empty(),
        other => panic!("{other}"),
    }
}

/// `None` where there is no rule.
fn rules_hold(rules: &Value, row: &Row) -> Option<bool> {
    let list = |key: &str| rules[key].as_array().cloned().unwrap_or_default();
    let own = list("rules").into_iter().map(|rule| rule_holds(&rule, row));
    let nested = list("groups").into_iter().filter_map(|group| rules_hold(&group, row));
    let held: Vec<bool> = own.chain(nested).collect();
    match rules["operator"].as_str().unwrap_or("and") {
        _ if held.is_empty() => None,
        "and" => Some(held.iter().all(|held| *held)),
        "or" => Some(held.contains(&true)),
        other => panic!("{other}"),
    }
}

fn asks_for(query: &ItemsQuery, row: &Row) -> bool {
    rules_hold(&serde_json::to_value(query).unwrap(), row).unwrap_or(true)
}

fn operators() -> impl Strategy<Value = Option<ItemsQueryOperator>> {
    prop_oneof![Just(None), Just(Some(ItemsQueryOperator::And)), Just(Some(ItemsQueryOperator::Or))]
}

fn rules() -> impl Strategy<Value = Vec<ItemsQueryRule>> {
    let operators = prop_oneof![
        Just(None),
        Just(Some(ItemsQueryRuleOperator::AnyOf)),
        Just(Some(ItemsQueryRuleOperator::NotAnyOf)),
        Just(Some(ItemsQueryRuleOperator::IsEmpty)),
    ];
    let rule = (0..COLUMNS.len(), vec(0..VALUES, 0..4), operators);
    let rule = rule.prop_map(|(column, values, operator)| ItemsQueryRule {
        operator: operator.into(),
        ..ItemsQueryRule::new(COLUMNS[column], json!(values))
    });
    vec(rule, 0..3)
}

fn groups() -> impl Strategy<Value = Vec<ItemsQueryGroup>> {
    let leaf = (rules(), operators()).prop_map(|(rules, operator)| ItemsQueryGroup {
        operator: operator.into(),
        ..ItemsQueryGroup::new().rules(rules)
    });
    let group = leaf.prop_recursive(2, 6, 2, |inner| {
        (rules(), operators(), vec(inner, 0..3)).prop_map(|(rules, operator, groups)| ItemsQueryGroup {
            operator: operator.into(),
            ..ItemsQueryGroup::new().rules(rules).groups(groups)
        })
    });
    vec(group, 0..3)
}

fn queries() -> impl Strategy<Value = ItemsQuery> {
    (rules(), operators(), groups()).prop_map(|(rules, operator, groups)| ItemsQuery {
        operator: operator.into(),
        ..ItemsQuery::new().rules(rules).groups(groups)
    })
}

fn rows() -> impl Strategy<Value = Vec<Row>> {
    let row = (0..VALUES, btree_set(0..VALUES, 0..3), btree_set(0..VALUES, 0..5));
    vec(row.prop_map(|(group, status, tags)| [BTreeSet::from([group]), status, tags]), 1..30)
}

/// Which set a value is in, if any: some sets, and some values in none.
fn sets() -> impl Strategy<Value = Vec<Vec<i32>>> {
    vec(proptest::option::of(0..4_usize), usize::try_from(VALUES).unwrap()).prop_filter_map(
        "no set",
        |owners| {
            let set = |number: usize| {
                let values = (0..VALUES).zip(&owners).filter(move |(_, owner)| **owner == Some(number));
                values.map(|(value, _)| value).collect::<Vec<_>>()
            };
            let sets: Vec<_> = (0..4).map(set).filter(|set| !set.is_empty()).collect();
            (!sets.is_empty()).then_some(sets)
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_row_that_was_asked_for_is_in_exactly_one_part(
        query in queries(), column in 0..COLUMNS.len(), sets in sets(), rows in rows(),
    ) {
        let parts = query.split_by(COLUMNS[column], sets.clone()).unwrap();
        prop_assert_eq!(parts.len(), sets.len() + 1);
        for row in &rows {
            let found = parts.iter().filter(|part| asks_for(part, row)).count();
            prop_assert_eq!(found, usize::from(asks_for(&query, row)), "{:?} of {:?}", row, parts);
        }
    }
}

/// The test above can tell: it is not all rows or none that are asked for.
#[test]
fn the_evaluator_tells_rows_apart() {
    let row: Row = [BTreeSet::from([1]), BTreeSet::new(), BTreeSet::from([2, 3])];
    let query =
        |column: &str, value: i32| ItemsQuery::new().rules([ItemsQueryRule::new(column, json!([value]))]);
    assert!(asks_for(&query("tags", 3), &row) && !asks_for(&query("tags", 1), &row));
    let nested = ItemsQueryGroup::new().rules([ItemsQueryRule::new("group", json!([1]))]);
    assert!(!asks_for(&query("tags", 1).groups([nested.clone()]), &row));
    assert!(asks_for(&query("tags", 1).groups([nested]).operator(ItemsQueryOperator::Or), &row));
}
