//! Answers that a schema allows for a document, drawn at random: nulls wherever they may be, empty lists, enum values
//! and types that nobody has heard of.
//!
//! Must not know: Rust types.

use apollo_compiler::ast::Type;
use apollo_compiler::executable::{Field, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Name, Schema};
use serde_json::{Map, Value, json};

/// What an interface or union may send one day.
const NEW_TYPE: &str = "BrandNewType";

/// What an enum may send one day.
const NEW_VALUE: &str = "brand_NEW_value";

/// Draws answers; the same seed draws the same ones.
pub(crate) struct Answers<'a> {
    schema: &'a Valid<Schema>,
    document: &'a Valid<ExecutableDocument>,
    state: u64,
    ids_as_text: bool,
}

impl<'a> Answers<'a> {
    pub(crate) fn new(schema: &'a Valid<Schema>, document: &'a Valid<ExecutableDocument>, seed: u64) -> Self {
        Self { schema, document, state: seed, ids_as_text: false }
    }

    /// For a reader that refuses an id that comes as an integer.
    pub(crate) fn with_ids_as_text(
        schema: &'a Valid<Schema>,
        document: &'a Valid<ExecutableDocument>,
        seed: u64,
    ) -> Self {
        Self { ids_as_text: true, ..Self::new(schema, document, seed) }
    }
}

impl Answers<'_> {
    /// The `data` of an answer to the document's operation.
    pub(crate) fn data(&mut self) -> Value {
        let document = self.document;
        let operation = document.operations.iter().next().unwrap();
        let root = operation.selection_set.ty.clone();
        self.object(&root, &[&operation.selection_set])
    }

    /// A number below `limit` (splitmix64).
    fn draw(&mut self, limit: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % limit
    }

    fn one_in(&mut self, chances: u64) -> bool {
        self.draw(chances) == 0
    }

    fn object(&mut self, ty: &Name, sets: &[&SelectionSet]) -> Value {
        let mut fields: Vec<(Name, Vec<&Field>)> = Vec::new();
        let document = self.document;
        for set in sets {
            collect(self.schema, document, ty, set, &mut fields);
        }
        let mut object = Map::new();
        for (key, fields) in fields {
            let value = if fields[0].name == "__typename" {
                json!(ty.as_str())
            } else {
                let sets: Vec<&SelectionSet> = fields.iter().map(|field| &field.selection_set).collect();
                self.value(&fields[0].definition.ty, &sets)
            };
            object.insert(key.to_string(), value);
        }
        Value::Object(object)
    }

    fn value(&mut self, ty: &Type, sets: &[&SelectionSet]) -> Value {
        if !ty.is_non_null() && self.one_in(4) {
            return Value::Null;
        }
        match ty {
            Type::List(inner) | Type::NonNullList(inner) => {
                let length = self.draw(4);
                (0..length).map(|_| self.value(inner, sets)).collect()
            }
            Type::Named(name) | Type::NonNullNamed(name) => self.named(name, sets),
        }
    }

    fn named(&mut self, name: &Name, sets: &[&SelectionSet]) -> Value {
        let schema = self.schema;
        match &schema.types[name] {
            ExtendedType::Scalar(_) => self.scalar(name),
            ExtendedType::Enum(values) => {
                let count = values.values.len() as u64;
                match self.draw(count + 1) {
                    new if new == count => json!(NEW_VALUE),
                    known => {
                        json!(values.values.keys().nth(usize::try_from(known).unwrap()).unwrap().as_str())
                    }
                }
            }
            ExtendedType::Interface(_) | ExtendedType::Union(_) => {
                let mut members: Vec<Name> = possible(schema, name);
                members.sort();
                let count = members.len() as u64;
                let member = match self.draw(count + 1) {
                    new if new == count => Name::new(NEW_TYPE).unwrap(),
                    known => members.swap_remove(usize::try_from(known).unwrap()),
                };
                self.object(&member, sets)
            }
            _ => self.object(name, sets),
        }
    }

    fn scalar(&mut self, name: &Name) -> Value {
        let draw = self.draw(1_000_000);
        match name.as_str() {
            "Boolean" => json!(draw.is_multiple_of(2)),
            "Int" => [json!(draw), json!(-1), json!(i64::MAX), json!(i64::MIN)][(draw % 4) as usize].clone(),
            "Float" => [json!(0.25), json!(3), json!(-1e300)][(draw % 3) as usize].clone(),
            "ID" if self.ids_as_text => json!(draw.to_string()),
            "ID" => [json!(draw.to_string()), json!(draw)][(draw % 2) as usize].clone(),
            "Date" | "ISO8601DateTime" => {
                json!(
                    ["2026-03-21T12:00:00+00:00", "2023-08-29T15:38:11Z", "2026-03-21"][(draw % 3) as usize]
                )
            }
            "JSON" | "CompareValue" => {
                [json!("{\"index\":1}"), json!({"labels": {"1": "Done"}}), json!([1, null])]
                    [(draw % 3) as usize]
                    .clone()
            }
            _ => json!(
                ["", "plain", "\u{1f680} \"quoted\" \\ \n\u{7} é", "x".repeat(40).as_str()]
                    [(draw % 4) as usize]
            ),
        }
    }
}

/// The object types behind an interface or union.
fn possible(schema: &Schema, name: &Name) -> Vec<Name> {
    let objects = schema.types.values().filter_map(|ty| ty.as_object());
    objects.filter(|object| schema.is_subtype(name, &object.name)).map(|object| object.name.clone()).collect()
}

/// Whether a fragment on `condition` applies to an object of this type. A new type is of every interface, and of no
/// object type.
fn applies(schema: &Schema, ty: &Name, condition: &Name) -> bool {
    if ty == NEW_TYPE {
        return matches!(schema.types[condition], ExtendedType::Interface(_) | ExtendedType::Union(_));
    }
    ty == condition || schema.is_subtype(condition, ty)
}

fn collect<'a>(
    schema: &Schema,
    document: &'a ExecutableDocument,
    ty: &Name,
    set: &'a SelectionSet,
    into: &mut Vec<(Name, Vec<&'a Field>)>,
) {
    for selection in &set.selections {
        match selection {
            Selection::Field(field) => {
                let key = field.response_key();
                match into.iter_mut().find(|(known, _)| known == key) {
                    Some((_, fields)) => fields.push(field),
                    None => into.push((key.clone(), vec![field])),
                }
            }
            Selection::InlineFragment(inline) => {
                if inline.type_condition.as_ref().is_none_or(|condition| applies(schema, ty, condition)) {
                    collect(schema, document, ty, &inline.selection_set, into);
                }
            }
            Selection::FragmentSpread(spread) => {
                let fragment = &document.fragments[&spread.fragment_name];
                if applies(schema, ty, fragment.type_condition()) {
                    collect(schema, document, ty, &fragment.selection_set, into);
                }
            }
        }
    }
}
