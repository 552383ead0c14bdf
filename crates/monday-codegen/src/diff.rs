//! Two schemas become a list of changes, each graded by what it does to requests that are sent today.
//!
//! The grades are those of graphql-core's `find_schema_changes`; where the lists differ is told in
//! `docs/schema-changes.md`. Must not know: documents, how a list is shown.

mod advice;
mod change;
mod compatible;
mod coordinate;
mod deprecations;
mod directives;
mod inputs;
mod kind;
mod outputs;

use apollo_compiler::schema::ExtendedType;

use crate::Schema;

pub use advice::{Advice, Step};
pub use change::{Change, SchemaDiff};
pub use coordinate::Coordinate;
pub use kind::{ChangeKind, Grade};

pub(crate) use advice::plural;
pub(crate) use deprecations::reason_of;

/// Everything that changed from one schema to the other, the worst first.
///
/// ```
/// use monday_codegen::diff::{Grade, diff};
/// use monday_codegen::{Schema, SourceFile};
///
/// let old = Schema::parse(&SourceFile::new("old", "type Query { a: ID b: ID }"))?;
/// let new = Schema::parse(&SourceFile::new("new", "type Query { a: ID c: ID }"))?;
/// let diff = diff(&old, &new);
/// let told: Vec<_> = diff.changes.iter().map(|change| change.description()).collect();
/// assert_eq!(told, ["field Query.b was removed", "field Query.c was added"]);
/// assert_eq!(diff.count(Grade::Breaking), 1);
/// # Ok::<(), monday_codegen::Diagnostics>(())
/// ```
#[must_use]
pub fn diff(old: &Schema, new: &Schema) -> SchemaDiff {
    let (old, new) = (&old.inner, &new.inner);
    let mut changes = Vec::new();
    for (name, before) in &old.types {
        match new.types.get(name) {
            None => changes.push(Change::of(ChangeKind::TypeRemoved, Coordinate::of_type(name))),
            Some(after) => compare(before, after, &mut changes),
        }
    }
    for name in new.types.keys().filter(|name| !old.types.contains_key(*name)) {
        changes.push(Change::of(ChangeKind::TypeAdded, Coordinate::of_type(name)));
    }
    directives::compare(old, new, &mut changes);
    deprecations::compare(old, new, &mut changes);
    SchemaDiff::sorted(changes)
}

fn compare(before: &ExtendedType, after: &ExtendedType, changes: &mut Vec<Change>) {
    let owner = before.name();
    match (before, after) {
        (ExtendedType::Scalar(_), ExtendedType::Scalar(_)) => {}
        (ExtendedType::Enum(old), ExtendedType::Enum(new)) => outputs::values(old, new, changes),
        (ExtendedType::Union(old), ExtendedType::Union(new)) => outputs::members(old, new, changes),
        (ExtendedType::InputObject(old), ExtendedType::InputObject(new)) => {
            inputs::fields(old, new, changes);
        }
        (ExtendedType::Object(old), ExtendedType::Object(new)) => {
            outputs::fields(owner, &old.fields, &new.fields, changes);
            outputs::interfaces(owner, &old.implements_interfaces, &new.implements_interfaces, changes);
        }
        (ExtendedType::Interface(old), ExtendedType::Interface(new)) => {
            outputs::fields(owner, &old.fields, &new.fields, changes);
            outputs::interfaces(owner, &old.implements_interfaces, &new.implements_interfaces, changes);
        }
        _ => {
            let change = Change::of(ChangeKind::TypeChangedKind, Coordinate::of_type(owner));
            changes.push(change.from(kind_of(before)).to(kind_of(after)));
        }
    }
}

fn kind_of(ty: &ExtendedType) -> &'static str {
    match ty {
        ExtendedType::Scalar(_) => "scalar",
        ExtendedType::Object(_) => "object",
        ExtendedType::Interface(_) => "interface",
        ExtendedType::Union(_) => "union",
        ExtendedType::Enum(_) => "enum",
        ExtendedType::InputObject(_) => "input object",
    }
}

#[cfg(test)]
mod tests;
