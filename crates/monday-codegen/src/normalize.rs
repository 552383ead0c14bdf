//! A schema as served becomes a schema that every library accepts, always printed the same way.
//!
//! Takes SDL or introspection JSON. Takes away: redefined built-ins, `__*` types, characters outside the basic
//! plane, input types without fields. Sorts everything by name. Refuses what is no whole schema. Must not know:
//! files, the network.

mod introspection;

use std::collections::BTreeSet;

use apollo_compiler::ast::{
    Definition, Directive, DirectiveList, Document, FieldDefinition, InputValueDefinition, OperationType,
};
use apollo_compiler::{Name, Node};

use crate::{Diagnostics, Schema, SchemaCounts, SourceFile};

/// What happens to descriptions and deprecation reasons.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Descriptions {
    /// They stay.
    Keep,
    /// Structure only.
    Drop,
}

/// A schema after normalisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NormalizedSchema {
    /// The schema as SDL.
    pub sdl: String,
    /// How much is in it.
    pub counts: SchemaCounts,
}

/// The text is no schema that could replace another.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SchemaRefused {
    /// No text at all.
    #[error("the answer is empty, not a schema")]
    Empty,
    /// A web page: a login page, a captive portal, a gateway's error.
    #[error("the answer is an HTML page, not a schema: a gateway or login page stands between")]
    Html,
    /// The API answered with errors.
    #[error("the answer is an error, not a schema: {0}")]
    ErrorBody(String),
    /// The text ends too early.
    #[error("the schema ends too early (after {0} bytes): fetch it again")]
    Truncated(usize),
    /// The text is neither SDL nor introspection JSON.
    #[error("the answer is neither GraphQL SDL nor introspection JSON: {0}")]
    NotASchema(String),
    /// A root type is missing.
    #[error("the schema has no {0} type: it is partial, or not monday's")]
    NoRoot(&'static str),
    /// The schema contradicts itself.
    #[error("the schema is not valid GraphQL:\n{0}")]
    Invalid(Diagnostics),
}

const BUILT_IN_SCALARS: [&str; 5] = ["Boolean", "Float", "ID", "Int", "String"];
const BUILT_IN_DIRECTIVES: [&str; 6] = ["deprecated", "defer", "include", "oneOf", "skip", "specifiedBy"];

/// An input object of which exactly one field is given.
pub(crate) const ONE_OF: &str = "oneOf";
pub(crate) const ONE_OF_DEFINITION: &str = "directive @oneOf on INPUT_OBJECT";

/// Whether GraphQL defines the directive itself.
#[cfg(feature = "changes")]
pub(crate) fn is_built_in_directive(name: &str) -> bool {
    BUILT_IN_DIRECTIVES.contains(&name)
}

/// Normalises a schema, given as SDL or introspection JSON.
///
/// ```
/// use monday_codegen::{Descriptions, SchemaRefused, normalize};
///
/// let served = "scalar String type Query { b: String a: String } type Mutation { c: ID }";
/// let schema = normalize(served, Descriptions::Drop)?;
/// assert!(schema.sdl.contains("type Query {\n  a: String\n  b: String\n}"));
/// assert_eq!(normalize("<!doctype html>", Descriptions::Drop), Err(SchemaRefused::Html));
/// # Ok::<(), SchemaRefused>(())
/// ```
pub fn normalize(served: &str, descriptions: Descriptions) -> Result<NormalizedSchema, SchemaRefused> {
    let served = served.trim_start_matches('\u{feff}').trim();
    let sdl = match served.as_bytes().first() {
        None => return Err(SchemaRefused::Empty),
        Some(b'<') => return Err(SchemaRefused::Html),
        Some(b'{' | b'[') => introspection::to_sdl(served)?,
        Some(_) => served.to_owned(),
    };
    let mut document = parse(&sdl)?;
    document.definitions.retain(|definition| !is_built_in(definition));
    define_one_of(&mut document)?;
    drop_empty_inputs(&mut document);
    for definition in &mut document.definitions {
        tidy(definition, descriptions);
    }
    document.definitions.sort_by_key(|definition| {
        let rank = match definition {
            Definition::SchemaDefinition(_) => 0,
            Definition::DirectiveDefinition(_) => 1,
            _ => 2,
        };
        (rank, definition.name().map(Name::to_string))
    });
    finish(&document)
}

fn parse(sdl: &str) -> Result<Document, SchemaRefused> {
    Document::parse(sdl, "schema").map_err(|broken| {
        let diagnostics = Diagnostics::from_apollo(&broken.errors);
        match diagnostics.0.first() {
            Some(_) if diagnostics.0.iter().any(|d| d.message.contains("got EOF")) => {
                SchemaRefused::Truncated(sdl.len())
            }
            Some(first) => SchemaRefused::NotASchema(format!("line {}: {}", first.line, first.message)),
            None => SchemaRefused::NotASchema("it does not parse".to_owned()),
        }
    })
}

fn finish(document: &Document) -> Result<NormalizedSchema, SchemaRefused> {
    // Descriptions are clean by now; what is left are strings in directives, such as reasons.
    let sdl = basic_plane(&document.to_string());
    if document.definitions.iter().any(|definition| definition.as_operation_definition().is_some()) {
        return Err(SchemaRefused::NotASchema("it holds an operation".to_owned()));
    }
    let schema = Schema::parse(&SourceFile::new("schema", &sdl)).map_err(SchemaRefused::Invalid);
    // A partial schema often contradicts itself too; the missing root is the better message.
    let roots = Roots::of(document);
    let queries = roots.fields(document, OperationType::Query).ok_or(SchemaRefused::NoRoot("Query"))?;
    let mutations =
        roots.fields(document, OperationType::Mutation).ok_or(SchemaRefused::NoRoot("Mutation"))?;
    schema?;
    let count = |keep: fn(&Definition) -> bool| document.definitions.iter().filter(|d| keep(d)).count();
    let mut counts = SchemaCounts {
        types: 0,
        objects: count(|d| matches!(d, Definition::ObjectTypeDefinition(_))),
        inputs: count(|d| matches!(d, Definition::InputObjectTypeDefinition(_))),
        enums: count(|d| matches!(d, Definition::EnumTypeDefinition(_))),
        interfaces: count(|d| matches!(d, Definition::InterfaceTypeDefinition(_))),
        unions: count(|d| matches!(d, Definition::UnionTypeDefinition(_))),
        scalars: count(|d| matches!(d, Definition::ScalarTypeDefinition(_))),
        queries,
        mutations,
    };
    counts.types =
        counts.objects + counts.inputs + counts.enums + counts.interfaces + counts.unions + counts.scalars;
    Ok(NormalizedSchema { sdl, counts })
}

/// The names of the root types: from `schema { … }`, else the default ones.
struct Roots(Vec<(OperationType, Name)>);

impl Roots {
    fn of(document: &Document) -> Self {
        let named = document.definitions.iter().find_map(|definition| match definition {
            Definition::SchemaDefinition(schema) => {
                Some(schema.root_operations.iter().map(|root| (**root).clone()))
            }
            _ => None,
        });
        let default = [(OperationType::Query, "Query"), (OperationType::Mutation, "Mutation")];
        let default = default.map(|(kind, name)| (kind, Name::new_static_unchecked(name)));
        Self(named.map_or_else(|| default.to_vec(), Iterator::collect))
    }

    fn fields(&self, document: &Document, kind: OperationType) -> Option<usize> {
        let name = &self.0.iter().find(|(root, _)| *root == kind)?.1;
        document.definitions.iter().find_map(|definition| match definition {
            Definition::ObjectTypeDefinition(object) if object.name == *name && !object.fields.is_empty() => {
                Some(object.fields.len())
            }
            _ => None,
        })
    }
}

fn is_built_in(definition: &Definition) -> bool {
    let Some(name) = definition.name() else {
        return false;
    };
    match definition {
        Definition::DirectiveDefinition(_) => BUILT_IN_DIRECTIVES.contains(&name.as_str()),
        Definition::ScalarTypeDefinition(_) => BUILT_IN_SCALARS.contains(&name.as_str()),
        _ => name.starts_with("__"),
    }
}

/// GraphQL defines `@oneOf` itself, and the libraries that read the schema do not know it yet: it is defined where it is
/// used, whether or not the schema was served with a definition.
fn define_one_of(document: &mut Document) -> Result<(), SchemaRefused> {
    let is_used = document.definitions.iter().any(|definition| match definition {
        Definition::InputObjectTypeDefinition(input) => input.directives.has(ONE_OF),
        Definition::InputObjectTypeExtension(input) => input.directives.has(ONE_OF),
        _ => false,
    });
    if is_used {
        document.definitions.append(&mut parse(ONE_OF_DEFINITION)?.definitions);
    }
    Ok(())
}

/// An input type without fields is invalid GraphQL. It goes, and with it every argument and input field of that
/// type; an input that is thereby emptied goes too.
fn drop_empty_inputs(document: &mut Document) {
    loop {
        let empty: BTreeSet<Name> = document
            .definitions
            .iter()
            .filter_map(|definition| match definition {
                Definition::InputObjectTypeDefinition(input) if input.fields.is_empty() => {
                    Some(input.name.clone())
                }
                _ => None,
            })
            .collect();
        if empty.is_empty() {
            return;
        }
        let keep = |value: &Node<InputValueDefinition>| !empty.contains(value.ty.inner_named_type());
        document.definitions.retain(|definition| !definition.name().is_some_and(|name| empty.contains(name)));
        for definition in &mut document.definitions {
            match definition {
                Definition::InputObjectTypeDefinition(input) => input.make_mut().fields.retain(keep),
                Definition::DirectiveDefinition(directive) => directive.make_mut().arguments.retain(keep),
                _ => {
                    for field in fields_mut(definition).into_iter().flatten() {
                        field.make_mut().arguments.retain(keep);
                    }
                }
            }
        }
    }
}

fn fields_mut(definition: &mut Definition) -> Option<&mut Vec<Node<FieldDefinition>>> {
    match definition {
        Definition::ObjectTypeDefinition(object) => Some(&mut object.make_mut().fields),
        Definition::InterfaceTypeDefinition(interface) => Some(&mut interface.make_mut().fields),
        _ => None,
    }
}

/// Sorts a definition's parts and cleans its descriptions.
fn tidy(definition: &mut Definition, mode: Descriptions) {
    let input_value = |value: &mut Node<InputValueDefinition>| {
        let value = value.make_mut();
        describe(&mut value.description, mode);
        tidy_directives(&mut value.directives, mode);
    };
    for field in fields_mut(definition).into_iter().flatten() {
        let field = field.make_mut();
        describe(&mut field.description, mode);
        tidy_directives(&mut field.directives, mode);
        field.arguments.sort_by(|a, b| a.name.cmp(&b.name));
        field.arguments.iter_mut().for_each(input_value);
    }
    match definition {
        Definition::SchemaDefinition(schema) => {
            let schema = schema.make_mut();
            describe(&mut schema.description, mode);
            tidy_directives(&mut schema.directives, mode);
            schema.root_operations.sort_by_key(|root| root.0.name());
            schema.root_operations.reverse(); // query, then mutation
        }
        Definition::DirectiveDefinition(directive) => {
            let directive = directive.make_mut();
            describe(&mut directive.description, mode);
            directive.arguments.sort_by(|a, b| a.name.cmp(&b.name));
            directive.arguments.iter_mut().for_each(input_value);
            directive.locations.sort_by_key(|location| location.name());
        }
        Definition::ScalarTypeDefinition(scalar) => {
            let scalar = scalar.make_mut();
            describe(&mut scalar.description, mode);
            tidy_directives(&mut scalar.directives, mode);
        }
        Definition::ObjectTypeDefinition(object) => {
            let object = object.make_mut();
            describe(&mut object.description, mode);
            tidy_directives(&mut object.directives, mode);
            object.implements_interfaces.sort();
            object.fields.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Definition::InterfaceTypeDefinition(interface) => {
            let interface = interface.make_mut();
            describe(&mut interface.description, mode);
            tidy_directives(&mut interface.directives, mode);
            interface.implements_interfaces.sort();
            interface.fields.sort_by(|a, b| a.name.cmp(&b.name));
        }
        Definition::UnionTypeDefinition(union) => {
            let union = union.make_mut();
            describe(&mut union.description, mode);
            tidy_directives(&mut union.directives, mode);
            union.members.sort();
        }
        Definition::EnumTypeDefinition(enumeration) => {
            let enumeration = enumeration.make_mut();
            describe(&mut enumeration.description, mode);
            tidy_directives(&mut enumeration.directives, mode);
            enumeration.values.sort_by(|a, b| a.value.cmp(&b.value));
            for value in &mut enumeration.values {
                let value = value.make_mut();
                describe(&mut value.description, mode);
                tidy_directives(&mut value.directives, mode);
            }
        }
        Definition::InputObjectTypeDefinition(input) => {
            let input = input.make_mut();
            describe(&mut input.description, mode);
            tidy_directives(&mut input.directives, mode);
            input.fields.sort_by(|a, b| a.name.cmp(&b.name));
            input.fields.iter_mut().for_each(input_value);
        }
        _ => {}
    }
}

/// cynic-parser 0.11 panics on a character outside the basic plane, so none stays.
fn describe(description: &mut Option<Node<str>>, mode: Descriptions) {
    let kept = match mode {
        Descriptions::Drop => None,
        Descriptions::Keep => description.take(),
    };
    *description = kept.map(|text| Node::new_str(&basic_plane(&text))).filter(|text| !text.trim().is_empty());
}

fn basic_plane(text: &str) -> String {
    text.chars().filter(|c| u32::from(*c) <= 0xffff).collect()
}

fn tidy_directives(directives: &mut DirectiveList, mode: Descriptions) {
    directives.0.sort_by(|a, b| a.name.cmp(&b.name));
    for directive in &mut directives.0 {
        let directive: &mut Directive = directive.make_mut();
        directive.arguments.sort_by(|a, b| a.name.cmp(&b.name));
        // A deprecation's reason is a sentence like any description.
        if directive.name == "deprecated" && mode == Descriptions::Drop {
            directive.arguments.clear();
        }
    }
}

#[cfg(test)]
mod tests;
