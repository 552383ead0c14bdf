//! What a change does where it is used.
//!
//! Must not know: how uses are found.

mod words;

use std::collections::{BTreeMap, BTreeSet};

use crate::Schema;
use crate::diff::{Change, ChangeKind as K, Coordinate, SchemaDiff};

use super::Use;
use super::definitions::Definitions;
use super::reach::reach;
use super::touch::{Touch, What};
use super::walk::output_field;

use words::{is_of_absence, missing, words};

pub(super) fn uses(
    old: &Schema,
    new: &Schema,
    diff: &SchemaDiff,
    definitions: &Definitions,
    touches: &[Touch],
) -> Vec<Use> {
    let changes = Changes::new(old, new, diff);
    let mut reached = BTreeMap::new();
    let mut found = BTreeSet::new();
    for touch in touches {
        for (change, effect) in changes.of(&touch.what, &mut reached) {
            found.insert(Use {
                place: definitions.place(touch.definition, touch.span),
                change: change.clone(),
                effect,
                operations: definitions.operations_of(touch.definition),
            });
        }
    }
    found.into_iter().collect()
}

struct Changes<'a> {
    old: &'a Schema,
    new: &'a Schema,
    by_owner: BTreeMap<String, Vec<&'a Change>>,
    /// Interfaces by their name, with the types that came to implement them.
    implemented: BTreeMap<&'a str, Vec<&'a Change>>,
}

type Found<'a> = Vec<(&'a Change, String)>;

impl<'a> Changes<'a> {
    fn new(old: &'a Schema, new: &'a Schema, diff: &'a SchemaDiff) -> Self {
        let mut by_owner: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut implemented: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for change in &diff.changes {
            by_owner.entry(change.coordinate.owner()).or_default().push(change);
            if let (K::ImplementedInterfaceAdded, Some(interface)) = (change.kind, &change.after) {
                implemented.entry(interface.as_str()).or_default().push(change);
            }
        }
        Self { old, new, by_owner, implemented }
    }

    fn on(&self, owner: &str) -> impl Iterator<Item = &'a Change> + use<'a> {
        self.by_owner.get(owner).cloned().unwrap_or_default().into_iter()
    }

    /// Those at the very place, which are told in the words of their kind.
    fn at(&self, coordinate: &Coordinate) -> Found<'a> {
        self.on(&coordinate.owner())
            .filter(|change| change.coordinate == *coordinate)
            .map(|change| (change, words(change)))
            .collect()
    }

    fn of(&self, what: &What, reached: &mut BTreeMap<String, BTreeMap<String, String>>) -> Found<'a> {
        match what {
            What::Field { owner, name, given, answers } => {
                let mut found = self.at(&Coordinate::member(owner, name));
                found.extend(self.arguments(owner, name, given));
                found.extend(answers.iter().flat_map(|ty| self.answers(ty)));
                found
            }
            What::Argument { owner, field, name } => {
                let mut found = self.at(&Coordinate::argument(owner, field, name));
                // Whoever gives a value does not feel what its absence means.
                found.retain(|(change, _)| !is_of_absence(change.kind));
                found
            }
            What::Directive { name, given } => self.directive(name, given),
            What::DirectiveArgument { directive, name } => {
                let mut found = self.at(&Coordinate::directive_argument(directive, name));
                found.retain(|(change, _)| !is_of_absence(change.kind));
                found
            }
            What::InputObject { owner, given } => self.input_object(owner, given),
            What::InputField { owner, name } => {
                let mut found = self.at(&Coordinate::member(owner, name));
                found.retain(|(change, _)| !is_of_absence(change.kind));
                found
            }
            What::EnumValue { owner, name } => self.at(&Coordinate::member(owner, name)),
            What::Condition { ty, within } => self.condition(ty, within.as_deref()),
            What::Variable { name, ty } => {
                let reached = reached.entry(ty.clone()).or_insert_with(|| reach(self.old, ty));
                reached.iter().flat_map(|(ty, way)| self.variable(name, ty, way)).collect()
            }
        }
    }

    /// What a field's arguments do to whoever does not give them.
    fn arguments(&self, owner: &str, field: &str, given: &[String]) -> Found<'a> {
        let is_required = |name: &str| {
            let argument =
                output_field(self.new, owner, field).and_then(|field| field.argument_by_name(name));
            argument.is_some_and(|argument| argument.is_required())
        };
        let on_field = self.on(owner).filter(|change| {
            matches!(&change.coordinate, Coordinate::Argument { field: other, .. } if other == field)
        });
        on_field
            .filter(|change| !given.iter().any(|given| given == change.coordinate.name()))
            .filter_map(|change| missing(change, is_required(change.coordinate.name()), "argument"))
            .collect()
    }

    /// What the type of an answer does to whoever reads it.
    fn answers(&self, ty: &str) -> Found<'a> {
        let own = self.on(ty).filter(|change| {
            matches!(
                change.kind,
                K::ValueAddedToEnum | K::ValueRemovedFromEnum | K::TypeAddedToUnion | K::TypeChangedKind
            )
        });
        let implemented = self.implemented.get(ty).into_iter().flatten().copied();
        own.chain(implemented)
            .map(|change| {
                let name = change.coordinate.name();
                let effect = match (change.kind, &change.after) {
                    (K::ValueAddedToEnum, _) => format!("may answer the new value `{name}`"),
                    (K::ValueRemovedFromEnum, _) => {
                        format!("never answers `{name}` any more, the value is gone")
                    }
                    (K::TypeAddedToUnion, Some(joined)) => format!("may answer the new type `{joined}`"),
                    (K::ImplementedInterfaceAdded, _) => format!("may answer the new type `{name}`"),
                    _ => format!("the answer's {}", words(change)),
                };
                (change, effect)
            })
            .collect()
    }

    fn directive(&self, name: &str, given: &[String]) -> Found<'a> {
        let is_required = |argument: &str| {
            let directive = self.new.inner.directive_definitions.get(name);
            let argument = directive.and_then(|directive| directive.argument_by_name(argument));
            argument.is_some_and(|argument| argument.is_required())
        };
        self.on(&format!("@{name}"))
            .filter_map(|change| match &change.coordinate {
                Coordinate::Directive(_) => Some((change, words(change))),
                argument if !given.iter().any(|given| given == argument.name()) => {
                    missing(change, is_required(argument.name()), "argument")
                }
                _ => None,
            })
            .collect()
    }

    /// What the fields of an input object do to whoever writes it without them.
    fn input_object(&self, owner: &str, given: &[String]) -> Found<'a> {
        let is_required = |name: &str| {
            let input = self.new.inner.get_input_object(owner);
            input.and_then(|input| input.fields.get(name)).is_some_and(|field| field.is_required())
        };
        let absent = self
            .on(owner)
            .filter(|change| matches!(change.coordinate, Coordinate::Member { .. }))
            .filter(|change| !given.iter().any(|given| given == change.coordinate.name()))
            .filter_map(|change| missing(change, is_required(change.coordinate.name()), "input field"));
        // Whoever writes one field out is taken still.
        let one_of = self.on(owner).filter(|change| change.kind == K::OneOfAdded && given.len() != 1);
        absent.chain(one_of.map(|change| (change, words(change)))).collect()
    }

    fn condition(&self, ty: &str, within: Option<&str>) -> Found<'a> {
        let own = self.on(ty).filter(|change| match change.kind {
            K::TypeRemoved | K::TypeChangedKind => true,
            K::ImplementedInterfaceRemoved => change.before.as_deref() == within,
            _ => false,
        });
        let around = within.into_iter().flat_map(|within| self.on(within)).filter(|change| {
            matches!(change.kind, K::TypeRemovedFromUnion | K::ImplementedInterfaceRemoved)
                && change.before.as_deref() == Some(ty)
        });
        own.chain(around).map(|change| (change, words(change))).collect()
    }

    /// What a type does to a variable whose value may hold it.
    fn variable(&self, variable: &str, ty: &str, way: &str) -> Found<'a> {
        let dot = if way.is_empty() { "" } else { "." };
        self.on(ty)
            .map(|change| {
                let effect = words(change);
                let told = match &change.coordinate {
                    Coordinate::Member { .. } if self.old.inner.get_enum(ty).is_some() => {
                        format!("{effect} in `${variable}{dot}{way}`")
                    }
                    Coordinate::Member { name, .. } => format!("{effect}: `${variable}{dot}{way}.{name}`"),
                    _ => format!("{effect}: `${variable}{dot}{way}`"),
                };
                (change, told)
            })
            .collect()
    }
}
