//! Whether data is what the schema allows as the answer to a document.
//!
//! Values never appear in what it says. Must not know: where the data comes from.

use apollo_compiler::executable::{DirectiveList, Field, Selection, SelectionSet, Type, Value as Argument};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{Name, Node};
use serde_json::{Map, Value};

use crate::execution::Operation;
use crate::schema::schema;

/// So many mistakes are told.
const TOLD: usize = 10;

/// All that does not fit, each with its path.
pub(super) fn mistakes(operation: &Operation, data: &Value) -> Vec<String> {
    let Some(definition) = operation.definition() else { return Vec::new() };
    let mut fit = Fit { operation, mistakes: Vec::new() };
    let root = &definition.selection_set;
    fit.object("data", &root.ty, &[root], data);
    let more = fit.mistakes.len().saturating_sub(TOLD);
    fit.mistakes.truncate(TOLD);
    if more > 0 {
        fit.mistakes.push(format!("and {more} more"));
    }
    fit.mistakes
}

struct Fit<'o> {
    operation: &'o Operation,
    mistakes: Vec<String>,
}

/// The fields that one key of the answer is of.
type Selected<'o> = Vec<(String, Vec<&'o Node<Field>>)>;

impl<'o> Fit<'o> {
    fn value(&mut self, path: &str, ty: &Type, fields: &[&'o Node<Field>], value: &Value) {
        if value.is_null() {
            if ty.is_non_null() {
                self.wrong(path, &format!("is null, and the schema says {ty}"));
            }
            return;
        }
        if ty.is_list() {
            let Some(list) = value.as_array() else {
                return self.wrong(path, &format!("is no list, and the schema says {ty}"));
            };
            for (number, value) in list.iter().enumerate() {
                self.value(&format!("{path}[{number}]"), ty.item_type(), fields, value);
            }
            return;
        }
        let name = ty.inner_named_type();
        match schema().graphql.types.get(name) {
            Some(ExtendedType::Scalar(_)) => self.scalar(path, name, value),
            Some(ExtendedType::Enum(known)) => {
                if !value.as_str().is_some_and(|value| known.values.contains_key(value)) {
                    self.wrong(path, &format!("is no value of {name}"));
                }
            }
            _ => {
                let sets: Vec<_> = fields.iter().map(|field| &field.selection_set).collect();
                self.object(path, name, &sets, value);
            }
        }
    }

    fn scalar(&mut self, path: &str, name: &str, value: &Value) {
        let fits = match name {
            "Int" => value.as_i64().is_some_and(|number| i32::try_from(number).is_ok()),
            "Float" => value.is_number(),
            "String" | "ID" => value.is_string(),
            "Boolean" => value.is_boolean(),
            // monday's own scalars are any JSON.
            _ => true,
        };
        if !fits {
            self.wrong(path, &format!("is no {name}"));
        }
    }

    fn object(&mut self, path: &str, name: &str, sets: &[&'o SelectionSet], value: &Value) {
        let Some(object) = value.as_object() else {
            return self.wrong(path, &format!("is no object, and the schema says {name}"));
        };
        let graphql = &schema().graphql;
        let members: Vec<&str> = match graphql.types.get(name) {
            Some(ExtendedType::Interface(_)) => {
                let implementers = schema().implementers.get(name);
                implementers.iter().flat_map(|found| &found.objects).map(Name::as_str).collect()
            }
            Some(ExtendedType::Union(union)) => union.members.iter().map(|name| name.as_str()).collect(),
            _ => return self.members(path, name, sets, object),
        };
        // A type is told by `__typename`, or else is the one that fits best.
        let is_of = |member: &&str| {
            let selected = self.selected(sets, member);
            selected.iter().all(|(key, fields)| {
                fields[0].name != "__typename" || object.get(key).is_some_and(|told| told == *member)
            })
        };
        let told: Vec<&str> = members.into_iter().filter(is_of).collect();
        let tried = told.into_iter().map(|member| {
            let mut fit = Fit { operation: self.operation, mistakes: Vec::new() };
            fit.members(path, member, sets, object);
            fit.mistakes
        });
        match tried.min_by_key(Vec::len) {
            Some(mistakes) => self.mistakes.extend(mistakes),
            None => self.wrong(path, &format!("names no type of {name} as its `__typename`")),
        }
    }

    /// The fields of an object whose type is known.
    fn members(&mut self, path: &str, name: &str, sets: &[&'o SelectionSet], object: &Map<String, Value>) {
        let selected = self.selected(sets, name);
        for (key, fields) in &selected {
            let path = format!("{path}.{key}");
            match object.get(key) {
                None => self.wrong(&path, "is missing"),
                Some(value) if fields[0].name == "__typename" => {
                    if value != name {
                        self.wrong(&path, &format!("is not {name}"));
                    }
                }
                Some(value) => self.value(&path, fields[0].ty(), fields, value),
            }
        }
        for key in object.keys().filter(|key| !selected.iter().any(|(known, _)| known == *key)) {
            self.wrong(&format!("{path}.{key}"), "is not asked for");
        }
    }

    /// What is asked of an object of this type.
    fn selected(&self, sets: &[&'o SelectionSet], name: &str) -> Selected<'o> {
        let mut selected = Selected::new();
        for set in sets {
            self.select(set, name, &mut selected);
        }
        selected
    }

    fn select(&self, set: &'o SelectionSet, name: &str, selected: &mut Selected<'o>) {
        let applies = |condition: &str| condition == name || schema().graphql.is_subtype(condition, name);
        for selection in &set.selections {
            match selection {
                Selection::Field(field) if self.is_asked(&field.directives) => {
                    let key = field.response_key().as_str();
                    match selected.iter_mut().find(|(known, _)| known == key) {
                        Some((_, fields)) => fields.push(field),
                        None => selected.push((key.to_owned(), vec![field])),
                    }
                }
                Selection::InlineFragment(inline)
                    if self.is_asked(&inline.directives)
                        && inline.type_condition.as_ref().is_none_or(|condition| applies(condition)) =>
                {
                    self.select(&inline.selection_set, name, selected);
                }
                Selection::FragmentSpread(spread) if self.is_asked(&spread.directives) => {
                    let fragment = self.operation.document().fragments.get(&spread.fragment_name);
                    if let Some(fragment) = fragment.filter(|known| applies(&known.selection_set.ty)) {
                        self.select(&fragment.selection_set, name, selected);
                    }
                }
                _ => {}
            }
        }
    }

    /// By `@skip` and `@include`.
    fn is_asked(&self, directives: &DirectiveList) -> bool {
        let says = |name: &str, unless: bool| {
            let condition = directives.get(name).and_then(|found| found.specified_argument_by_name("if"));
            condition.map_or(unless, |condition| match &**condition {
                Argument::Boolean(flag) => *flag,
                Argument::Variable(variable) => self.operation.flag(variable).unwrap_or(unless),
                _ => unless,
            })
        };
        !says("skip", false) && says("include", true)
    }

    fn wrong(&mut self, path: &str, what: &str) {
        self.mistakes.push(format!("{path} {what}"));
    }
}
