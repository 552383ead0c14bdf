//! Changes in words, for whoever uses what changed and for whoever leaves it away.
//!
//! Must not know: documents.

use crate::diff::{Change, ChangeKind as K};

/// What a change does to whoever leaves the argument or input field away.
pub(super) fn missing<'a>(change: &'a Change, is_required: bool, noun: &str) -> Option<(&'a Change, String)> {
    let name = change.coordinate.name();
    let effect = match change.kind {
        K::RequiredArgAdded | K::RequiredDirectiveArgAdded | K::RequiredInputFieldAdded => {
            format!("required {noun} `{name}` added")
        }
        K::ArgChangedKind | K::FieldChangedKind if is_required => format!("{noun} `{name}` became required"),
        K::OptionalArgAdded | K::OptionalInputFieldAdded => format!("optional {noun} `{name}` added"),
        K::ArgDefaultValueChange | K::InputFieldDefaultValueChange => {
            format!("the default of `{name}` changed {}", change.detail())
        }
        _ => return None,
    };
    Some((change, effect))
}

/// Whether a change is felt only by whoever leaves the argument or input field away.
pub(super) fn is_of_absence(kind: K) -> bool {
    matches!(
        kind,
        K::RequiredArgAdded
            | K::RequiredDirectiveArgAdded
            | K::RequiredInputFieldAdded
            | K::OptionalArgAdded
            | K::OptionalDirectiveArgAdded
            | K::OptionalInputFieldAdded
            | K::ArgDefaultValueChange
            | K::ArgDefaultValueAdded
            | K::InputFieldDefaultValueChange
            | K::InputFieldDefaultValueAdded
    )
}

/// A change in the words of its kind.
pub(super) fn words(change: &Change) -> String {
    let short = change.kind.short();
    match change.kind {
        K::FieldChangedKind
        | K::FieldChangedKindSafe
        | K::ArgChangedKind
        | K::ArgChangedKindSafe
        | K::TypeChangedKind => format!("{short} {}", change.detail()),
        K::Deprecated => format!("{short}: {}", change.after.as_deref().unwrap_or_default()),
        _ => short.to_owned(),
    }
}
