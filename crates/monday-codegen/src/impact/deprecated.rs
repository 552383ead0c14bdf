//! Which uses are of what the new schema calls deprecated.
//!
//! Must not know: other changes.

use std::collections::BTreeSet;

use crate::Schema;
use crate::diff::{Coordinate, reason_of};

use super::DeprecatedUse;
use super::definitions::Definitions;
use super::touch::{Touch, What};
use super::walk::output_field;

pub(super) fn uses(
    old: &Schema,
    new: &Schema,
    definitions: &Definitions,
    touches: &[Touch],
) -> Vec<DeprecatedUse> {
    let mut found = BTreeSet::new();
    for touch in touches {
        let Some(reason) = reason(new, &touch.what) else { continue };
        let Some(coordinate) = coordinate(&touch.what) else { continue };
        found.insert(DeprecatedUse {
            place: definitions.place(touch.definition, touch.span),
            coordinate,
            reason,
            is_new: self::reason(old, &touch.what).is_none(),
            operations: definitions.operations_of(touch.definition),
        });
    }
    found.into_iter().collect()
}

fn coordinate(what: &What) -> Option<Coordinate> {
    match what {
        What::Field { owner, name, .. }
        | What::InputField { owner, name }
        | What::EnumValue { owner, name } => Some(Coordinate::member(owner, name)),
        What::Argument { owner, field, name } => Some(Coordinate::argument(owner, field, name)),
        _ => None,
    }
}

fn reason(schema: &Schema, what: &What) -> Option<String> {
    match what {
        What::Field { owner, name, .. } => reason_of(&output_field(schema, owner, name)?.directives),
        What::Argument { owner, field, name } => {
            reason_of(&output_field(schema, owner, field)?.argument_by_name(name)?.directives)
        }
        What::InputField { owner, name } => {
            reason_of(&schema.inner.get_input_object(owner)?.fields.get(name.as_str())?.directives)
        }
        What::EnumValue { owner, name } => {
            reason_of(&schema.inner.get_enum(owner)?.values.get(name.as_str())?.directives)
        }
        _ => None,
    }
}
