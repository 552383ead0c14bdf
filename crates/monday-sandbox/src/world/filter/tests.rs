//! Filters over a board of twelve items in four groups.
//!
//! Must not know: GraphQL.

use serde_json::{Value, json};

use super::Filter;
use crate::field_fault::FieldFault;
use crate::world::{LARGE_BOARD, World};

/// The numbers of the wanted items, from 0.
fn wanted(params: &Value) -> Result<Vec<u64>, FieldFault> {
    let world = World::seeded(12, 4);
    let board = world.board(LARGE_BOARD.parse().unwrap()).unwrap();
    let items = board.items.iter().map(|id| world.items[id].as_ref());
    let ids = Filter::parse(params)?.apply(&world, &board, items)?;
    Ok(ids.into_iter().map(|id| id - board.items[0]).collect())
}

fn rule(column: &str, operator: &str, value: &Value) -> Value {
    json!({"column_id": column, "operator": operator, "compare_value": value})
}

#[test]
fn a_group_is_a_column() {
    let of = |operator: &str, groups: Value| {
        wanted(&json!({"rules": [rule("group", operator, &groups)]})).unwrap()
    };
    assert_eq!(of("any_of", json!(["topics"])), [0, 4, 8]);
    assert_eq!(of("any_of", json!(["topics", "group_4"])), [0, 3, 4, 7, 8, 11]);
    assert_eq!(of("not_any_of", json!(["topics", "group_4"])), [1, 2, 5, 6, 9, 10]);
    assert_eq!(of("any_of", json!(["none"])), [0; 0]);
}

#[test]
fn the_labels_of_a_dropdown_are_compared_one_by_one() {
    let of = |operator: &str| wanted(&json!({"rules": [rule("dropdown", operator, &json!([1]))]})).unwrap();
    assert_eq!(of("any_of"), [1, 4, 7, 10]);
    assert_eq!(of("not_any_of"), [0, 2, 3, 5, 6, 8, 9, 11]);
}

#[test]
fn groups_of_rules_nest_and_have_operators_of_their_own() {
    let (topics, numbers) = (rule("group", "any_of", &json!(["topics"])), |value: &str| {
        rule("numbers", "any_of", &json!([value]))
    });
    let either = json!({"operator": "or", "rules": [numbers("4"), numbers("5")]});
    assert_eq!(wanted(&json!({"rules": [topics], "groups": [either]})).unwrap(), [4]);
    let any = json!({"operator": "or", "rules": [topics], "groups": [either]});
    assert_eq!(wanted(&any).unwrap(), [0, 4, 5, 8]);
    let deep = json!({"groups": [{"groups": [either]}, {"operator": "or", "rules": [numbers("5")]}]});
    assert_eq!(wanted(&deep).unwrap(), [5]);
}

#[test]
fn a_group_without_rules_says_nothing() {
    let rules = |operator: &str| {
        let none = rule("group", "any_of", &json!(["none"]));
        wanted(&json!({"operator": operator, "rules": [none], "groups": [{"rules": []}]})).unwrap()
    };
    assert_eq!((rules("and"), rules("or")), (vec![], vec![]));
    assert_eq!(wanted(&json!({"operator": "or", "groups": [{}]})).unwrap().len(), 12);
}

#[test]
fn what_is_unknown_is_refused_wherever_it_stands() {
    let name = |operator: &str| rule("name", operator, &json!("x"));
    let hidden =
        json!({"operator": "or", "rules": [name("is_not_empty")], "groups": [{"rules": [name("like")]}]});
    assert!(wanted(&hidden).is_err());
    assert!(wanted(&json!({"operator": "xor", "rules": [name("is_empty")]})).is_err());
}
