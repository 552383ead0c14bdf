//! Each kind of change on a pair of schemas that differ in nothing else.

use std::collections::BTreeSet;

use super::*;
use crate::SourceFile;

mod pairs;

use pairs::PAIRS;

fn schema(text: &str) -> Schema {
    let text = pairs::with_query(text);
    Schema::parse(&SourceFile::new("schema.graphql", &text)).unwrap_or_else(|error| panic!("{text}\n{error}"))
}

fn told(old: &str, new: &str) -> Vec<String> {
    let diff = diff(&schema(old), &schema(new));
    let line = |change: &Change| {
        format!(
            "{} {} {}: {}",
            change.grade().name(),
            change.kind.name(),
            change.coordinate,
            change.description()
        )
    };
    diff.changes.iter().map(line).collect()
}

#[test]
fn every_kind_of_change_is_told_alone_with_its_grade_and_place() {
    for (old, new, there, back) in PAIRS {
        assert_eq!(told(old, new), [*there], "{old} -> {new}");
        assert_eq!(told(new, old), [*back], "{new} -> {old}");
    }
}

#[test]
fn no_kind_is_left_out_of_the_pairs() {
    let mut seen = BTreeSet::new();
    for (old, new, ..) in PAIRS {
        let (old, new) = (schema(old), schema(new));
        for diff in [diff(&old, &new), diff(&new, &old)] {
            seen.extend(diff.changes.iter().map(|change| change.kind));
        }
    }
    assert_eq!(seen.into_iter().collect::<Vec<_>>(), ChangeKind::ALL);
}

#[test]
fn everything_that_can_be_deprecated_is_looked_at() {
    let old = "enum E { a } input I { a: ID } interface N { a: ID } type Query { b(c: ID): ID }";
    let new = "enum E { a @deprecated } input I { a: ID @deprecated } interface N { a: ID @deprecated }
               type Query { b(c: ID @deprecated): ID }";
    assert_eq!(
        told(old, new),
        [
            "safe DEPRECATED E.a: E.a is deprecated: No longer supported",
            "safe DEPRECATED I.a: I.a is deprecated: No longer supported",
            "safe DEPRECATED N.a: N.a is deprecated: No longer supported",
            "safe DEPRECATED Query.b(c:): Query.b(c:) is deprecated: No longer supported",
        ]
    );
}

#[test]
fn what_means_the_same_is_no_change() {
    let old = "input I { a: ID b: ID } type Query { b(i: I = {a: 1, b: 2}): ID }";
    let new = "type Query { b(i: I = { b: 2, a: 1 }): ID } input I { b: ID a: ID }";
    assert_eq!(told(old, new), Vec::<String>::new());
    // A schema that is served lists what GraphQL defines, or not.
    assert_eq!(told("", "directive @oneOf on INPUT_OBJECT"), Vec::<String>::new());
    assert_eq!(told("\"\"\"Told.\"\"\" scalar A", "\"\"\"Told anew.\"\"\" scalar A"), Vec::<String>::new());
}

#[test]
fn the_worst_comes_first() {
    let found = told("type Query { a: ID b: E } enum E { a }", "type Query { b: E c: ID } enum E { a b }");
    let kinds: Vec<_> = found.iter().map(|line| line.split(' ').nth(1).unwrap()).collect();
    assert_eq!(kinds, ["FIELD_REMOVED", "VALUE_ADDED_TO_ENUM", "FIELD_ADDED"]);
}

#[test]
fn the_step_follows_the_worst_change() {
    let step = |old, new| diff(&schema(old), &schema(new)).advice().step;
    assert_eq!(step("scalar A", "scalar A"), Step::None);
    assert_eq!(step("", "scalar A"), Step::Minor);
    assert_eq!(step("enum E { a }", "enum E { a b }"), Step::Minor);
    assert_eq!(step("scalar A", "scalar B"), Step::Major);
}
