//! What the documentation says of state, against what is routed.

use std::collections::BTreeSet;

use super::{mutation, query};
use crate::schema::schema;

/// The names between backquotes in the tables of the crate's documentation.
fn documented() -> BTreeSet<&'static str> {
    let rows = include_str!("../lib.rs").lines().filter(|line| line.starts_with("//! |"));
    rows.flat_map(|row| row.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn the_documented_state_is_the_state_there_is() {
    let routed: BTreeSet<_> = query::names().chain(mutation::names()).chain(["complexity"]).collect();
    assert_eq!(documented(), routed);
}

#[test]
fn each_routed_field_is_one_of_the_schema_and_is_routed_once() {
    for (root, names) in
        [("Query", query::names().collect::<Vec<_>>()), ("Mutation", mutation::names().collect())]
    {
        let fields = &schema().graphql.get_object(root).unwrap().fields;
        for name in &names {
            assert!(fields.contains_key(*name), "{root} has no {name}");
        }
        assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len(), "{root}");
    }
}
