//! Documents for the root fields that have none yet, and the fragments they need.
//!
//! - **Names.** An operation is called like its root field, in `UpperCamelCase`. Where a type of the schema has that
//!   name, a query gets `Get` before it; a mutation gets `Mutation` where a query, an enum or an input object has its
//!   name. The file is the same name in snake case, in the folder of the noun it is about (`nouns.rs`).
//! - **Variables.** Every argument that is not deprecated becomes a variable of its name and type; where the schema
//!   has a default value, the variable may be left out.
//!   Those that must be given come first, ids before values.
//! - **Selection.** The leaves of the result (scalars and enums), and its objects with their leaves. An object without
//!   leaves is a wrapper: its objects are taken instead. `id` comes first, `name` second.
//! - **Left out.** What is deprecated; what has an argument that must be given; inside the result, lists that page for
//!   themselves, since those are read by an operation of their own; objects that would select nothing. A result of
//!   which nothing is left still gives a valid document: it asks for `__typename`.
//! - **Interfaces and unions.** `__typename`, the interface's leaves, then each member with the leaves the interface
//!   has not. A leaf whose type differs between members is called after its member in each of them (`date_value_date:
//!   date`): one name with two types is not GraphQL.
//! - **Fragments.** Leaves of one type that are selected more than once over all root fields are the fragment
//!   `…Fields`, which holds leaves only. A fragment of that name and type that exists already is taken as it is, and
//!   what it selects is not selected beside it.
//!
//! An operation that exists is never written again, whatever it selects. Must not know: how files are written, Rust.

mod document;
mod existing;
mod nouns;
mod root_field;
mod selection;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::Name;

pub use root_field::{RootField, root_fields};

use crate::{Diagnostics, Schema, SourceFile};
use existing::Existing;
use selection::{Part, Selections};

/// Nothing was scaffolded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScaffoldError {
    /// The existing documents cannot be read.
    #[error("{0}")]
    Documents(#[from] Diagnostics),
    /// The schema has no such root field.
    #[error("the schema has no root field `{field}`; the nearest are {}", quoted(.nearest))]
    UnknownField {
        /// What was asked for.
        field: String,
        /// What may have been meant, the nearest first.
        nearest: Vec<String>,
    },
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// The documents that are missing for one root field or for all of them, with the fragments they need.
///
/// `field` may name a query and a mutation at once; both are meant then.
pub fn scaffold(
    schema: &Schema,
    existing: &[SourceFile],
    field: Option<&str>,
) -> Result<Vec<SourceFile>, ScaffoldError> {
    let existing = Existing::read(existing)?;
    let fields = root_fields(schema);
    if let Some(wanted) = field
        && !fields.iter().any(|field| field.name == wanted)
    {
        let nearest = root_field::nearest(&fields, wanted);
        return Err(ScaffoldError::UnknownField { field: wanted.to_owned(), nearest });
    }
    let selections = Selections::new(schema, &existing);
    // All root fields are planned, whichever are written: what is shared must not depend on the order of writing.
    let planned: Vec<(&RootField, Vec<Part>)> =
        fields.iter().map(|field| (field, selections.of_result(&field.result))).collect();
    let shared = shared(&planned, &existing);

    let missing = planned.iter().filter(|(root, _)| {
        field.is_none_or(|wanted| root.name == wanted) && !existing.operations.contains(&root.operation)
    });
    let mut files = Vec::new();
    let mut fragments = BTreeSet::new();
    for (field, parts) in missing {
        let selected = selections.write(parts, &shared, &mut fragments);
        files.push(document::operation(field, &selected));
    }
    for ty in fragments {
        let name = selection::fragment_name(&ty);
        if !existing.fragments.contains_key(&name) {
            files.push(document::fragment(&name, &ty, &selections.leaves(&ty)));
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// The types whose leaves are a fragment: those that have one, and those selected more than once.
fn shared(planned: &[(&RootField, Vec<Part>)], existing: &Existing) -> BTreeSet<Name> {
    let mut counts = BTreeMap::new();
    let mut left: Vec<&Part> = planned.iter().flat_map(|(_, parts)| parts).collect();
    while let Some(part) = left.pop() {
        match part {
            Part::Leaves(ty) => *counts.entry(ty.clone()).or_insert(0) += 1,
            Part::Object(_, parts) => left.extend(parts),
            Part::TypeName => {}
        }
    }
    let is_shared = |(ty, count): &(Name, i32)| {
        // A fragment of the right name on another type leaves no name for ours.
        existing.fragments.get(&selection::fragment_name(ty)).map_or(*count > 1, |found| found.on == *ty)
    };
    counts.into_iter().filter(is_shared).map(|(ty, _)| ty).collect()
}
