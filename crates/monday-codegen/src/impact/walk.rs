//! Documents become the list of what they use, each with its place.
//!
//! Types are those of the old schema, and of the new one where the old has none: a document may be ahead.
//! Must not know: what changed.

use apollo_compiler::Name;
use apollo_compiler::Node;
use apollo_compiler::ast::{
    self, Argument, Directive, FieldDefinition, Selection, Value, VariableDefinition,
};
use apollo_compiler::parser::SourceSpan;
use apollo_compiler::schema::ExtendedType;

use crate::Schema;

use super::definitions::Definitions;
use super::touch::{Touch, What};

pub(super) fn touches(old: &Schema, new: &Schema, definitions: &Definitions) -> Vec<Touch> {
    let mut walk = Walk { old, new, definition: 0, found: Vec::new() };
    for (position, definition) in definitions.iter() {
        walk.definition = position;
        match &definition.node {
            ast::Definition::OperationDefinition(operation) => {
                operation.variables.iter().for_each(|variable| walk.variable(variable));
                walk.directives(&operation.directives);
                let kind = operation.operation_type;
                let root = old.inner.root_operation(kind).or_else(|| new.inner.root_operation(kind));
                walk.selections(root.map(Name::as_str), &operation.selection_set);
            }
            ast::Definition::FragmentDefinition(fragment) => {
                walk.directives(&fragment.directives);
                walk.condition(&fragment.type_condition, None);
                walk.selections(Some(&fragment.type_condition), &fragment.selection_set);
            }
            _ => {}
        }
    }
    walk.found
}

struct Walk<'a> {
    old: &'a Schema,
    new: &'a Schema,
    definition: usize,
    found: Vec<Touch>,
}

impl<'a> Walk<'a> {
    fn touch(&mut self, span: Option<SourceSpan>, what: What) {
        self.found.push(Touch { definition: self.definition, span, what });
    }

    fn field(&self, owner: &str, name: &str) -> Option<&'a FieldDefinition> {
        output_field(self.old, owner, name).or_else(|| output_field(self.new, owner, name))
    }

    fn input_type(&self, owner: &str, name: &str) -> Option<&'a str> {
        let of = |schema: &'a Schema| {
            Some(schema.inner.get_input_object(owner)?.fields.get(name)?.ty.inner_named_type().as_str())
        };
        of(self.old).or_else(|| of(self.new))
    }

    fn is_enum(&self, ty: &str) -> bool {
        self.old.inner.get_enum(ty).or_else(|| self.new.inner.get_enum(ty)).is_some()
    }

    fn is_input(&self, ty: &str) -> bool {
        self.old.inner.get_input_object(ty).or_else(|| self.new.inner.get_input_object(ty)).is_some()
    }

    fn selections(&mut self, owner: Option<&str>, set: &[Selection]) {
        for selection in set {
            match selection {
                Selection::Field(field) => self.selected(owner, field),
                Selection::InlineFragment(inline) => {
                    self.directives(&inline.directives);
                    if let Some(condition) = &inline.type_condition {
                        self.condition(condition, owner);
                    }
                    let within = inline.type_condition.as_ref().map(Name::as_str).or(owner);
                    self.selections(within, &inline.selection_set);
                }
                Selection::FragmentSpread(spread) => self.directives(&spread.directives),
            }
        }
    }

    fn selected(&mut self, owner: Option<&str>, field: &ast::Field) {
        self.directives(&field.directives);
        let definition = owner.and_then(|owner| self.field(owner, &field.name));
        let answers = definition.map(|definition| definition.ty.inner_named_type().as_str());
        if let Some(owner) = owner {
            self.touch(
                field.name.location(),
                What::Field {
                    owner: owner.to_owned(),
                    name: field.name.to_string(),
                    given: names(&field.arguments),
                    answers: answers.map(str::to_owned),
                },
            );
            for argument in &field.arguments {
                let what = What::Argument {
                    owner: owner.to_owned(),
                    field: field.name.to_string(),
                    name: argument.name.to_string(),
                };
                self.touch(argument.name.location(), what);
                let ty = definition.and_then(|definition| definition.argument_by_name(&argument.name));
                self.value(ty.map(|argument| argument.ty.inner_named_type().as_str()), &argument.value);
            }
        }
        self.selections(answers, &field.selection_set);
    }

    fn condition(&mut self, ty: &Name, within: Option<&str>) {
        let what = What::Condition { ty: ty.to_string(), within: within.map(str::to_owned) };
        self.touch(ty.location(), what);
    }

    fn variable(&mut self, variable: &VariableDefinition) {
        let ty = variable.ty.inner_named_type();
        self.touch(
            ty.location().or_else(|| variable.name.location()),
            What::Variable { name: variable.name.to_string(), ty: ty.to_string() },
        );
        if let Some(value) = &variable.default_value {
            self.value(Some(ty), value);
        }
        self.directives(&variable.directives);
    }

    fn value(&mut self, ty: Option<&str>, value: &Node<Value>) {
        match (&**value, ty) {
            (Value::List(values), _) => values.iter().for_each(|value| self.value(ty, value)),
            (Value::Enum(name), Some(ty)) if self.is_enum(ty) => {
                self.touch(name.location(), What::EnumValue { owner: ty.to_owned(), name: name.to_string() });
            }
            (Value::Object(entries), Some(ty)) if self.is_input(ty) => {
                let given = entries.iter().map(|(name, _)| name.to_string()).collect();
                self.touch(value.location(), What::InputObject { owner: ty.to_owned(), given });
                for (name, value) in entries {
                    let what = What::InputField { owner: ty.to_owned(), name: name.to_string() };
                    self.touch(name.location(), what);
                    self.value(self.input_type(ty, name), value);
                }
            }
            _ => {}
        }
    }

    fn directives(&mut self, directives: &[Node<Directive>]) {
        for directive in directives {
            let name = directive.name.to_string();
            let what = What::Directive { name: name.clone(), given: names(&directive.arguments) };
            self.touch(directive.name.location(), what);
            for argument in &directive.arguments {
                let what =
                    What::DirectiveArgument { directive: name.clone(), name: argument.name.to_string() };
                self.touch(argument.name.location(), what);
            }
        }
    }
}

pub(super) fn output_field<'a>(schema: &'a Schema, owner: &str, name: &str) -> Option<&'a FieldDefinition> {
    match schema.inner.types.get(owner)? {
        ExtendedType::Object(object) => object.fields.get(name).map(|field| &***field),
        ExtendedType::Interface(interface) => interface.fields.get(name).map(|field| &***field),
        _ => None,
    }
}

fn names(arguments: &[Node<Argument>]) -> Vec<String> {
    arguments.iter().map(|argument| argument.name.to_string()).collect()
}
