//! What an operation costs in points of complexity: a model that can be computed by hand.
//!
//! monday's own formula is not published and `@cost` is applied nowhere. Must not know: what is left to spend.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet, Value};
use serde_json::{Map, Value as Json};

/// The number of entries where a field has `limit` and a document does not give it.
const DEFAULT_LIMIT: u64 = 25;

/// Points of complexity: `per_call`, and `per_write` for each root field of a mutation, and `per_item` for each entry
/// that may be read. A field with an argument `limit` reads as many entries as that says (25 unless told, at most as
/// many as it is given `ids`); lists within lists multiply.
///
/// `{ boards(ids: [1, 2]) { items_page(limit: 100) { items { id } } } }` asks for 2 boards and 200 items: with the
/// default prices 10 + 202 x 10 = 2,030 points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    /// Points of every call.
    pub per_call: u64,
    /// Points of every entry that may be read.
    pub per_item: u64,
    /// Points of every root field of a mutation; monday's `create_item` is said to cost 10,000.
    pub per_write: u64,
}

impl Default for Cost {
    fn default() -> Self {
        Self { per_call: 10, per_item: 10, per_write: 10_000 }
    }
}

impl Cost {
    /// The points of an operation with these variables.
    pub(crate) fn of(
        &self,
        document: &ExecutableDocument,
        operation: &Operation,
        variables: &Map<String, Json>,
    ) -> u64 {
        let writes = if operation.is_mutation() {
            operation.root_fields(document).filter(|field| field.name != "complexity").count() as u64
        } else {
            0
        };
        let walk = Walk { document, operation, variables };
        let items = walk.items(&operation.selection_set, 1);
        let parts =
            [self.per_call, self.per_write.saturating_mul(writes), self.per_item.saturating_mul(items)];
        parts.into_iter().fold(0, u64::saturating_add)
    }
}

struct Walk<'a> {
    document: &'a ExecutableDocument,
    operation: &'a Operation,
    variables: &'a Map<String, Json>,
}

impl Walk<'_> {
    /// The entries below a selection that is itself read so many times.
    fn items(&self, selections: &SelectionSet, times: u64) -> u64 {
        let entries = selections.selections.iter().map(|selection| match selection {
            Selection::Field(field) => match self.limit(field) {
                Some(limit) => {
                    let read = times.saturating_mul(limit);
                    read.saturating_add(self.items(&field.selection_set, read))
                }
                None => self.items(&field.selection_set, times),
            },
            Selection::InlineFragment(inline) => self.items(&inline.selection_set, times),
            Selection::FragmentSpread(spread) => {
                let fragment = self.document.fragments.get(&spread.fragment_name);
                fragment.map_or(0, |fragment| self.items(&fragment.selection_set, times))
            }
        });
        entries.fold(0, u64::saturating_add)
    }

    fn limit(&self, field: &Field) -> Option<u64> {
        field.definition.argument_by_name("limit")?;
        let limit = self.argument(field, "limit").and_then(|limit| limit.as_u64()).unwrap_or(DEFAULT_LIMIT);
        let ids = self.argument(field, "ids");
        Some(match ids.as_ref().and_then(Json::as_array) {
            Some(ids) => limit.min(ids.len() as u64),
            None => limit,
        })
    }

    /// The value of an argument, through a variable and its default. Lists keep their length only.
    fn argument(&self, field: &Field, name: &str) -> Option<Json> {
        let mut value = &**field.specified_argument_by_name(name)?;
        if let Value::Variable(variable) = value {
            if let Some(given) = self.variables.get(variable.as_str()) {
                return Some(given.clone());
            }
            let definition = self.operation.variables.iter().find(|known| known.name == *variable)?;
            value = definition.default_value.as_ref()?;
        }
        match value {
            Value::List(list) => Some(Json::Array(vec![Json::Null; list.len()])),
            Value::Int(number) => number.as_str().parse::<u64>().ok().map(Json::from),
            _ => None,
        }
    }
}
