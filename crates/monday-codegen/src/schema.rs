//! A schema that has been checked, ready to validate documents against.

use std::sync::Arc;

use apollo_compiler::validation::Valid;

use crate::{Diagnostics, SchemaIndex, SourceFile};

/// A valid schema. That it is valid shows in its type.
#[derive(Debug, Clone)]
pub struct Schema {
    pub(crate) inner: Valid<apollo_compiler::Schema>,
    /// The whole schema by name, also where `inner` is a subset.
    pub(crate) index: Arc<SchemaIndex>,
}

impl Schema {
    /// Reads a normalised schema (see [`normalize`](crate::normalize)).
    pub fn parse(file: &SourceFile) -> Result<Self, Diagnostics> {
        Self::of_subset(file, &Arc::new(SchemaIndex::new(file.text.as_str())))
    }

    /// Reads a subset of an indexed schema.
    pub(crate) fn of_subset(file: &SourceFile, whole: &Arc<SchemaIndex>) -> Result<Self, Diagnostics> {
        apollo_compiler::Schema::parse_and_validate(&file.text, &file.path)
            .map(|inner| Self { inner, index: Arc::clone(whole) })
            .map_err(|invalid| Diagnostics::from_apollo(&invalid.errors))
    }

    /// The schema in apollo-compiler's form.
    #[must_use]
    pub fn as_apollo(&self) -> &Valid<apollo_compiler::Schema> {
        &self.inner
    }

    /// The names of the enums, sorted. Built-in ones are not the schema's.
    pub(crate) fn enum_names(&self) -> Vec<&str> {
        let enums = self.inner.types.values().filter(|ty| ty.is_enum() && !ty.is_built_in());
        let mut names: Vec<&str> = enums.map(|ty| ty.name().as_str()).collect();
        names.sort_unstable();
        names
    }

    /// The values of an enum, in the schema's order; empty for any other name.
    pub(crate) fn enum_values(&self, name: &str) -> Vec<&str> {
        let values =
            self.inner.get_enum(name).map(|def| def.values.keys().map(apollo_compiler::Name::as_str));
        values.into_iter().flatten().collect()
    }
}
