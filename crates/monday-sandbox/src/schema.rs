//! The schema, parsed once for the process.

use std::sync::OnceLock;

use apollo_compiler::Name;
use apollo_compiler::collections::HashMap;
use apollo_compiler::schema::Implementers;
use apollo_compiler::validation::Valid;
use monday_codegen::SourceFile;

pub(crate) const SDL: &str = include_str!("generated/monday.graphql");

pub(crate) struct Schema {
    pub(crate) graphql: Valid<apollo_compiler::Schema>,
    pub(crate) implementers: HashMap<Name, Implementers>,
}

pub(crate) fn schema() -> &'static Schema {
    static SCHEMA: OnceLock<Schema> = OnceLock::new();
    SCHEMA.get_or_init(|| {
        let parsed = monday_codegen::Schema::parse(&SourceFile::new("monday.graphql", SDL));
        let graphql =
            parsed.expect("the generated schema was validated when it was generated").as_apollo().clone();
        let implementers = graphql.implementers_map();
        Schema { graphql, implementers }
    })
}

/// Every type that a column may have. Read from the text, since most sandboxes never need the parsed schema to start.
pub(crate) fn column_types() -> &'static [&'static str] {
    static TYPES: OnceLock<Vec<&str>> = OnceLock::new();
    TYPES.get_or_init(|| {
        let inside = SDL.split_once("\nenum ColumnType {").and_then(|(_, rest)| rest.split_once('}'));
        let lines = inside.into_iter().flat_map(|(lines, _)| lines.lines());
        lines
            .filter_map(|line| line.split_whitespace().next())
            .filter(|word| !word.starts_with('"'))
            .collect()
    })
}
