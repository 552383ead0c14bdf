//! One change, in words, and all of them.
//!
//! Must not know: how changes are found.

use super::{Advice, ChangeKind, Coordinate, Grade};

/// One change between two schemas.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub struct Change {
    /// What kind of change it is; the kind has the grade and its reason.
    pub kind: ChangeKind,
    /// Where in the schema.
    pub coordinate: Coordinate,
    /// What was there: a type, a default, a member of a union, an interface, a directive's location.
    pub before: Option<String>,
    /// What is there now, of the same sorts; for a deprecation its reason.
    pub after: Option<String>,
}

/// All changes between two schemas.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SchemaDiff {
    /// The worst first, then by kind and place.
    pub changes: Vec<Change>,
}

impl Change {
    pub(super) fn of(kind: ChangeKind, coordinate: Coordinate) -> Self {
        Self { kind, coordinate, before: None, after: None }
    }

    pub(super) fn from(mut self, before: impl Into<String>) -> Self {
        self.before = Some(before.into());
        self
    }

    pub(super) fn to(mut self, after: impl Into<String>) -> Self {
        self.after = Some(after.into());
        self
    }

    /// The grade of its kind.
    #[must_use]
    pub fn grade(&self) -> Grade {
        self.kind.grade()
    }

    /// `from X to Y`, as far as there is an X and a Y.
    #[must_use]
    pub fn detail(&self) -> String {
        match (&self.before, &self.after) {
            (Some(before), Some(after)) => format!("from {before} to {after}"),
            (Some(before), None) => format!("from {before}"),
            (None, Some(after)) => format!("to {after}"),
            (None, None) => String::new(),
        }
    }

    /// The change as a sentence without a full stop.
    #[must_use]
    pub fn description(&self) -> String {
        use ChangeKind as K;
        let (at, detail) = (&self.coordinate, self.detail());
        let before = self.before.as_deref().unwrap_or_default();
        let after = self.after.as_deref().unwrap_or_default();
        match self.kind {
            K::TypeRemoved => format!("type {at} was removed"),
            K::TypeChangedKind => format!("type {at} changed {detail}"),
            K::TypeRemovedFromUnion => format!("{before} was removed from the union {at}"),
            K::ValueRemovedFromEnum => format!("enum value {at} was removed"),
            K::RequiredInputFieldAdded => format!("required input field {at} was added"),
            K::ImplementedInterfaceRemoved => format!("{at} no longer implements {before}"),
            K::FieldRemoved => format!("field {at} was removed"),
            K::FieldChangedKind | K::FieldChangedKindSafe => format!("field {at} changed type {detail}"),
            K::RequiredArgAdded | K::RequiredDirectiveArgAdded => format!("required argument {at} was added"),
            K::ArgRemoved | K::DirectiveArgRemoved => format!("argument {at} was removed"),
            K::ArgChangedKind | K::ArgChangedKindSafe => format!("argument {at} changed type {detail}"),
            K::DirectiveRemoved => format!("directive {at} was removed"),
            K::DirectiveRepeatableRemoved => format!("directive {at} is no longer repeatable"),
            K::DirectiveLocationRemoved => format!("directive {at} may no longer stand on {before}"),
            K::ValueAddedToEnum => format!("enum value {at} was added"),
            K::TypeAddedToUnion => format!("{after} was added to the union {at}"),
            K::OptionalInputFieldAdded => format!("optional input field {at} was added"),
            K::OptionalArgAdded | K::OptionalDirectiveArgAdded => {
                format!("optional argument {at} was added")
            }
            K::ImplementedInterfaceAdded => format!("{at} now implements {after}"),
            K::ArgDefaultValueChange | K::InputFieldDefaultValueChange if self.after.is_none() => {
                format!("the default of {at} was removed (it was {before})")
            }
            K::ArgDefaultValueChange | K::InputFieldDefaultValueChange => {
                format!("the default of {at} changed {detail}")
            }
            K::TypeAdded => format!("type {at} was added"),
            K::FieldAdded => format!("field {at} was added"),
            K::ArgDefaultValueAdded | K::InputFieldDefaultValueAdded => {
                format!("{at} got the default {after}")
            }
            K::DirectiveAdded => format!("directive {at} was added"),
            K::DirectiveRepeatableAdded => format!("directive {at} may be repeated"),
            K::DirectiveLocationAdded => format!("directive {at} may stand on {after}"),
            K::OneOfAdded => format!("{at} takes exactly one of its fields now"),
            K::OneOfRemoved => format!("{at} takes any number of its fields now"),
            K::Deprecated => format!("{at} is deprecated: {after}"),
            K::DeprecationRemoved => format!("{at} is no longer deprecated"),
        }
    }
}

impl SchemaDiff {
    pub(super) fn sorted(mut changes: Vec<Change>) -> Self {
        changes.sort_by_cached_key(|change| {
            (change.grade(), change.kind, change.coordinate.to_string(), change.detail())
        });
        Self { changes }
    }

    /// Whether nothing changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes of a grade.
    pub fn of_grade(&self, grade: Grade) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.grade() == grade)
    }

    /// How many changes have a grade.
    #[must_use]
    pub fn count(&self, grade: Grade) -> usize {
        self.of_grade(grade).count()
    }

    /// What the changes mean for the version of a crate that holds the whole API as code.
    #[must_use]
    pub fn advice(&self) -> Advice {
        Advice::of_schema(self)
    }
}
