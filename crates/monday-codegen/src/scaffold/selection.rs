//! What a scaffolded operation selects: leaves, and objects one level down.
//!
//! Must not know: how a document is laid out.

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::Name;
use apollo_compiler::ast::{FieldDefinition, Type};
use apollo_compiler::schema::{Component, ExtendedType};
use heck::{ToSnakeCase, ToUpperCamelCase};

use super::existing::Existing;
use super::root_field::is_leaf;
use crate::Schema;

/// A field with one of these arguments pages for itself.
const PAGING: [&str; 4] = ["limit", "page", "cursor", "pagination"];

/// A part of a selection, before it is known what is shared.
#[derive(Debug)]
pub(super) enum Part {
    /// All leaves of a type.
    Leaves(Name),
    /// A field that holds an object.
    Object(Name, Vec<Part>),
    /// The last resort.
    TypeName,
}

/// A part of a selection as it is written.
#[derive(Debug)]
pub(super) enum Selected {
    /// A field, with its alias.
    Field(String, Vec<Selected>),
    /// The fragment of this name.
    Spread(String),
    /// What only members of this type have.
    On(Name, Vec<Selected>),
}

/// The name of the fragment that holds a type's leaves.
pub(super) fn fragment_name(ty: &str) -> String {
    format!("{}Fields", ty.to_upper_camel_case())
}

/// Selections over a schema, beside the fragments that exist.
pub(super) struct Selections<'a> {
    schema: &'a Schema,
    existing: &'a Existing,
    members: BTreeMap<Name, Vec<Name>>,
}

impl<'a> Selections<'a> {
    pub(super) fn new(schema: &'a Schema, existing: &'a Existing) -> Self {
        let mut members: BTreeMap<Name, Vec<Name>> = BTreeMap::new();
        for (name, ty) in &schema.inner.types {
            if let ExtendedType::Object(object) = ty {
                for interface in &object.implements_interfaces {
                    members.entry(interface.name.clone()).or_default().push(name.clone());
                }
            }
            if let ExtendedType::Union(union) = ty {
                let names = union.members.iter().map(|member| member.name.clone());
                members.entry(name.clone()).or_default().extend(names);
            }
        }
        for names in members.values_mut() {
            names.sort();
        }
        Self { schema, existing, members }
    }

    /// What to select of the result of a root field: nothing when it is a leaf itself.
    pub(super) fn of_result(&self, ty: &Name) -> Vec<Part> {
        if is_leaf(self.schema.inner.types.get(ty)) {
            return Vec::new();
        }
        let mut parts: Vec<Part> =
            self.has_leaves(ty).then(|| Part::Leaves(ty.clone())).into_iter().collect();
        parts.extend(self.objects(ty, true));
        if parts.is_empty() {
            parts.push(Part::TypeName);
        }
        parts
    }

    /// The objects a type holds, with their leaves; through a wrapper, with the objects it wraps.
    fn objects(&self, ty: &Name, through_wrappers: bool) -> Vec<Part> {
        let selected = self.fragment(ty).map(|name| self.existing.selected_by(&name)).unwrap_or_default();
        let mut parts = Vec::new();
        for field in self.fields(ty).filter(|field| !selected.contains(field.name.as_str())) {
            let inner = field.ty.inner_named_type();
            let pages = field.arguments.iter().any(|argument| PAGING.contains(&argument.name.as_str()));
            if pages || is_leaf(self.schema.inner.types.get(inner)) {
                continue;
            }
            let inside = if self.has_leaves(inner) {
                vec![Part::Leaves(inner.clone())]
            } else if through_wrappers {
                self.objects(inner, false)
            } else {
                Vec::new()
            };
            if !inside.is_empty() {
                parts.push(Part::Object(field.name.clone(), inside));
            }
        }
        parts
    }

    fn has_leaves(&self, ty: &Name) -> bool {
        // An interface or union has `__typename` at the least.
        self.members.contains_key(ty) || self.fragment(ty).is_some() || self.leaf_fields(ty).next().is_some()
    }

    /// The existing fragment that stands for a type's leaves.
    fn fragment(&self, ty: &Name) -> Option<String> {
        let name = fragment_name(ty);
        self.existing.fragments.get(&name).is_some_and(|found| found.on == *ty).then_some(name)
    }

    /// A type's fields that can be asked for without arguments, in the order of writing.
    fn fields(&self, ty: &Name) -> impl Iterator<Item = &'a Component<FieldDefinition>> {
        let fields = match self.schema.inner.types.get(ty) {
            Some(ExtendedType::Object(object)) => Some(&object.fields),
            Some(ExtendedType::Interface(interface)) => Some(&interface.fields),
            _ => None,
        };
        let mut fields: Vec<_> = fields.into_iter().flat_map(|fields| fields.values()).collect();
        fields.retain(|field| {
            !field.directives.has("deprecated")
                && !field.arguments.iter().any(|argument| argument.is_required())
        });
        fields.sort_by_key(|field| match field.name.as_str() {
            "id" => 0,
            "name" => 1,
            _ => 2,
        });
        fields.into_iter()
    }

    fn leaf_fields(&self, ty: &Name) -> impl Iterator<Item = &'a Component<FieldDefinition>> {
        let types = &self.schema.inner.types;
        self.fields(ty).filter(|field| is_leaf(types.get(field.ty.inner_named_type())))
    }

    /// The leaves of a type, written out.
    pub(super) fn leaves(&self, ty: &Name) -> Vec<Selected> {
        let own = self.leaf_fields(ty).map(|field| field.name.to_string());
        let Some(members) = self.members.get(ty) else {
            return own.map(|name| Selected::Field(name, Vec::new())).collect();
        };
        let own: Vec<String> = own.collect();
        let of_member =
            |member| self.leaf_fields(member).filter(|field| !own.iter().any(|own| *own == *field.name));
        let mut types: BTreeMap<&Name, BTreeSet<String>> = BTreeMap::new();
        for field in members.iter().flat_map(of_member) {
            types.entry(&field.name).or_default().insert(Type::to_string(&field.ty));
        }
        let mut selected = vec![Selected::Field("__typename".to_owned(), Vec::new())];
        selected.extend(own.iter().map(|name| Selected::Field(name.clone(), Vec::new())));
        for member in members {
            let fields: Vec<_> = of_member(member)
                .map(|field| {
                    let name = &field.name;
                    let alias = if types[name].len() > 1 {
                        format!("{}_{name}: ", member.to_snake_case())
                    } else {
                        String::new()
                    };
                    Selected::Field(format!("{alias}{name}"), Vec::new())
                })
                .collect();
            if !fields.is_empty() {
                selected.push(Selected::On(member.clone(), fields));
            }
        }
        selected
    }

    /// Writes parts out, with fragments for what is shared; the types of those are added to `fragments`.
    pub(super) fn write(
        &self,
        parts: &[Part],
        shared: &BTreeSet<Name>,
        fragments: &mut BTreeSet<Name>,
    ) -> Vec<Selected> {
        let mut selected = Vec::new();
        for part in parts {
            match part {
                Part::Leaves(ty) if shared.contains(ty) => {
                    fragments.insert(ty.clone());
                    selected.push(Selected::Spread(fragment_name(ty)));
                }
                Part::Leaves(ty) => selected.extend(self.leaves(ty)),
                Part::Object(name, parts) => {
                    selected.push(Selected::Field(name.to_string(), self.write(parts, shared, fragments)));
                }
                Part::TypeName => selected.push(Selected::Field("__typename".to_owned(), Vec::new())),
            }
        }
        selected
    }
}
