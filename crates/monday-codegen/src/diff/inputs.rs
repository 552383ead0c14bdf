//! What is sent: input fields, arguments, and their defaults.
//!
//! Must not know: answers.

use apollo_compiler::ast::{InputValueDefinition, Value};
use apollo_compiler::schema::{FieldDefinition, InputObjectType};
use apollo_compiler::{Name, Node};

use super::compatible::is_input_safe;
use super::{Change, ChangeKind, Coordinate};
use crate::normalize::ONE_OF;

/// The kinds of change that a persisting argument or input field can have.
pub(super) struct Kinds {
    pub(super) unsafe_type: ChangeKind,
    pub(super) safe_type: ChangeKind,
    pub(super) default_changed: ChangeKind,
    pub(super) default_added: ChangeKind,
}

pub(super) const ARGUMENT: Kinds = Kinds {
    unsafe_type: ChangeKind::ArgChangedKind,
    safe_type: ChangeKind::ArgChangedKindSafe,
    default_changed: ChangeKind::ArgDefaultValueChange,
    default_added: ChangeKind::ArgDefaultValueAdded,
};

const INPUT_FIELD: Kinds = Kinds {
    unsafe_type: ChangeKind::FieldChangedKind,
    safe_type: ChangeKind::FieldChangedKindSafe,
    default_changed: ChangeKind::InputFieldDefaultValueChange,
    default_added: ChangeKind::InputFieldDefaultValueAdded,
};

pub(super) fn fields(old: &InputObjectType, new: &InputObjectType, changes: &mut Vec<Change>) {
    let at = |name: &Name| Coordinate::member(&old.name, name);
    let kind = match (old.directives.has(ONE_OF), new.directives.has(ONE_OF)) {
        (false, true) => Some(ChangeKind::OneOfAdded),
        (true, false) => Some(ChangeKind::OneOfRemoved),
        _ => None,
    };
    changes.extend(kind.map(|kind| Change::of(kind, Coordinate::of_type(&old.name))));
    for (name, before) in &old.fields {
        match new.fields.get(name) {
            None => changes.push(Change::of(ChangeKind::FieldRemoved, at(name))),
            Some(after) => value(&INPUT_FIELD, &at(name), before, after, changes),
        }
    }
    for (name, field) in new.fields.iter().filter(|(name, _)| !old.fields.contains_key(*name)) {
        let kind = if field.is_required() {
            ChangeKind::RequiredInputFieldAdded
        } else {
            ChangeKind::OptionalInputFieldAdded
        };
        changes.push(Change::of(kind, at(name)));
    }
}

pub(super) fn arguments(
    owner: &str,
    old: &FieldDefinition,
    new: &FieldDefinition,
    changes: &mut Vec<Change>,
) {
    let at = |name: &Name| Coordinate::argument(owner, &old.name, name);
    for before in &old.arguments {
        match new.argument_by_name(&before.name) {
            None => changes.push(Change::of(ChangeKind::ArgRemoved, at(&before.name))),
            Some(after) => value(&ARGUMENT, &at(&before.name), before, after, changes),
        }
    }
    for argument in new.arguments.iter().filter(|new| old.argument_by_name(&new.name).is_none()) {
        let kind =
            if argument.is_required() { ChangeKind::RequiredArgAdded } else { ChangeKind::OptionalArgAdded };
        changes.push(Change::of(kind, at(&argument.name)));
    }
}

/// A value that both schemas take. A type that no longer fits hides what else changed, and a changed default
/// hides a change of type that still fits.
pub(super) fn value(
    kinds: &Kinds,
    at: &Coordinate,
    old: &InputValueDefinition,
    new: &InputValueDefinition,
    changes: &mut Vec<Change>,
) {
    let default = |value: &InputValueDefinition| value.default_value.as_ref().map(|value| sorted(value));
    let of = |kind| Change::of(kind, at.clone());
    let types = |kind| of(kind).from(old.ty.to_string()).to(new.ty.to_string());
    let change = match (default(old), default(new)) {
        _ if !is_input_safe(&old.ty, &new.ty) => types(kinds.unsafe_type),
        (Some(before), None) => of(kinds.default_changed).from(before),
        (Some(before), Some(after)) if before != after => of(kinds.default_changed).from(before).to(after),
        (None, Some(after)) => of(kinds.default_added).to(after),
        _ if old.ty != new.ty => types(kinds.safe_type),
        _ => return,
    };
    changes.push(change);
}

/// A value with the fields of its objects in order, which means nothing in GraphQL.
fn sorted(value: &Value) -> String {
    fn sort(value: &mut Value) {
        match value {
            Value::List(values) => values.iter_mut().map(Node::make_mut).for_each(sort),
            Value::Object(entries) => {
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                entries.iter_mut().map(|(_, value)| value.make_mut()).for_each(sort);
            }
            _ => {}
        }
    }
    let mut value = value.clone();
    sort(&mut value);
    value.serialize().no_indent().to_string()
}
