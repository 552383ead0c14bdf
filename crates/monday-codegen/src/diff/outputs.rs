//! What is answered: fields, interfaces, members of unions, values of enums.
//!
//! Must not know: inputs beyond that a field has some.

use apollo_compiler::Name;
use apollo_compiler::collections::{IndexMap, IndexSet};
use apollo_compiler::schema::{Component, ComponentName, EnumType, FieldDefinition, UnionType};

use super::compatible::is_answer_safe;
use super::{Change, ChangeKind, Coordinate, inputs};

pub(super) fn fields(
    owner: &str,
    old: &IndexMap<Name, Component<FieldDefinition>>,
    new: &IndexMap<Name, Component<FieldDefinition>>,
    changes: &mut Vec<Change>,
) {
    let at = |name: &Name| Coordinate::member(owner, name);
    for (name, before) in old {
        let Some(after) = new.get(name) else {
            changes.push(Change::of(ChangeKind::FieldRemoved, at(name)));
            continue;
        };
        inputs::arguments(owner, before, after, changes);
        if before.ty != after.ty {
            let kind = if is_answer_safe(&before.ty, &after.ty) {
                ChangeKind::FieldChangedKindSafe
            } else {
                ChangeKind::FieldChangedKind
            };
            changes.push(Change::of(kind, at(name)).from(before.ty.to_string()).to(after.ty.to_string()));
        }
    }
    let added = new.keys().filter(|name| !old.contains_key(*name));
    changes.extend(added.map(|name| Change::of(ChangeKind::FieldAdded, at(name))));
}

pub(super) fn interfaces(
    owner: &str,
    old: &IndexSet<ComponentName>,
    new: &IndexSet<ComponentName>,
    changes: &mut Vec<Change>,
) {
    let of = |kind| Change::of(kind, Coordinate::of_type(owner));
    let removed = old.iter().filter(|name| !new.contains(*name));
    changes.extend(removed.map(|name| of(ChangeKind::ImplementedInterfaceRemoved).from(name.name.as_str())));
    let added = new.iter().filter(|name| !old.contains(*name));
    changes.extend(added.map(|name| of(ChangeKind::ImplementedInterfaceAdded).to(name.name.as_str())));
}

pub(super) fn members(old: &UnionType, new: &UnionType, changes: &mut Vec<Change>) {
    let of = |kind| Change::of(kind, Coordinate::of_type(&old.name));
    let removed = old.members.iter().filter(|name| !new.members.contains(*name));
    changes.extend(removed.map(|name| of(ChangeKind::TypeRemovedFromUnion).from(name.name.as_str())));
    let added = new.members.iter().filter(|name| !old.members.contains(*name));
    changes.extend(added.map(|name| of(ChangeKind::TypeAddedToUnion).to(name.name.as_str())));
}

pub(super) fn values(old: &EnumType, new: &EnumType, changes: &mut Vec<Change>) {
    let at = |name: &Name| Coordinate::member(&old.name, name);
    let removed = old.values.keys().filter(|name| !new.values.contains_key(*name));
    changes.extend(removed.map(|name| Change::of(ChangeKind::ValueRemovedFromEnum, at(name))));
    let added = new.values.keys().filter(|name| !old.values.contains_key(*name));
    changes.extend(added.map(|name| Change::of(ChangeKind::ValueAddedToEnum, at(name))));
}
