//! From a field of the schema to its value: a noun's own field, a relation between nouns, or data made from
//! the schema.
//!
//! Must not know: HTTP.

mod arguments;
mod asset;
mod board;
mod column;
mod document;
mod folder;
mod generated;
mod group;
mod item;
mod lead;
mod list;
mod membership;
mod mutation;
mod notification;
mod query;
mod relation;
#[cfg(test)]
mod tests;
mod update;
mod user;
mod value;
mod webhook;
mod workspace;

use std::cell::RefCell;
use std::sync::Arc;

use apollo_compiler::ast::Type;
use apollo_compiler::resolvers::{FieldError, ObjectValue, ResolveInfo, ResolvedValue};
use serde_json::{Value, json};

use crate::dice::Dice;
use crate::execution::Files;
use crate::field_fault::FieldFault;
use crate::meter::{self, Bill};
use crate::site::Made;
use crate::webhooks::Subscribing;
use crate::world::cursors::Place;
use crate::world::{Board, Column, Item, Record, World};
use arguments::Arguments;

/// What one execution shares: the world it may change, and the faults of its fields.
pub(crate) struct Context<'w> {
    pub(crate) world: RefCell<&'w mut World>,
    bill: Bill,
    files: &'w Files,
    subscribing: &'w Subscribing,
    /// What generated data is drawn with; the first of everything without.
    dice: RefCell<Option<Dice>>,
    made: Made,
    faults: RefCell<Vec<FieldFault>>,
}

impl<'w> Context<'w> {
    pub(crate) fn new(
        world: &'w mut World,
        bill: Bill,
        files: &'w Files,
        subscribing: &'w Subscribing,
        dice: Option<Dice>,
        made: Made,
    ) -> Self {
        let (world, dice) = (RefCell::new(world), RefCell::new(dice));
        Self { world, bill, files, subscribing, dice, made, faults: RefCell::default() }
    }

    pub(crate) fn take_faults(&self) -> Vec<FieldFault> {
        self.faults.take()
    }

    /// The field `complexity`, which queries and mutations have.
    fn complexity(&self) -> Found {
        let Bill { query, before, after, resets } = self.bill;
        // The schema's `Int` has 32 bits.
        let int = |points: u64| i32::try_from(points).unwrap_or(i32::MAX);
        Found::Json(json!({
            "query": int(query), "before": int(before), "after": int(after),
            "reset_in_x_seconds": int(meter::seconds(resets)),
        }))
    }

    /// A number below this one; 0 where nothing is drawn.
    fn draw(&self, below: usize) -> usize {
        let drawn = self.dice.borrow_mut().as_mut().map(|dice| dice.below(below as u64));
        drawn.and_then(|drawn| usize::try_from(drawn).ok()).unwrap_or_default()
    }

    /// The executor keeps a field's message only, so the message is the fault's number.
    fn fail(&self, fault: FieldFault) -> FieldError {
        let mut faults = self.faults.borrow_mut();
        faults.push(fault);
        FieldError { message: (faults.len() - 1).to_string() }
    }
}

/// An object of the answer.
pub(crate) struct Node<'c> {
    context: &'c Context<'c>,
    noun: Noun,
}

/// What an object is of.
#[derive(Clone)]
enum Noun {
    Query,
    Mutation,
    Board(Arc<Board>),
    Column(Arc<Column>),
    Item(Arc<Item>),
    ColumnValue {
        type_name: String,
        column: Arc<Column>,
        item: Arc<Item>,
    },
    /// Fields stored or made as JSON, of a type that has nothing else.
    Record {
        type_name: String,
        fields: Record,
    },
    /// Nothing is known of it but its type.
    Generated {
        type_name: String,
    },
}

/// The value of a field, before it is given the schema's form.
enum Found {
    Node(Noun),
    Nodes(Vec<Noun>),
    Json(Value),
    /// Make it from the schema.
    Unknown,
}

impl Found {
    fn optional(noun: Option<Noun>) -> Self {
        noun.map_or(Self::Json(Value::Null), Self::Node)
    }
}

impl<'c> Node<'c> {
    pub(crate) fn root(context: &'c Context<'c>, is_mutation: bool) -> Self {
        Self { context, noun: if is_mutation { Noun::Mutation } else { Noun::Query } }
    }

    fn resolved<'a>(&'a self, found: Found, ty: &Type, name: &str) -> ResolvedValue<'a> {
        let context = self.context;
        match found {
            Found::Node(noun) => ResolvedValue::object(Node { context, noun }),
            Found::Nodes(nouns) => ResolvedValue::list(
                nouns.into_iter().map(move |noun| ResolvedValue::object(Node { context, noun })),
            ),
            Found::Json(value) => self.json(value, ty),
            Found::Unknown => self.generated(ty, name),
        }
    }

    /// JSON in the schema's form: objects and lists become nodes where the type has fields.
    fn json<'a>(&'a self, value: Value, ty: &Type) -> ResolvedValue<'a> {
        let type_name = ty.inner_named_type();
        match value {
            Value::Array(list) if ty.is_list() => {
                let ty = ty.item_type().clone();
                let items: Vec<_> = list.into_iter().map(|value| self.json(value, &ty)).collect();
                ResolvedValue::list(items)
            }
            Value::Object(fields) if crate::schema::schema().graphql.get_object(type_name).is_some() => {
                let noun = Noun::Record { type_name: type_name.to_string(), fields: Arc::new(fields) };
                ResolvedValue::object(Node { context: self.context, noun })
            }
            value => ResolvedValue::leaf(value),
        }
    }
}

impl ObjectValue for Node<'_> {
    fn type_name(&self) -> &str {
        match &self.noun {
            Noun::Query => "Query",
            Noun::Mutation => "Mutation",
            Noun::Board(_) => "Board",
            Noun::Column(_) => "Column",
            Noun::Item(_) => "Item",
            Noun::ColumnValue { type_name, .. }
            | Noun::Record { type_name, .. }
            | Noun::Generated { type_name } => type_name,
        }
    }

    fn resolve_field<'a>(&'a self, info: &'a ResolveInfo<'a>) -> Result<ResolvedValue<'a>, FieldError> {
        let name = info.field_name();
        let arguments = Arguments(info.arguments());
        let found = match &self.noun {
            Noun::Query | Noun::Mutation if name == "complexity" => Ok(self.context.complexity()),
            Noun::Query | Noun::Mutation if self.context.made.is_without_state => Ok(Found::Unknown),
            Noun::Query => self.query(name, &arguments),
            Noun::Mutation => self.mutation(name, &arguments),
            _ => self.relation(name, &arguments),
        };
        let found = found.map_err(|fault| self.context.fail(fault))?;
        Ok(self.resolved(found, &info.field_definition().ty, name))
    }
}

fn record(type_name: &str, fields: &Record) -> Noun {
    Noun::Record { type_name: type_name.to_owned(), fields: Arc::clone(fields) }
}

/// Whether a list of ids names this one; an absent list names all.
fn listed(list: Option<&[String]>, id: &str) -> bool {
    list.is_none_or(|list| list.iter().any(|known| known == id))
}

/// Where a cursor stands, unless it has expired.
fn place_of(world: &World, cursor: &str) -> Result<Place, FieldFault> {
    world.cursors.find(cursor).ok_or_else(|| {
        FieldFault::new(
            "CursorException",
            "CursorExpiredError: The cursor provided for pagination has expired",
        )
    })
}
