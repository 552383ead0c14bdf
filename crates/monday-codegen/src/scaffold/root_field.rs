//! A field of `Query` or `Mutation`, and what the operation for it is called.
//!
//! Must not know: what the operation selects.

use apollo_compiler::Name;
use apollo_compiler::schema::ExtendedType;
use heck::{ToSnakeCase, ToUpperCamelCase};

use super::nouns;
use crate::Schema;

/// A root field and the operation that belongs to it by the rule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct RootField {
    /// Its name in the schema.
    pub name: String,
    /// A field of `Mutation`, else of `Query`.
    pub is_mutation: bool,
    /// The name of its operation.
    pub operation: String,
    /// Where its document lies.
    pub path: String,
    pub(super) arguments: Vec<Argument>,
    pub(super) result: Name,
}

/// An argument that is not deprecated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Argument {
    pub(super) name: String,
    /// The type of its variable.
    pub(super) ty: String,
}

/// All root fields: those of `Query` in the schema's order, then those of `Mutation`.
#[must_use]
pub fn root_fields(schema: &Schema) -> Vec<RootField> {
    let definition = &schema.inner.schema_definition;
    let roots = [(&definition.query, false), (&definition.mutation, true)];
    let mut found = Vec::new();
    for (root, is_mutation) in roots {
        let root = root.as_ref().and_then(|root| schema.inner.get_object(&root.name));
        for field in root.iter().flat_map(|root| root.fields.values()) {
            let operation = operation_name(schema, &field.name, is_mutation);
            let result = field.ty.inner_named_type().clone();
            let noun = nouns::folder(&field.name, is_mutation, &result);
            let arguments = field.arguments.iter().filter(|argument| !argument.directives.has("deprecated"));
            found.push(RootField {
                name: field.name.to_string(),
                is_mutation,
                path: format!("queries/{noun}/{}.graphql", operation.to_snake_case()),
                operation,
                arguments: in_order(arguments.map(|argument| {
                    let ty = argument.ty.to_string();
                    // Left out, the variable gives way to the default.
                    let open = argument.default_value.as_ref().and_then(|_| ty.strip_suffix('!'));
                    Argument { name: argument.name.to_string(), ty: open.unwrap_or(&ty).to_owned() }
                })),
                result,
            });
        }
    }
    found
}

/// What holds what, the outer first: ids are asked for in this order.
const OUTER_FIRST: [&str; 12] = [
    "account",
    "workspace",
    "folder",
    "board",
    "group",
    "item",
    "column",
    "update",
    "doc",
    "user",
    "team",
    "webhook",
];

/// What must be given comes first, ids before values; what may be left out follows by name.
fn in_order(arguments: impl Iterator<Item = Argument>) -> Vec<Argument> {
    let mut arguments: Vec<Argument> = arguments.collect();
    arguments.sort_by_cached_key(|argument| {
        let is_optional = !argument.ty.ends_with('!');
        let name = argument.name.to_snake_case();
        let noun = name.strip_suffix("_ids").or_else(|| name.strip_suffix("_id"));
        let noun =
            noun.map(|noun| noun.rsplit('_').next().unwrap_or_default().trim_end_matches('s').to_owned());
        let rank = match noun {
            _ if is_optional => 0,
            _ if name == "id" || name == "ids" => 0,
            Some(noun) => OUTER_FIRST.iter().position(|outer| *outer == noun).unwrap_or(OUTER_FIRST.len()),
            None => OUTER_FIRST.len() + 1,
        };
        (is_optional, rank, name)
    });
    arguments
}

/// The name of a type is taken: a query `version` reads as the type `Version` would. A mutation is a verb, so only what
/// generated modules import, and the query of the same field, take its name away.
fn operation_name(schema: &Schema, field: &str, is_mutation: bool) -> String {
    let mut types = schema.inner.types.iter();
    let name = field.to_upper_camel_case();
    if is_mutation {
        let query = schema.inner.schema_definition.query.as_ref();
        let is_query = query
            .and_then(|query| schema.inner.get_object(&query.name))
            .is_some_and(|query| query.fields.contains_key(field));
        let data = format!("{name}Data");
        let taken = types.any(|(ty, definition)| {
            let ty = ty.to_upper_camel_case();
            (ty == name || ty == data) && (definition.is_enum() || definition.is_input_object())
        });
        return if is_query || taken { format!("Mutation{name}") } else { name };
    }
    let taken = types.any(|(ty, _)| ty.to_upper_camel_case() == name);
    if taken { format!("Get{name}") } else { name }
}

/// Whether values of this type select nothing: scalars and enums.
pub(super) fn is_leaf(ty: Option<&ExtendedType>) -> bool {
    matches!(ty, Some(ExtendedType::Scalar(_) | ExtendedType::Enum(_)))
}

/// The three names that take the fewest edits to become `wanted`.
pub(super) fn nearest(fields: &[RootField], wanted: &str) -> Vec<String> {
    let mut names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    names.sort_by_cached_key(|name| edits(name, wanted));
    names.into_iter().take(3).map(str::to_owned).collect()
}

/// Insertions, deletions and replacements between two names (Levenshtein).
fn edits(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, a) in a.bytes().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, b) in b.bytes().enumerate() {
            let replaced = diagonal + usize::from(a != b);
            diagonal = row[j + 1];
            row[j + 1] = replaced.min(diagonal + 1).min(row[j] + 1);
        }
    }
    row[b.len()]
}
