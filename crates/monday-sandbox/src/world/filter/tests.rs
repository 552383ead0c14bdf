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

#[test]
fn at_most_a_hundred_items_are_named() {
    let ids = |count: u64| json!({"ids": (1..=count).collect::<Vec<_>>()});
    assert!(wanted(&ids(100)).is_ok() && wanted(&ids(101)).is_err());
}

#[test]
fn values_are_taken_alone_and_as_the_only_one_of_a_list() {
    for (operator, value) in
        [("greater_than", json!(9)), ("greater_than", json!([9])), ("any_of", json!(["10", 11]))]
    {
        assert_eq!(
            wanted(&json!({"rules": [rule("numbers", operator, &value)]})).unwrap(),
            [10, 11],
            "{value}"
        );
    }
    for (operator, value) in
        [("greater_than", json!([9, 10])), ("lower_than", json!("x")), ("between", json!([1, 2]))]
    {
        assert!(wanted(&json!({"rules": [rule("numbers", operator, &value)]})).is_err(), "{value}");
    }
    let both = json!(["a", "b"]);
    assert!(wanted(&json!({"rules": [rule("text", "contains_text", &both)]})).is_err());
    assert!(wanted(&json!({"rules": [rule("text", "contains_text", &json!(""))]})).is_err());
}

#[test]
fn an_end_of_a_timeline_is_compared_only_when_it_is_said_which() {
    let of = |attribute: Option<&str>| {
        let mut rule = rule("timeline", "lower_than", &json!("2026-11-03"));
        rule["compare_attribute"] = json!(attribute);
        wanted(&json!({"rules": [rule]}))
    };
    assert_eq!(of(Some("START_DATE")).unwrap(), [0, 1]);
    assert_eq!(of(None).unwrap(), [0; 0]);
    assert!(of(Some("EXACT")).is_err());
}

#[test]
fn weeks_months_and_windows_end_where_calendars_do() {
    let day = |text: &str| crate::columns::calendar::day(text).unwrap();
    let days =
        |(first, last): super::moments::Days| [first, last].map(crate::columns::calendar::day_text).join(" ");
    let word = |word: &str, today: &str| days(super::moments::word(word, day(today)).unwrap());
    assert_eq!(word("THIS_WEEK", "2026-11-01"), "2026-10-26 2026-11-01");
    assert_eq!(word("THIS_WEEK", "2026-11-02"), "2026-11-02 2026-11-08");
    assert_eq!(word("ONE_WEEK_FROM_NOW", "2026-12-31"), "2027-01-04 2027-01-10");
    assert_eq!(word("ONE_MONTH_AGO", "2026-01-31"), "2025-12-01 2025-12-31");
    assert_eq!(word("ONE_MONTH_FROM_NOW", "2028-01-31"), "2028-02-01 2028-02-29");
    assert_eq!(super::moments::word("OVERDUE", 0), None);

    let window = |unit: &str, amount: i64, direction: i64| {
        super::moments::window(&json!([unit, amount]), day("2026-10-31"), direction).map(days).ok()
    };
    assert_eq!(window("DAYS", 7, -1).as_deref(), Some("2026-10-24 2026-10-31"));
    assert_eq!(window("WEEKS", 1, 1).as_deref(), Some("2026-10-31 2026-11-07"));
    assert_eq!(window("MONTHS", 1, -1).as_deref(), Some("2026-09-30 2026-10-31"));
    assert_eq!(window("WORKDAYS", 2, 1).as_deref(), Some("2026-10-31 2026-11-03"));
    assert_eq!(window("WORKDAYS", 6, 1).as_deref(), Some("2026-10-31 2026-11-09"));
    assert_eq!(window("WORKDAYS", 1, -1).as_deref(), Some("2026-10-30 2026-10-31"));
    assert_eq!((window("YEARS", 1, 1), window("DAYS", 0, 1), window("DAYS", -1, 1)), (None, None, None));
}

#[test]
fn texts_and_numbers_are_sorted_each_by_their_own_order() {
    let mut world = World::seeded(3, 4);
    let board = world.board(LARGE_BOARD.parse().unwrap()).unwrap();
    for (id, text) in board.items.iter().zip(["2", "10", "1a"]) {
        let values = json!({"text": text, "numbers": text.trim_end_matches('a')});
        world
            .change_values(
                board.id,
                *id,
                values.as_object().unwrap().clone(),
                false,
                crate::columns::Way::Many,
            )
            .unwrap();
    }
    let sorted = |column: &str| {
        let items = board.items.iter().map(|id| world.items[id].as_ref());
        let order = json!({"order_by": [{"column_id": column}]});
        let ids = Filter::parse(&order).unwrap().apply(&world, &board, items).unwrap();
        ids.into_iter().map(|id| id - board.items[0]).collect::<Vec<_>>()
    };
    assert_eq!((sorted("text"), sorted("numbers")), (vec![1, 2, 0], vec![2, 0, 1]));
}
