//! What the documents at hand define already.
//!
//! Must not know: the schema.

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::Name;
use apollo_compiler::ast::{Definition, Document, Selection};

use crate::{Diagnostics, SourceFile};

/// Names of operations, and fragments with what they select.
#[derive(Debug, Default)]
pub(super) struct Existing {
    pub(super) operations: BTreeSet<String>,
    pub(super) fragments: BTreeMap<String, Fragment>,
}

/// A fragment that somebody wrote.
#[derive(Debug)]
pub(super) struct Fragment {
    /// The type it is on.
    pub(super) on: Name,
    selections: Vec<Selection>,
}

impl Existing {
    pub(super) fn read(files: &[SourceFile]) -> Result<Self, Diagnostics> {
        let mut found = Self::default();
        let mut mistakes = Vec::new();
        for file in files {
            let document = match Document::parse(&file.text, &file.path) {
                Ok(document) => document,
                Err(broken) => {
                    mistakes.extend(Diagnostics::from_apollo(&broken.errors).0);
                    continue;
                }
            };
            for definition in document.definitions {
                match definition {
                    Definition::OperationDefinition(operation) => {
                        found.operations.extend(operation.name.as_ref().map(ToString::to_string));
                    }
                    Definition::FragmentDefinition(fragment) => {
                        let on = fragment.type_condition.clone();
                        let selections = fragment.selection_set.clone();
                        found.fragments.insert(fragment.name.to_string(), Fragment { on, selections });
                    }
                    _ => {}
                }
            }
        }
        Diagnostics::sorted(mistakes).into_result(found)
    }

    /// The response names a fragment selects on its own type, directly or through other fragments.
    pub(super) fn selected_by(&self, fragment: &str) -> BTreeSet<String> {
        let mut names = BTreeSet::new();
        let mut seen = BTreeSet::from([fragment]);
        let mut left: Vec<&Selection> =
            self.fragments.get(fragment).iter().flat_map(|found| &found.selections).collect();
        while let Some(selection) = left.pop() {
            match selection {
                Selection::Field(field) => {
                    names.insert(field.response_name().to_string());
                }
                Selection::InlineFragment(inline) => left.extend(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(other) = self.fragments.get(spread.fragment_name.as_str())
                        && seen.insert(&spread.fragment_name)
                    {
                        left.extend(&other.selections);
                    }
                }
            }
        }
        names
    }
}
