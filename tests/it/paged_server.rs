//! A server that pages: it finds the field that pages in the document that is sent, and answers with the part of one list
//! that the field's arguments ask for.
//!
//! Must not know: which operations there are, what the SDK thinks of a field.

use std::collections::BTreeSet;
use std::fs;
use std::sync::{Arc, LazyLock, Mutex};

use apollo_compiler::ast::Value as Literal;
use apollo_compiler::executable::{Field, Operation, Selection, SelectionSet};
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Schema};
use serde_json::{Map, Value, json};
use wiremock::{Request, Respond, ResponseTemplate};

use crate::plain::plain;
use crate::random_answer::Answers;
use crate::support::{json as answer, root};

pub(crate) static SCHEMA: LazyLock<Valid<Schema>> = LazyLock::new(|| {
    let text = fs::read_to_string(root().join("schema/monday.graphql")).unwrap();
    Schema::parse_and_validate(text, "monday.graphql").unwrap()
});

/// Arguments by which monday's fields page.
const SIZES: [&str; 2] = ["limit", "pageSize"];
const POSITIONS: [&str; 6] = ["page", "cursor", "next_token", "offset", "nextPageOffset", "next_page_offset"];

/// What the server chooses where no argument does.
const OWN_SIZE: usize = 3;

/// Whether a field with these arguments pages.
pub(crate) fn pages<'a>(mut arguments: impl Iterator<Item = &'a str>) -> bool {
    arguments.any(|name| SIZES.contains(&name) || POSITIONS.contains(&name))
}

/// The fields of the schema that page.
pub(crate) fn fields_that_page() -> BTreeSet<String> {
    let objects = SCHEMA.types.values().filter_map(|ty| ty.as_object());
    let objects = objects.filter(|object| object.name != "Mutation" && !object.name.starts_with("__"));
    let fields = objects.flat_map(|object| object.fields.values().map(move |field| (&object.name, field)));
    fields
        .filter(|(_, field)| pages(field.arguments.iter().map(|argument| argument.name.as_str())))
        .map(|(of, field)| format!("{of}.{}", field.name))
        .collect()
}

pub(crate) fn parsed(document: &str) -> Valid<ExecutableDocument> {
    ExecutableDocument::parse_and_validate(&SCHEMA, document, "sent.graphql").unwrap()
}

/// The way to the outermost field that is moved or sized by a variable.
pub(crate) fn way(set: &SelectionSet) -> Option<Vec<(&SelectionSet, &Field)>> {
    set.selections.iter().find_map(|selection| {
        let Selection::Field(field) = selection else { return None };
        let by_variable = |argument: &str| {
            field.argument_by_name(argument).is_ok_and(|value| matches!(**value, Literal::Variable(_)))
        };
        if SIZES.iter().chain(&POSITIONS).any(|argument| by_variable(argument)) {
            return Some(vec![(set, &**field)]);
        }
        let mut below = way(&field.selection_set)?;
        below.insert(0, (set, field));
        Some(below)
    })
}

/// The coordinate of the field that an operation's document pages through.
pub(crate) fn coordinate(document: &str) -> String {
    let document = parsed(document);
    let way = way(&document.operations.iter().next().unwrap().selection_set).unwrap();
    let (of, field) = way.last().unwrap();
    format!("{}.{}", of.ty, field.name)
}

/// One list, and what was asked of it.
#[derive(Clone)]
pub(crate) struct PagedServer {
    entries: Arc<Vec<Value>>,
    pub(crate) asked: Arc<Mutex<Vec<Map<String, Value>>>>,
}

impl PagedServer {
    /// A list of so many entries for an operation, drawn as the schema allows. One is null where that may be.
    pub(crate) fn new(document: &str, length: usize) -> Self {
        let document = parsed(document);
        let operation = document.operations.iter().next().unwrap();
        let (mut entries, mut seed) = (Vec::new(), 0);
        let mut may_be_null = false;
        while entries.len() < length {
            seed += 1;
            assert!(seed < 20_000, "no entries can be drawn");
            let mut data = Answers::new(&SCHEMA, &document, seed).data();
            let way = way(&operation.selection_set).unwrap();
            may_be_null = !list_type(&way).item_type().is_non_null();
            let Some(list) = list_in(&mut data, &way) else { continue };
            for mut entry in std::mem::take(list) {
                let number = 1_000 + entries.len();
                if let Some(id) = entry.get_mut("id").filter(|id| !id.is_null()) {
                    *id = if id.is_string() { json!(number.to_string()) } else { json!(number) };
                }
                if !entry.is_null() && !entries.contains(&entry) && entries.len() < length {
                    entries.push(entry);
                }
            }
        }
        if may_be_null {
            entries[1] = Value::Null;
        }
        Self { entries: Arc::new(entries), asked: Arc::default() }
    }

    /// The entries that are something.
    pub(crate) fn entries(&self) -> Vec<Value> {
        self.entries.iter().filter(|entry| !entry.is_null()).cloned().collect()
    }

    /// The part of the list, and the word on what follows, into the object that holds the list.
    fn serve(&self, arguments: &Map<String, Value>) -> (Vec<Value>, Map<String, Value>) {
        let count = |names: &[&str]| {
            names.iter().find_map(|name| usize::try_from(arguments.get(*name)?.as_u64()?).ok())
        };
        let text = |names: &[&str]| names.iter().find_map(|name| arguments.get(*name)?.as_str());
        let all = &self.entries;
        let size = count(&SIZES).unwrap_or(OWN_SIZE);
        let start = match (count(&["page"]), text(&["cursor", "next_token"])) {
            (Some(page), _) => (page - 1) * size,
            (None, Some(cursor)) => match cursor.strip_prefix("from ") {
                Some(start) => start.parse().unwrap(),
                // Any other is where a caller starts.
                None => all.iter().position(|entry| plain(&entry["id"]) == *cursor).map_or(0, |at| at + 1),
            },
            _ => count(&["offset", "nextPageOffset", "next_page_offset"]).unwrap_or(0),
        };
        let end = (start + size).min(all.len());
        let has_more = end < all.len();
        let cursor = has_more.then(|| format!("from {end}"));
        let words = json!({
            "cursor": cursor, "next_token": cursor, "total": all.len(), "total_count": all.len(),
            "page_info": {"has_next_page": has_more, "cursor": format!("from {end}")},
            "pagination": {
                "has_more_pages": has_more, "next_page_number": start / size + 2, "page": 1, "page_size": size,
            },
        });
        (all.get(start..end).unwrap_or_default().to_vec(), words.as_object().unwrap().clone())
    }
}

impl Respond for PagedServer {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        let body: Value = serde_json::from_slice(&request.body).unwrap();
        let document = parsed(body["query"].as_str().unwrap());
        let operation = document.operations.get(body["operationName"].as_str()).unwrap();
        let way = way(&operation.selection_set).unwrap();
        let arguments = arguments(operation, way.last().unwrap().1, &body["variables"]);
        self.asked.lock().unwrap().push(arguments.clone());
        let (part, words) = self.serve(&arguments);
        let data = (0..20_000).find_map(|seed| {
            let mut data = Answers::new(&SCHEMA, &document, seed).data();
            list_in(&mut data, &way)?;
            fill(&mut data, &way, &part, &words);
            Some(data)
        });
        answer(&json!({"data": data.unwrap()}).to_string())
    }
}

/// The arguments of a field: what the variables say, then the defaults.
fn arguments(operation: &Operation, field: &Field, variables: &Value) -> Map<String, Value> {
    let literal = |value: &Literal| {
        serde_json::from_str(&value.serialize().no_indent().to_string()).unwrap_or(Value::Null)
    };
    let mut arguments = Map::new();
    for definition in &field.definition.arguments {
        let given = match field.argument_by_name(&definition.name).ok().map(|value| &**value) {
            Some(Literal::Variable(name)) => {
                let declared = operation.variables.iter().find(|variable| variable.name == *name).unwrap();
                let sent = variables.get(name.as_str()).cloned();
                sent.or_else(|| declared.default_value.as_ref().map(|value| literal(value)))
            }
            Some(value) => Some(literal(value)),
            None => None,
        };
        let given = given.or_else(|| definition.default_value.as_ref().map(|value| literal(value)));
        if let Some(given) = given.filter(|given| !given.is_null()) {
            arguments.insert(definition.name.to_string(), given);
        }
    }
    arguments
}

/// The field that is the list, or the one in the object that holds it.
fn list_field<'a>(way: &[(&SelectionSet, &'a Field)]) -> Option<&'a Field> {
    let field = way.last().unwrap().1;
    if field.ty().is_list() {
        return None;
    }
    let fields = field.selection_set.selections.iter().filter_map(|selection| selection.as_field());
    let mut lists = fields.filter(|field| field.ty().is_list());
    Some(lists.next().unwrap())
}

fn list_type<'a>(way: &[(&SelectionSet, &'a Field)]) -> &'a apollo_compiler::ast::Type {
    list_field(way).map_or(way.last().unwrap().1.ty(), Field::ty)
}

/// The first list on the way, if the answer has one.
fn list_in<'a>(data: &'a mut Value, way: &[(&SelectionSet, &Field)]) -> Option<&'a mut Vec<Value>> {
    let mut here = data;
    for (_, field) in way.iter().take(way.len() - 1) {
        here = here.get_mut(field.response_key().as_str())?;
        if here.is_array() {
            here = here.as_array_mut()?.iter_mut().find(|entry| entry.is_object())?;
        }
    }
    here = here.get_mut(way.last()?.1.response_key().as_str())?;
    if let Some(list) = list_field(way) {
        here = here.get_mut(list.response_key().as_str())?;
    }
    here.as_array_mut()
}

/// Puts the part into every list on the way.
fn fill(here: &mut Value, way: &[(&SelectionSet, &Field)], part: &[Value], words: &Map<String, Value>) {
    if let Value::Array(entries) = here {
        entries.retain(Value::is_object);
        // One parent: what was asked for by its id.
        entries.truncate(1);
        for entry in entries {
            fill(entry, way, part, words);
        }
        return;
    }
    let field = way[0].1;
    let below = here.get_mut(field.response_key().as_str()).unwrap();
    if way.len() > 1 {
        fill(below, &way[1..], part, words);
    } else if let Some(list) = list_field(way) {
        for (key, value) in below.as_object_mut().unwrap() {
            if key == list.response_key().as_str() {
                *value = part.into();
            } else if let Some(word) = words.get(key) {
                *value = word.clone();
            }
        }
    } else {
        *below = part.into();
    }
}
