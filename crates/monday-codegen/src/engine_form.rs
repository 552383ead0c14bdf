//! The same selection in a form that graphql_client understands: it reads the answer of the document that is sent.
//!
//! The engine copies fields that are asked for twice, forgets fragments on interfaces, conditions and fragments that
//! apply always, stumbles over default values, and its flattened structs take fields from each other. So selections
//! are merged here, fragments written out where they cannot stay, and conditional fields noted. Must not know: Rust.

mod merged;

use std::collections::BTreeSet;

use apollo_compiler::ast::OperationType;
use apollo_compiler::executable::{Operation, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use heck::ToUpperCamelCase;

use crate::{Schema, ValidDocuments};
use merged::{Fields, Merged};

/// A document for the engine alone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct EngineForm {
    pub(crate) document: String,
    /// Fields that may be missing although their type is not null: the path of their struct and their key.
    pub(crate) conditional: BTreeSet<(String, String)>,
    /// Selections that the engine has no types for: what to say.
    pub(crate) refused: Vec<String>,
}

/// Puts an operation, and the fragments that stay, in the engine's form.
pub(crate) fn engine_form(schema: &Schema, documents: &ValidDocuments, operation: &Operation) -> EngineForm {
    let mut writer = Writer {
        schema,
        documents,
        form: EngineForm::default(),
        waiting: Vec::new(),
        written: BTreeSet::new(),
    };
    let name = operation.name.as_ref().map_or("", |name| name.as_str());
    let keyword = if operation.operation_type == OperationType::Mutation { "mutation" } else { "query" };
    writer.push(&[keyword, " ", name]);
    for (position, variable) in operation.variables.iter().enumerate() {
        let ty = variable.ty.to_string();
        writer.push(&[if position == 0 { "(" } else { ", " }, "$", &variable.name, ": ", &ty]);
    }
    if !operation.variables.is_empty() {
        writer.push(&[")"]);
    }
    writer.set(
        &name.to_upper_camel_case(),
        &operation.selection_set.ty,
        &[(&operation.selection_set, false)],
    );
    while let Some(name) = writer.waiting.pop() {
        if writer.written.insert(name.clone())
            && let Some(fragment) = documents.document.fragments.get(name.as_str())
        {
            let on = fragment.type_condition();
            writer.push(&[" fragment ", &name, " on ", on]);
            writer.set(&name, on, &[(&fragment.selection_set, false)]);
        }
    }
    writer.form
}

/// Selection sets that apply together, each with whether it may be left out.
type Sets<'a> = [(&'a SelectionSet, bool)];

struct Writer<'a> {
    schema: &'a Schema,
    documents: &'a ValidDocuments,
    form: EngineForm,
    /// Fragments that are spread and not written yet.
    waiting: Vec<String>,
    written: BTreeSet<String>,
}

impl<'a> Writer<'a> {
    fn push(&mut self, parts: &[&str]) {
        self.form.document.extend(parts.iter().copied());
    }

    /// Writes a selection set. `path` is the name that the engine gives its struct.
    fn set(&mut self, path: &str, ty: &'a str, sets: &Sets<'a>) {
        let merged = Merged::of(self.schema, self.documents, ty, sets);
        self.merged(path, ty, &merged, &Fields::default());
    }

    /// `taken` are the fields that the surrounding struct reads already.
    fn merged(&mut self, path: &str, ty: &str, merged: &Merged<'a>, taken: &Fields<'a>) {
        self.push(&[" {"]);
        let sole = merged.fields.is_empty() && merged.variants.is_empty() && merged.spreads.len() == 1;
        if self.is_abstract(ty) && !sole {
            self.push(&[" __typename"]);
        }
        for (key, field) in &merged.fields {
            if let Some(other) = taken.get(key) {
                if !other.sets.is_empty() {
                    let message = format!(
                        "`{key}` is selected here and around `... on {ty}`: ask for all of it in one place"
                    );
                    self.form.refused.push(message);
                }
                continue;
            }
            if *key == field.name {
                self.push(&[" ", key]);
            } else {
                self.push(&[" ", key, ": ", field.name]);
            }
            if field.is_conditional {
                self.form.conditional.insert((path.to_owned(), (*key).to_owned()));
            }
            if !field.sets.is_empty() {
                self.set(&format!("{path}{}", key.to_upper_camel_case()), field.ty, &field.sets);
            }
        }
        for spread in &merged.spreads {
            self.push(&[" ...", spread]);
            self.waiting.push((*spread).to_owned());
        }
        for (object, sets) in &merged.variants {
            let variant = Merged::of(self.schema, self.documents, object, sets);
            if variant.keys(self.documents).iter().all(|key| merged.fields.contains_key(key)) {
                continue;
            }
            self.push(&[" ... on ", object]);
            let variant =
                variant.without_spreads_of(&merged.fields, self.schema, self.documents, object, sets);
            self.merged(&format!("{path}On{object}"), object, &variant, &merged.fields);
        }
        self.push(&[" }"]);
    }

    fn is_abstract(&self, ty: &str) -> bool {
        matches!(self.schema.inner.types.get(ty), Some(ExtendedType::Interface(_) | ExtendedType::Union(_)))
    }
}
