//! What became deprecated, and what is no longer.
//!
//! Must not know: who uses it.

use std::collections::BTreeMap;

use apollo_compiler::Schema;
use apollo_compiler::ast::{DirectiveList, Value};
use apollo_compiler::schema::{ExtendedType, FieldDefinition};

use super::{Change, ChangeKind, Coordinate};

/// What GraphQL says where a deprecation gives no reason.
const NO_REASON: &str = "No longer supported";

/// Only what both schemas have is compared: what is new and deprecated at once was never used.
pub(super) fn compare(old: &Schema, new: &Schema, changes: &mut Vec<Change>) {
    let (old, new) = (all(old), all(new));
    for (at, reason) in &new {
        if let (Some(reason), Some(None)) = (reason, old.get(at)) {
            changes.push(Change::of(ChangeKind::Deprecated, at.clone()).to(reason.as_str()));
        }
    }
    for (at, reason) in old {
        if reason.is_some() && new.get(&at) == Some(&None) {
            changes.push(Change::of(ChangeKind::DeprecationRemoved, at));
        }
    }
}

/// The reason for a deprecation; nothing where there is none.
pub(crate) fn reason_of(directives: &DirectiveList) -> Option<String> {
    match directives.get("deprecated")?.specified_argument_by_name("reason").map(|value| &**value) {
        Some(Value::String(reason)) => Some(reason.clone()),
        _ => Some(NO_REASON.to_owned()),
    }
}

/// Everything that can be deprecated, with its reason if it is.
fn all(schema: &Schema) -> BTreeMap<Coordinate, Option<String>> {
    let mut found = BTreeMap::new();
    for (owner, ty) in &schema.types {
        match ty {
            ExtendedType::Object(object) => {
                object.fields.values().for_each(|field| field_and_arguments(owner, field, &mut found));
            }
            ExtendedType::Interface(interface) => {
                interface.fields.values().for_each(|field| field_and_arguments(owner, field, &mut found));
            }
            ExtendedType::Enum(values) => found.extend(
                values
                    .values
                    .iter()
                    .map(|(name, value)| (Coordinate::member(owner, name), reason_of(&value.directives))),
            ),
            ExtendedType::InputObject(input) => found.extend(
                input
                    .fields
                    .iter()
                    .map(|(name, field)| (Coordinate::member(owner, name), reason_of(&field.directives))),
            ),
            ExtendedType::Scalar(_) | ExtendedType::Union(_) => {}
        }
    }
    found
}

fn field_and_arguments(
    owner: &str,
    field: &FieldDefinition,
    found: &mut BTreeMap<Coordinate, Option<String>>,
) {
    found.insert(Coordinate::member(owner, &field.name), reason_of(&field.directives));
    for argument in &field.arguments {
        let at = Coordinate::argument(owner, &field.name, &argument.name);
        found.insert(at, reason_of(&argument.directives));
    }
}
