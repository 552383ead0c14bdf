//! A selection as the type that its answer has: fields, fragments that always apply, and what depends on the object's
//! type.
//!
//! Must not know: Rust code.

use apollo_compiler::Name;
use apollo_compiler::ast;
use apollo_compiler::collections::{IndexMap, IndexSet};
use apollo_compiler::executable::{Field, FragmentSpread, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use heck::ToUpperCamelCase;

use super::noun_ids;
use crate::{Schema, ValidDocuments};

/// The type of one selection set.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    /// Its name, unique among all models.
    pub(crate) name: String,
    /// The type it is selected on.
    pub(crate) graphql_type: String,
    /// The comment at the head of its fragment's file.
    pub(crate) comment: String,
    /// The fields, in the document's order.
    pub(crate) fields: Vec<ModelField>,
    /// Fragments that apply whatever the object's type.
    pub(crate) spreads: Vec<String>,
    /// What depends on the object's type.
    pub(crate) choice: Vec<Case>,
    /// The models of its nested selections.
    pub(crate) nested: Vec<Model>,
}

/// What is selected on one type of several.
#[derive(Debug, Clone)]
pub(crate) struct Case {
    /// The object type.
    pub(crate) graphql_type: String,
    /// The model of what is selected on it.
    pub(crate) model: String,
}

/// One field of an answer.
#[derive(Debug, Clone)]
pub(crate) struct ModelField {
    /// Its key in the answer: the alias, or the field's name.
    pub(crate) key: String,
    /// `Board.name: String!`.
    pub(crate) coordinate: String,
    /// monday's description, where the schema has it.
    pub(crate) description: String,
    pub(crate) is_deprecated: bool,
    pub(crate) slot: Slot,
}

/// A place for a value, which may be null.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Slot {
    pub(crate) is_nullable: bool,
    pub(crate) shape: Shape,
}

/// What a value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Shape {
    /// An id of a noun, or of no noun in particular.
    Id(Option<&'static str>),
    Scalar(String),
    Enum(String),
    Input(String),
    /// The name of a model.
    Model(String),
    List(Box<Slot>),
}

/// A selection that cannot become a type.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unsupported {
    pub(crate) place: String,
    pub(crate) message: String,
}

/// Makes models of selections.
pub(crate) struct Models<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) documents: &'a ValidDocuments,
    pub(crate) unsupported: Vec<Unsupported>,
}

/// What applies to one object type, collected from a selection set.
#[derive(Default)]
struct Collected<'a> {
    fields: IndexMap<Name, Vec<&'a Field>>,
    spreads: IndexSet<Name>,
    cases: IndexMap<Name, Vec<&'a Selection>>,
    asks_for_type_name: bool,
}

impl Models<'_> {
    /// The model of a selection set, with all models below it.
    pub(crate) fn model(&mut self, name: &str, sets: &[&SelectionSet]) -> Model {
        let Some(first) = sets.first() else { return Model::default() };
        let of = first.ty.clone();
        let selections = sets.iter().flat_map(|set| &set.selections);
        self.of_selections(name, &of, selections)
    }

    fn of_selections<'s>(
        &mut self,
        name: &str,
        of: &Name,
        selections: impl Iterator<Item = &'s Selection>,
    ) -> Model {
        let mut found = Collected::default();
        for selection in selections {
            self.collect(name, of, selection, &mut found);
        }
        let mut model = Model { name: name.to_owned(), graphql_type: of.to_string(), ..Model::default() };
        for (key, fields) in &found.fields {
            let field = self.field(name, of, key, fields, &mut model.nested);
            model.fields.push(field);
        }
        model.spreads = found.spreads.iter().map(ToString::to_string).collect();
        for (case, selections) in &found.cases {
            let model_name = if let Some(fragment) = self.lone_fragment(case, selections.iter().copied()) {
                fragment.to_string()
            } else {
                let nested = format!("{name}On{}", case.to_upper_camel_case());
                let case = self.of_selections(&nested, case, selections.iter().copied());
                model.nested.push(case);
                nested
            };
            model.choice.push(Case { graphql_type: case.to_string(), model: model_name });
        }
        if found.asks_for_type_name && model.choice.is_empty() && self.is_abstract(of) {
            model.fields.push(ModelField {
                key: "__typename".to_owned(),
                coordinate: format!("{of}.__typename: String!"),
                description: String::new(),
                is_deprecated: false,
                slot: Slot { is_nullable: false, shape: Shape::Scalar("String".to_owned()) },
            });
        }
        model
    }

    fn collect<'s>(&mut self, place: &str, of: &Name, selection: &'s Selection, found: &mut Collected<'s>) {
        match selection {
            Selection::Field(field) if field.name == "__typename" && field.alias.is_none() => {
                found.asks_for_type_name = true;
            }
            Selection::Field(field) => {
                found.fields.entry(field.response_key().clone()).or_default().push(field);
            }
            Selection::InlineFragment(inline) => {
                self.refuse_directives(place, &inline.directives);
                match &inline.type_condition {
                    Some(condition) if !self.always_applies(of, condition) => {
                        self.case(place, condition);
                        let cases = found.cases.entry(condition.clone()).or_default();
                        cases.extend(&inline.selection_set.selections);
                    }
                    _ => {
                        for selection in &inline.selection_set.selections {
                            self.collect(place, of, selection, found);
                        }
                    }
                }
            }
            Selection::FragmentSpread(spread) => {
                self.refuse_directives(place, &spread.directives);
                let Some(condition) = self.condition_of(spread) else { return };
                if self.always_applies(of, &condition) {
                    found.spreads.insert(spread.fragment_name.clone());
                } else {
                    self.case(place, &condition);
                    found.cases.entry(condition).or_default().push(selection);
                }
            }
        }
    }

    /// A case must be of one object type.
    fn case(&mut self, place: &str, condition: &Name) {
        if self.is_abstract(condition) {
            self.unsupported.push(Unsupported {
                place: place.to_owned(),
                message: format!("`... on {condition}` names an interface or union inside another one: name its object types"),
            });
        }
    }

    fn refuse_directives(&mut self, place: &str, directives: &ast::DirectiveList) {
        if !directives.is_empty() {
            self.unsupported.push(Unsupported {
                place: place.to_owned(),
                message: "a directive on a fragment: put it on the fields".to_owned(),
            });
        }
    }

    fn condition_of(&self, spread: &FragmentSpread) -> Option<Name> {
        spread.fragment_def(&self.documents.document).map(|fragment| fragment.type_condition().clone())
    }

    /// Whether every object of type `of` is of type `condition`.
    fn always_applies(&self, of: &Name, condition: &Name) -> bool {
        of == condition || self.schema.inner.is_subtype(condition, of)
    }

    fn is_abstract(&self, name: &Name) -> bool {
        matches!(self.schema.inner.types.get(name), Some(ExtendedType::Interface(_) | ExtendedType::Union(_)))
    }

    /// The fragment that is all of a selection.
    fn lone_fragment<'s>(&self, of: &Name, selections: impl Iterator<Item = &'s Selection>) -> Option<Name> {
        let mut lone = None;
        for selection in selections {
            match selection {
                Selection::Field(field) if field.name == "__typename" && field.alias.is_none() => {}
                Selection::FragmentSpread(spread) if lone.is_none() => lone = Some(spread),
                _ => return None,
            }
        }
        let spread = lone?;
        let condition = self.condition_of(spread)?;
        self.always_applies(of, &condition).then(|| spread.fragment_name.clone())
    }

    fn field(
        &mut self,
        parent: &str,
        of: &Name,
        key: &Name,
        fields: &[&Field],
        nested: &mut Vec<Model>,
    ) -> ModelField {
        let first = fields[0];
        let definition = &first.definition;
        let inner = first.ty().inner_named_type();
        let shape = if first.selection_set.is_empty() {
            self.leaf(inner, of, &first.name)
        } else {
            let selections = || fields.iter().flat_map(|field| &field.selection_set.selections);
            if let Some(fragment) = self.lone_fragment(inner, selections()) {
                Shape::Model(fragment.to_string())
            } else {
                let name = format!("{parent}{}", key.to_upper_camel_case());
                nested.push(self.of_selections(&name, inner, selections()));
                Shape::Model(name)
            }
        };
        let mut slot = wrap(first.ty(), shape);
        // A field that may be left out is absent, which reads as null.
        slot.is_nullable |= fields.iter().all(|field| !field.directives.is_empty());
        ModelField {
            key: key.to_string(),
            coordinate: format!("{of}.{}: {}", first.name, first.ty()),
            description: definition.description.as_ref().map(ToString::to_string).unwrap_or_default(),
            is_deprecated: definition.directives.has("deprecated"),
            slot,
        }
    }

    /// A scalar or enum, where it stands as a field of a type.
    fn leaf(&self, name: &Name, of: &Name, field: &Name) -> Shape {
        let noun = || {
            if field == "id" {
                let interfaces = self.schema.inner.get_object(of).map(|object| &object.implements_interfaces);
                let mut all = std::iter::once(of.as_str())
                    .chain(interfaces.into_iter().flatten().map(|name| name.name.as_str()));
                all.find_map(noun_ids::of_type)
            } else {
                noun_ids::of_name(field)
            }
        };
        leaf(self.schema, name, noun)
    }
}

/// A scalar, an enum or an input object; `noun` is asked where it may be an id.
pub(super) fn leaf(schema: &Schema, name: &Name, noun: impl Fn() -> Option<&'static str>) -> Shape {
    match schema.inner.types.get(name) {
        Some(ExtendedType::Enum(_)) => Shape::Enum(name.to_string()),
        Some(ExtendedType::InputObject(_)) => Shape::Input(name.to_string()),
        _ if name == "ID" => Shape::Id(noun()),
        // Ids of groups and columns are text, in the schema too.
        _ if name == "String" => {
            noun().map_or_else(|| Shape::Scalar(name.to_string()), |noun| Shape::Id(Some(noun)))
        }
        _ => Shape::Scalar(name.to_string()),
    }
}

/// A type with the lists and nulls around its shape.
pub(super) fn wrap(ty: &ast::Type, shape: Shape) -> Slot {
    let is_nullable = !ty.is_non_null();
    match ty {
        ast::Type::Named(_) | ast::Type::NonNullNamed(_) => Slot { is_nullable, shape },
        ast::Type::List(inner) | ast::Type::NonNullList(inner) => {
            Slot { is_nullable, shape: Shape::List(Box::new(wrap(inner, shape))) }
        }
    }
}
