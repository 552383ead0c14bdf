//! Strays into an answer whatever the schema allows for it.
//!
//! Must not know: what any field means, what an answer was made from.

use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Field, Selection, SelectionSet, Value as Argument};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::{ExecutableDocument, Name};
use serde_json::{Map, Value, json};

use crate::dice::Dice;
use crate::schema::schema;
use crate::variety::Variety;

/// What an enum sends one day.
const NEW_VALUE: &str = "UNHEARD_OF_value";

/// What an interface or a union sends one day.
const NEW_TYPE: &str = "UnheardOfType";

/// How many values may be added to an answer.
const ROOM: usize = 20_000;

/// How long lists without a limit are.
const SCALARS: usize = 1_000;
const OBJECTS: usize = 100;

/// One answer on its way to another one.
pub(super) struct Varied<'a> {
    document: &'a ExecutableDocument,
    variables: &'a Map<String, Value>,
    variety: Variety,
    dice: Dice,
    room: usize,
}

impl<'a> Varied<'a> {
    pub(super) fn new(
        document: &'a ExecutableDocument,
        variables: &'a Map<String, Value>,
        variety: Variety,
        dice: Dice,
    ) -> Self {
        Self { document, variables, variety, dice, room: ROOM }
    }

    fn draws(&mut self, per_mille: u64) -> bool {
        per_mille > 0 && self.dice.below(1_000) < per_mille
    }

    /// An object that these selections were made of. What stands under one key has one shape, whichever
    /// fragment it comes from.
    pub(super) fn object(&mut self, object: &mut Map<String, Value>, sets: &[&'a SelectionSet]) {
        let mut fields = Vec::new();
        for set in sets {
            collect(self.document, set, None, &mut fields);
        }
        let is_abstract = sets.iter().all(|set| is_abstract(&set.ty));
        let is_told = fields.iter().any(|(_, field)| field.name == "__typename");
        if is_abstract && is_told && self.draws(self.variety.unknown_types) {
            let mut kept = Vec::new();
            for set in sets {
                collect(self.document, set, Some(&set.ty), &mut kept);
            }
            object.retain(|key, _| kept.iter().any(|(known, _)| *known == key));
            fields = kept;
            for (key, field) in &fields {
                if field.name == "__typename" {
                    object.insert((*key).to_owned(), json!(NEW_TYPE));
                }
            }
        }
        for (key, value) in object.iter_mut() {
            let alike: Vec<&Field> =
                fields.iter().filter(|(known, _)| known == key).map(|(_, field)| *field).collect();
            let Some(field) = alike.first().filter(|field| field.name != "__typename") else { continue };
            let below: Vec<&SelectionSet> = alike.iter().map(|field| &field.selection_set).collect();
            self.value(value, &field.definition.ty, field, &below);
        }
    }

    fn value(&mut self, value: &mut Value, ty: &Type, field: &'a Field, sets: &[&'a SelectionSet]) {
        if value.is_null() {
            return;
        }
        if !ty.is_non_null() && self.draws(self.variety.nulls) {
            *value = Value::Null;
            return;
        }
        match (ty, value) {
            (Type::List(inner) | Type::NonNullList(inner), Value::Array(list)) => {
                if self.draws(self.variety.empty_lists) {
                    list.clear();
                } else if self.draws(self.variety.longest_lists) {
                    self.lengthen(list, field, sets.iter().all(|set| set.selections.is_empty()));
                }
                for value in list {
                    self.value(value, inner, field, sets);
                }
            }
            (_, Value::Object(object)) if !sets.is_empty() => self.object(object, sets),
            (Type::Named(name) | Type::NonNullNamed(name), value @ Value::String(_)) => {
                let is_enum = matches!(schema().graphql.types.get(name), Some(ExtendedType::Enum(_)));
                if is_enum && self.draws(self.variety.unknown_enum_values) {
                    *value = json!(NEW_VALUE);
                }
            }
            _ => {}
        }
    }

    /// Repeats what is in a list.
    fn lengthen(&mut self, list: &mut Vec<Value>, field: &Field, is_of_leaves: bool) {
        let most = self.limit(field).unwrap_or(if is_of_leaves { SCALARS } else { OBJECTS });
        let there = list.len();
        for place in there..most.max(there) {
            let Some(again) = list.get(place % there.max(1)).cloned() else { return };
            let Some(left) = self.room.checked_sub(size(&again)) else { return };
            self.room = left;
            list.push(again);
        }
    }

    /// The field's argument `limit`, as it is given or as it is unless given.
    fn limit(&self, field: &Field) -> Option<usize> {
        let number = |value: &Argument| match value {
            Argument::Int(number) => number.as_str().parse().ok(),
            Argument::Variable(name) => {
                self.variables.get(name.as_str())?.as_u64().and_then(|limit| usize::try_from(limit).ok())
            }
            _ => None,
        };
        let given = field.specified_argument_by_name("limit").and_then(|limit| number(limit));
        let definition = field.definition.argument_by_name("limit");
        given.or_else(|| number(definition?.default_value.as_ref()?))
    }
}

/// How many values there are in one.
fn size(value: &Value) -> usize {
    match value {
        Value::Array(list) => 1 + list.iter().map(size).sum::<usize>(),
        Value::Object(fields) => 1 + fields.values().map(size).sum::<usize>(),
        _ => 1,
    }
}

fn is_abstract(name: &Name) -> bool {
    let ty = schema().graphql.types.get(name);
    matches!(ty, Some(ExtendedType::Interface(_) | ExtendedType::Union(_)))
}

/// The fields of a selection by their keys: all, or those alone that any type has which is one of `only`.
fn collect<'a>(
    document: &'a ExecutableDocument,
    set: &'a SelectionSet,
    only: Option<&Name>,
    fields: &mut Vec<(&'a str, &'a Field)>,
) {
    let is_in = |condition: Option<&Name>| {
        only.is_none_or(|only| condition.is_none_or(|condition| condition == only))
    };
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => fields.push((field.response_key().as_str(), field)),
            Selection::InlineFragment(inline) => {
                if is_in(inline.type_condition.as_ref()) {
                    collect(document, &inline.selection_set, only, fields);
                }
            }
            Selection::FragmentSpread(spread) => {
                if let Some(fragment) = document.fragments.get(&spread.fragment_name)
                    && is_in(Some(fragment.type_condition()))
                {
                    collect(document, &fragment.selection_set, only, fields);
                }
            }
        }
    }
}
