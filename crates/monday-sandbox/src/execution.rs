//! Parses, validates and executes a document, and gives errors monday's form.
//!
//! Must not know: HTTP, what any field means.

mod varied;

use std::collections::BTreeMap;
use std::sync::Arc;

use apollo_compiler::executable::{Field, Operation as Definition, Value as Argument};
use apollo_compiler::resolvers::Execution;
use apollo_compiler::response::JsonMap;
use apollo_compiler::validation::Valid;
use apollo_compiler::{ExecutableDocument, Node};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::cost::Cost;
use crate::dice::Dice;
use crate::field_fault::FieldFault;
use crate::meter::Bill;
use crate::refusal::Refusal;
use crate::resolve::{Context, Node as Answering};
use crate::schema::schema;
use crate::site::Site;
use crate::upload::SentFile;
use crate::variety::Variety;
use crate::webhooks::Subscribing;

use varied::Varied;

/// Files by the variables they are for.
pub(crate) type Files = BTreeMap<String, Arc<SentFile>>;

/// A GraphQL request.
#[derive(Default)]
pub(crate) struct Call {
    pub(crate) query: String,
    pub(crate) variables: Map<String, Value>,
    pub(crate) operation_name: Option<String>,
    pub(crate) files: Files,
}

/// A call that is valid against the schema.
pub(crate) struct Operation {
    document: Valid<ExecutableDocument>,
    name: Option<String>,
    variables: Map<String, Value>,
    root_fields: Vec<String>,
    is_mutation: bool,
    files: Files,
    /// The same for the same request.
    fingerprint: u64,
    /// The URLs of webhooks that it makes.
    pub(crate) webhook_urls: Vec<String>,
    pub(crate) subscribing: Subscribing,
    /// Points of complexity.
    pub(crate) cost: u64,
}

impl Operation {
    pub(crate) fn parse(call: &Call, cost: &Cost) -> Result<Self, Refusal> {
        let schema = schema();
        let document = ExecutableDocument::parse_and_validate(&schema.graphql, &call.query, "query.graphql")
            .map_err(|invalid| {
                let mut errors: Vec<_> = invalid.errors.iter().map(|error| document_error(&error)).collect();
                // A selection of nothing but unknown fields is taken for an empty one, which is no mistake of its own.
                if errors.iter().any(|error| error["extensions"]["code"] == "undefinedField") {
                    errors.retain(|error| {
                        let message = error["message"].as_str();
                        !message.is_some_and(|message| message.contains("must have a subselection set"))
                    });
                }
                Refusal::document(errors)
            })?;
        let operation = document
            .operations
            .get(call.operation_name.as_deref())
            .map_err(|_| request_error("Unknown operation named in operationName"))?;
        let is_file = |name: &str| {
            let mut variables = operation.variables.iter();
            variables.any(|variable| variable.name == name && variable.ty.inner_named_type() == "File")
        };
        if let Some(name) = call.files.keys().find(|name| !is_file(name)) {
            return Err(Refusal::form(&format!("map: `variables.{name}` is no variable of type File")));
        }
        Ok(Self {
            name: operation.name.as_ref().map(ToString::to_string),
            variables: call.variables.clone(),
            root_fields: operation.root_fields(&document).map(|field| field.name.to_string()).collect(),
            is_mutation: operation.is_mutation(),
            files: call.files.clone(),
            fingerprint: fingerprint(call),
            webhook_urls: webhook_urls(operation.root_fields(&document), &call.variables),
            subscribing: Subscribing::default(),
            cost: cost.of(&document, operation, &call.variables),
            document,
        })
    }

    /// Its own name, if it has one, and those of its root fields.
    pub(crate) fn names(&self) -> Vec<&str> {
        self.name.iter().chain(&self.root_fields).map(String::as_str).collect()
    }

    pub(crate) fn is_mutation(&self) -> bool {
        self.is_mutation
    }

    pub(crate) fn is_complexity_only(&self) -> bool {
        self.root_fields.iter().all(|field| field == "complexity")
    }

    pub(crate) fn document(&self) -> &ExecutableDocument {
        &self.document
    }

    /// The operation in the document; `None` never happens.
    pub(crate) fn definition(&self) -> Option<&Node<Definition>> {
        self.document.operations.get(self.name.as_deref()).ok()
    }

    /// A variable that is a Boolean, by its default where it is not given.
    pub(crate) fn flag(&self, variable: &str) -> Option<bool> {
        if let Some(given) = self.variables.get(variable) {
            return given.as_bool();
        }
        let known = self.definition()?.variables.iter().find(|known| known.name == variable)?;
        known.default_value.as_ref()?.to_bool()
    }
}

/// From the document and its variables.
fn fingerprint(call: &Call) -> u64 {
    let variables = json!(call.variables).to_string();
    let hash = Sha256::new().chain_update(&call.query).chain_update(variables).finalize();
    hash.iter().take(8).fold(0, |number, byte| (number << 8) | u64::from(*byte))
}

/// The URLs that `create_webhook` is given, in the document or by variables.
fn webhook_urls<'d>(
    fields: impl Iterator<Item = &'d Node<Field>>,
    variables: &Map<String, Value>,
) -> Vec<String> {
    let made = fields.filter(|field| field.name == "create_webhook");
    let url = made.filter_map(|field| match field.argument_by_name("url").ok()?.as_ref() {
        Argument::String(text) => Some(text.clone()),
        Argument::Variable(name) => variables.get(name.as_str())?.as_str().map(str::to_owned),
        _ => None,
    });
    url.collect()
}

/// The body of the answer: `data` and, where there are any, `errors`.
pub(crate) fn execute(site: &Site, operation: &Operation, bill: Bill) -> Result<Value, Refusal> {
    let schema = schema();
    let mut variables: JsonMap = operation
        .variables
        .iter()
        .map(|(name, value)| (name.as_str().into(), value.clone().into()))
        .collect();
    // In place of a file stands the variable's name, by which a resolver finds it.
    variables.extend(operation.files.keys().map(|name| (name.as_str().into(), name.as_str().into())));
    let mut world = site.world();
    let made = site.made;
    let dice = |room: u64| Dice::new(made.seed.unwrap_or_default() ^ operation.fingerprint ^ room);
    let drawn = made.seed.map(|_| dice(0));
    let context = Context::new(&mut world, bill, &operation.files, &operation.subscribing, drawn, made);
    let root = Answering::root(&context, operation.is_mutation);
    let document = &operation.document;
    let definition = document
        .operations
        .get(operation.name.as_deref())
        .map_err(|_| request_error("Unknown operation named in operationName"))?;
    let response = Execution::new(&schema.graphql, document)
        .operation(definition)
        .implementers_map(&schema.implementers)
        .raw_variable_values(&variables)
        .enable_schema_introspection(true)
        .execute_sync(&root)
        .map_err(|error| request_error(&error.message().to_string()))?;
    let faults = context.take_faults();
    if operation.is_mutation {
        let letters = world.take_letters();
        site.couriers.take(letters, world.webhooks.iter().map(|webhook| webhook.id).collect());
    }
    if let Some(expired) = faults.iter().find(|fault| fault.extensions["code"] == "CursorException") {
        return Ok(old_shape(expired));
    }
    let mut answer = json!({"data": response.data});
    if made.variety != Variety::none()
        && let Some(data) = answer["data"].as_object_mut()
    {
        let mut varied = Varied::new(document, &operation.variables, made.variety, dice(1));
        varied.object(data, &[&definition.selection_set]);
    }
    if !response.errors.is_empty() {
        let errors = response.errors.iter().map(|error| {
            // A resolver's message is the number of its fault.
            let number = error
                .message
                .strip_prefix("resolver error: ")
                .and_then(|number| number.parse::<usize>().ok());
            let fault = number.and_then(|number| faults.get(number));
            let mut entry = json!(error);
            if let Some(fault) = fault {
                entry["message"] = json!(fault.message);
                entry["extensions"] = Value::Object(fault.extensions.clone());
            }
            entry
        });
        answer["errors"] = errors.collect();
    }
    Ok(answer)
}

/// The errors of some services are still of before 2025: the text in a list of strings.
fn old_shape(fault: &FieldFault) -> Value {
    json!({
        "error_code": fault.extensions["code"], "status_code": 200, "error_message": fault.message,
        "error_data": {}, "errors": [fault.message],
    })
}

fn request_error(message: &str) -> Refusal {
    Refusal::document(vec![error("GRAPHQL_VALIDATION_FAILED", message)])
}

fn error(code: &str, message: &str) -> Value {
    json!({"message": message, "extensions": {"code": code}})
}

fn document_error(
    diagnostic: &apollo_compiler::diagnostic::Diagnostic<'_, apollo_compiler::validation::DiagnosticData>,
) -> Value {
    let found = diagnostic.error.to_string();
    let mut entry = if let Some(syntax) = found.strip_prefix("syntax error: ") {
        json!({"message": format!("Parse error on {syntax}")})
    } else if found.contains("does not have a field") {
        error("undefinedField", &found)
    } else {
        error("GRAPHQL_VALIDATION_FAILED", &found)
    };
    if let Some(range) = diagnostic.line_column_range() {
        entry["locations"] = json!([{"line": range.start.line, "column": range.start.column}]);
    }
    entry
}

#[cfg(test)]
mod tests;
