//! Variables and input objects: what is sent, and what of it may be left out.
//!
//! Must not know: Rust code.

use apollo_compiler::Name;
use apollo_compiler::ast::{self, Value, VariableDefinition};
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};
use apollo_compiler::schema::InputValueDefinition;

use super::noun_ids;
use super::selection::{Slot, leaf, wrap};
use crate::normalize::ONE_OF;
use crate::{Schema, ValidDocuments};

/// A variable, or a field of an input object.
#[derive(Debug, Clone)]
pub(crate) struct Input {
    /// Its name on the wire.
    pub(crate) name: String,
    /// `$limit: Int = 25`, or `limit: Int = 25`.
    pub(crate) signature: String,
    pub(crate) description: String,
    pub(crate) is_deprecated: bool,
    pub(crate) presence: Presence,
    pub(crate) slot: Slot,
}

/// What may be said of an input.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Presence {
    /// It must be given.
    Required,
    /// It may be left out, but not be null: it has a default.
    Defaulted,
    /// It may be left out, or null.
    Nullable,
}

/// An input object with its fields.
#[derive(Debug, Clone)]
pub(crate) struct InputObject {
    pub(crate) name: String,
    pub(crate) description: String,
    /// Whether exactly one of its fields is to be given.
    pub(crate) is_one_of: bool,
    pub(crate) fields: Vec<Input>,
}

fn presence(ty: &ast::Type, has_default: bool) -> Presence {
    match (ty.is_non_null(), has_default) {
        (true, false) => Presence::Required,
        (true, true) => Presence::Defaulted,
        (false, _) => Presence::Nullable,
    }
}

/// The input objects of the schema.
pub(super) fn objects(schema: &Schema) -> Vec<InputObject> {
    let mut objects: Vec<InputObject> = schema
        .inner
        .types
        .values()
        .filter_map(|ty| {
            let object = ty.as_input_object()?;
            let description = object.description.as_ref().map(ToString::to_string).unwrap_or_default();
            let fields = object.fields.values().map(|field| of_definition(schema, field)).collect();
            let is_one_of = object.directives.has(ONE_OF);
            Some(InputObject { name: object.name.to_string(), description, is_one_of, fields })
        })
        .collect();
    objects.sort_by(|a, b| a.name.cmp(&b.name));
    objects
}

fn of_definition(schema: &Schema, field: &InputValueDefinition) -> Input {
    let noun = || noun_ids::of_name(&field.name);
    let shape = leaf(schema, field.ty.inner_named_type(), noun);
    let default = field.default_value.as_ref().map(|value| format!(" = {}", value.serialize().no_indent()));
    Input {
        name: field.name.to_string(),
        signature: format!("{}: {}{}", field.name, field.ty, default.as_deref().unwrap_or_default()),
        description: field.description.as_ref().map(ToString::to_string).unwrap_or_default(),
        is_deprecated: field.directives.has("deprecated"),
        presence: presence(&field.ty, field.default_value.is_some()),
        slot: wrap(&field.ty, shape),
    }
}

/// The variables of an operation.
pub(super) fn variables(schema: &Schema, documents: &ValidDocuments, operation: &Operation) -> Vec<Input> {
    operation.variables.iter().map(|variable| of_variable(schema, documents, operation, variable)).collect()
}

fn of_variable(
    schema: &Schema,
    documents: &ValidDocuments,
    operation: &Operation,
    variable: &VariableDefinition,
) -> Input {
    let noun = || {
        let mut uses = Uses { documents, variable: &variable.name, noun: None };
        uses.look(&operation.selection_set);
        uses.noun.or_else(|| noun_ids::of_name(&variable.name))
    };
    let shape = leaf(schema, variable.ty.inner_named_type(), noun);
    let default =
        variable.default_value.as_ref().map(|value| format!(" = {}", value.serialize().no_indent()));
    Input {
        name: variable.name.to_string(),
        signature: format!("${}: {}{}", variable.name, variable.ty, default.as_deref().unwrap_or_default()),
        description: String::new(),
        is_deprecated: false,
        presence: presence(&variable.ty, variable.default_value.is_some()),
        slot: wrap(&variable.ty, shape),
    }
}

/// Looks for the argument that a variable is given to.
struct Uses<'a> {
    documents: &'a ValidDocuments,
    variable: &'a Name,
    noun: Option<&'static str>,
}

impl Uses<'_> {
    fn look(&mut self, set: &SelectionSet) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.arguments(field);
                    self.look(&field.selection_set);
                }
                Selection::InlineFragment(inline) => self.look(&inline.selection_set),
                Selection::FragmentSpread(spread) => {
                    if let Some(fragment) = spread.fragment_def(&self.documents.document) {
                        self.look(&fragment.selection_set);
                    }
                }
            }
        }
    }

    fn arguments(&mut self, field: &Field) {
        for argument in &field.arguments {
            let names = |value: &Value| matches!(value, Value::Variable(name) if name == self.variable);
            let is_used = match &*argument.value {
                Value::List(values) => values.iter().any(|value| names(value)),
                value => names(value),
            };
            if !is_used || self.noun.is_some() {
                continue;
            }
            self.noun = match argument.name.as_str() {
                "id" | "ids" => noun_ids::of_type(field.ty().inner_named_type()),
                name => noun_ids::of_name(name),
            };
        }
    }
}
