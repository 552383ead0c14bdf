//! Filters: what stands on the wire, what is refused, and that monday adds nothing unseen.
//!
//! Must not know: what monday finds.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use jiff::civil::{Date, date};
use monday_columns::filter::*;
use serde_json::{Value, json};

use crate::filter_rules::every_rule;

const SCHEMA: &str = include_str!("../../../../schema/monday.graphql");
const FACTS: &str = include_str!("../facts/columns.tsv");

/// Operators that no filter type has.
const RAW_OPERATORS: &[&str] = &[];

/// Types without a filter type, each with the reason.
const RAW_TYPES: &[(&str, &str)] = &[
    ("auto_number", "monday has no page on filtering it"),
    ("button", "it has no value"),
    ("color_picker", "monday has no page on filtering it"),
    ("direct_doc", "monday has no page on filtering it"),
    ("doc", "monday has no page on filtering it"),
    ("file", "it cannot be filtered"),
    ("formula", "it cannot be filtered"),
    ("integration", "monday has no page on filtering it"),
    ("item_assignees", "monday has no page on filtering it"),
    ("mirror", "it cannot be filtered"),
    ("person", "the old form of people"),
    ("progress", "monday has no page on filtering it"),
    ("team", "the old form of people"),
    ("unsupported", "nobody knows what it is"),
];

fn json(filter: Filter) -> Value {
    serde_json::to_value(filter.build().unwrap()).unwrap()
}

fn rule(rule: Rule) -> Value {
    json(Filter::all([rule]))["rules"][0].clone()
}

fn problems(filter: Filter) -> Vec<FilterProblem> {
    filter.build().unwrap_err().problems().to_vec()
}

fn faults(rules: impl IntoIterator<Item = Rule>) -> Vec<RuleFault> {
    let faults = problems(Filter::all(rules)).into_iter().map(|problem| match problem {
        FilterProblem::Rule { fault, .. } => fault,
        other => panic!("{other}"),
    });
    faults.collect()
}

fn values_of(name: &str) -> BTreeSet<&'static str> {
    let (_, body) = SCHEMA.split_once(&format!("\nenum {name} {{\n")).unwrap();
    let (body, _) = body.split_once("\n}").unwrap();
    body.lines().map(str::trim).collect()
}

#[test]
fn the_rule_of_every_operator_on_every_type() {
    let lines = every_rule().into_iter().map(|(kind, call, made)| {
        let rule = rule(made);
        let (column, operator) = (rule["column_id"].as_str().unwrap(), rule["operator"].as_str().unwrap());
        let attribute = rule["compare_attribute"].as_str().map(|text| format!(" {text}")).unwrap_or_default();
        format!("{kind:14} {call:52} {column}{attribute} {operator} {}", rule["compare_value"])
    });
    insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"));
}

#[test]
fn every_operator_of_the_schema_is_reached_or_listed_as_raw() {
    let mut reached: BTreeSet<_> = every_rule()
        .into_iter()
        .map(|(_, _, made)| rule(made)["operator"].as_str().unwrap().to_owned())
        .collect();
    for raw in RAW_OPERATORS {
        assert!(reached.insert((*raw).to_owned()), "{raw} is reached");
    }
    assert_eq!(reached, values_of("ItemsQueryRuleOperator").into_iter().map(str::to_owned).collect());
}

#[test]
fn every_type_of_the_schema_has_a_filter_or_a_reason_for_none() {
    let mut covered: BTreeSet<_> = every_rule().into_iter().map(|(kind, _, _)| kind).collect();
    for (raw, reason) in RAW_TYPES {
        assert!(covered.insert(raw), "{raw} has a filter, though {reason}");
    }
    assert_eq!(covered, values_of("ColumnType"));
    let rows = FACTS.lines().map(|line| line.split('\t').collect::<Vec<_>>());
    let writable = rows.filter(|row| row[2] == "yes").map(|row| row[0]);
    let raw: Vec<_> = writable.filter(|kind| RAW_TYPES.iter().any(|(raw, _)| raw == kind)).collect();
    assert_eq!(raw, ["color_picker", "team"], "of those that can be written, these are filtered raw");
}

#[test]
fn every_filter_type_of_the_crate_is_in_the_list_of_rules() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/filter");
    let files = fs::read_dir(folder).unwrap().map(|file| fs::read_to_string(file.unwrap().path()).unwrap());
    let mut types = BTreeMap::new();
    for file in files {
        for line in file.lines() {
            let of_macro = line.trim().strip_suffix('"').and_then(|line| line.split_once("Column, \""));
            let of_unit = line.strip_prefix("rules!(").and_then(|line| line.split_once("Column, \""));
            if let Some((name, kind)) = of_macro.or(of_unit) {
                types.insert(name.to_owned(), kind.split('"').next().unwrap().to_owned());
            }
        }
    }
    assert_eq!(types.len(), 29, "{types:?}");
    assert_eq!(
        types.into_values().collect::<BTreeSet<_>>(),
        every_rule().into_iter().map(|(kind, _, _)| kind.to_owned()).collect()
    );
}

#[test]
fn groups_nest_and_have_operators_of_their_own() {
    let filter = Filter::any([NameColumn.contains_text("a")])
        .rule(CheckboxColumn::new("check").is_checked())
        .group(
            RuleGroup::all([GroupColumn.any_of(["topics"])])
                .rule(RatingColumn::new("rating").any_of([5]))
                .group(RuleGroup::any([NameColumn.contains_text("b")])),
        )
        .order_by("date4", Order::Descending)
        .order_by(CreationLogColumn::BUILT_IN, Order::Ascending)
        .items([1, 2]);
    insta::assert_snapshot!(serde_json::to_string_pretty(&filter.build().unwrap()).unwrap());
}

#[test]
fn a_filter_without_rules_only_sorts_or_asks_for_everything() {
    assert_eq!(json(Filter::new()), json!({}));
    assert_eq!(json(Filter::all([])), json!({}));
    assert_eq!(
        json(Filter::new().order_by("name", Order::Ascending)),
        json!({"order_by": [{"column_id": "name", "direction": "asc"}]})
    );
}

#[test]
fn a_raw_rule_goes_as_it_is_with_operators_that_the_schema_does_not_know() {
    let raw = Rule::raw("text", "sounds_like", json!(["monday", 2])).compare_attribute("LOUD");
    assert_eq!(
        rule(raw),
        json!({"column_id": "text", "operator": "sounds_like", "compare_value": ["monday", 2], "compare_attribute": "LOUD"})
    );
    assert_eq!(faults([Rule::raw("", ItemsQueryRuleOperator::AnyOf, 1)]), [RuleFault::ColumnId]);
}

#[test]
fn every_fault_is_found_and_what_is_at_its_edge_is_not_one() {
    let (numbers, due, text) = (NumbersColumn::new("n"), DateColumn::new("d"), TextColumn::new("t"));
    let first = date(2026, 1, 1);
    assert_eq!(faults([TextColumn::new("").is_empty()]), [RuleFault::ColumnId]);
    for code in ["us", "USA", "U", "", "Ü", "U1"] {
        assert_eq!(faults([CountryColumn::new("c").any_of([code])]), [RuleFault::CountryCode], "{code}");
        assert_eq!(faults([PhoneColumn::new("c").not_any_of([code])]), [RuleFault::CountryCode], "{code}");
    }
    for before in [date(0, 12, 31), Date::MIN] {
        let rules = [due.on(before), due.after(before), due.between(before, first)];
        assert_eq!(faults(rules), [RuleFault::Date; 3]);
        assert_eq!(faults([TimelineColumn::new("t").end().before(before)]), [RuleFault::Date]);
    }
    assert!(Filter::all([due.on(date(1, 1, 1)), due.on(date(9999, 12, 31))]).build().is_ok());
    assert_eq!(faults([text.any_of([""; 0]), numbers.any_of([0.0; 0])]), [RuleFault::EmptyList; 2]);
    assert_eq!(faults([text.contains_text(""), text.any_of(["a", ""])]), [RuleFault::EmptyText; 2]);
    for id in ["", "a", "-1", "+1", "1 ", "١", "99999999999999999999"] {
        let rules = [
            TagsColumn::new("t").any_of([id]),
            BoardRelationColumn::new("b").any_of([id]),
            PeopleColumn::new("p").any_of([Person::user(id)]),
            PeopleColumn::new("p").any_of([Person::team(id)]),
            CreationLogColumn::built_in().by([id]),
        ];
        assert_eq!(faults(rules), [RuleFault::Id; 5], "{id}");
    }
    assert_eq!(faults([GroupColumn.any_of([""])]), [RuleFault::Id]);
    for number in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert_eq!(
            faults([numbers.lower_than(number), numbers.any_of([1.0, number])]),
            [RuleFault::Number; 2]
        );
    }
    assert_eq!(faults([due.between(date(2026, 1, 2), first)]), [RuleFault::Range]);
    assert!(Filter::all([due.between(first, first)]).build().is_ok());
    assert_eq!(faults([due.within_the_last(0, Unit::Days)]), [RuleFault::Window]);
    assert!(Filter::all([due.within_the_next(1, Unit::Days)]).build().is_ok());
}

#[test]
fn what_is_wrong_outside_of_rules_is_found_too() {
    assert_eq!(problems(Filter::new().group(RuleGroup::any([]))), [FilterProblem::EmptyGroup]);
    assert_eq!(problems(Filter::new().order_by("", Order::Ascending)), [FilterProblem::OrderColumn]);
    let of = |count: u64| Filter::new().items(1..=count);
    assert_eq!(problems(of(0)), [FilterProblem::ItemCount { items: 0 }]);
    assert_eq!(problems(of(101)), [FilterProblem::ItemCount { items: 101 }]);
    assert!(of(1).build().is_ok() && of(100).build().is_ok());
    assert_eq!(problems(Filter::new().items(["x"])), [FilterProblem::ItemId { item: "x".into() }]);
}

#[test]
fn whole_numbers_have_no_point_and_keep_their_value() {
    let value = |number: f64| rule(NumbersColumn::new("n").greater_than(number))["compare_value"].to_string();
    assert_eq!(value(5.0), "5");
    assert_eq!(value(-0.25), "-0.25");
    assert_eq!(value(9_007_199_254_740_992.0), "9007199254740992");
    assert_eq!(value(1e300), "1e+300");
}

#[test]
fn the_message_of_every_problem() {
    let due = DateColumn::new("date4");
    let filter = Filter::any([
        TextColumn::new("").is_empty(),
        CountryColumn::new("country").any_of(["usa"]),
        due.on(Date::MIN),
        StatusColumn::new("status").any_of([]),
        TextColumn::new("text").contains_text(""),
        PeopleColumn::new("person").any_of([Person::user("Ada")]),
        NumbersColumn::new("numbers").greater_than(f64::NAN),
        due.between(date(2026, 1, 2), date(2026, 1, 1)),
    ])
    .group(RuleGroup::any([]).group(RuleGroup::all([due.within_the_last(0, Unit::Days)])))
    .group(RuleGroup::all([]))
    .items(["x"])
    .items(0..100)
    .order_by("", Order::Descending);
    insta::assert_snapshot!(filter.build().unwrap_err().to_string().replace("; ", "\n"));
}
