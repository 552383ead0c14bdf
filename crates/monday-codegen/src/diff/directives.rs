//! Directives: their arguments, where they may stand, whether they may be repeated.
//!
//! Those that GraphQL itself defines are not compared. Must not know: where directives are used.

use apollo_compiler::Schema;
use apollo_compiler::ast::DirectiveDefinition;

use super::{Change, ChangeKind, Coordinate, inputs};
use crate::normalize::is_built_in_directive;

pub(super) fn compare(old: &Schema, new: &Schema, changes: &mut Vec<Change>) {
    let of = |kind, name: &str| Change::of(kind, Coordinate::Directive(name.to_owned()));
    let own = |schema: &'_ Schema, name: &str| {
        let found = schema.directive_definitions.get(name);
        found.filter(|directive| !directive.is_built_in() && !is_built_in_directive(name)).cloned()
    };
    for name in old.directive_definitions.keys() {
        match (own(old, name), own(new, name)) {
            (Some(before), Some(after)) => directive(&before, &after, changes),
            (Some(_), None) => changes.push(of(ChangeKind::DirectiveRemoved, name)),
            (None, _) => {}
        }
    }
    for name in new.directive_definitions.keys() {
        if own(new, name).is_some() && own(old, name).is_none() {
            changes.push(of(ChangeKind::DirectiveAdded, name));
        }
    }
}

fn directive(old: &DirectiveDefinition, new: &DirectiveDefinition, changes: &mut Vec<Change>) {
    let of = |kind| Change::of(kind, Coordinate::Directive(old.name.to_string()));
    let at = |name: &str| Coordinate::directive_argument(&old.name, name);
    for before in &old.arguments {
        match new.argument_by_name(&before.name) {
            None => changes.push(Change::of(ChangeKind::DirectiveArgRemoved, at(&before.name))),
            Some(after) => inputs::value(&inputs::ARGUMENT, &at(&before.name), before, after, changes),
        }
    }
    for argument in new.arguments.iter().filter(|new| old.argument_by_name(&new.name).is_none()) {
        let kind = if argument.is_required() {
            ChangeKind::RequiredDirectiveArgAdded
        } else {
            ChangeKind::OptionalDirectiveArgAdded
        };
        changes.push(Change::of(kind, at(&argument.name)));
    }
    match (old.repeatable, new.repeatable) {
        (true, false) => changes.push(of(ChangeKind::DirectiveRepeatableRemoved)),
        (false, true) => changes.push(of(ChangeKind::DirectiveRepeatableAdded)),
        _ => {}
    }
    let removed = old.locations.iter().filter(|location| !new.locations.contains(location));
    changes.extend(removed.map(|location| of(ChangeKind::DirectiveLocationRemoved).from(location.name())));
    let added = new.locations.iter().filter(|location| !old.locations.contains(location));
    changes.extend(added.map(|location| of(ChangeKind::DirectiveLocationAdded).to(location.name())));
}
