//! Parses, validates and executes a document, and gives errors monday's form.
//!
//! Must not know: HTTP, what any field means.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::resolvers::Execution;
use apollo_compiler::response::JsonMap;
use serde_json::{Map, Value, json};

use crate::refusal::Refusal;
use crate::resolve::{Context, Node};
use crate::schema::schema;
use crate::server::Site;

/// A GraphQL request.
pub(crate) struct Call {
    pub(crate) query: String,
    pub(crate) variables: Map<String, Value>,
    pub(crate) operation_name: Option<String>,
}

/// The body of the answer: `data` and, where there are any, `errors`.
pub(crate) fn execute(site: &Site, call: &Call) -> Result<Value, Refusal> {
    let schema = schema();
    let document = ExecutableDocument::parse_and_validate(&schema.graphql, &call.query, "query.graphql")
        .map_err(|invalid| {
            Refusal::document(invalid.errors.iter().map(|error| document_error(&error)).collect())
        })?;
    let request_error = |message: &str| Refusal::document(vec![error("GRAPHQL_VALIDATION_FAILED", message)]);
    let operation = document
        .operations
        .get(call.operation_name.as_deref())
        .map_err(|_| request_error("Unknown operation named in operationName"))?;
    let variables: JsonMap =
        call.variables.iter().map(|(name, value)| (name.as_str().into(), value.clone().into())).collect();
    let mut world = site.world();
    let context = Context::new(&mut world);
    let root = Node::root(&context, operation.is_mutation());
    let response = Execution::new(&schema.graphql, &document)
        .operation(operation)
        .implementers_map(&schema.implementers)
        .raw_variable_values(&variables)
        .enable_schema_introspection(true)
        .execute_sync(&root)
        .map_err(|error| request_error(&error.message().to_string()))?;
    let faults = context.take_faults();
    let mut answer = json!({"data": response.data});
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
