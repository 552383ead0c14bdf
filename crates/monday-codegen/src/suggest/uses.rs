//! Where documents use a variable, and what they select at a place.

use apollo_compiler::ExecutableDocument;
use apollo_compiler::Node;
use apollo_compiler::ast::Value;
use apollo_compiler::executable::{Field, Selection, SelectionSet};

use crate::{Diagnostic, SchemaIndex};

/// The type that is wanted where a variable is used.
pub(super) struct VariableUse(pub(super) String);

/// The first use of a variable, by its name without `$`.
pub(super) fn variable_use(
    document: &ExecutableDocument,
    index: &SchemaIndex,
    name: &str,
) -> Option<VariableUse> {
    fields(document).into_iter().find_map(|field| {
        field.arguments.iter().find_map(|argument| {
            let ty = field.definition.argument_by_name(&argument.name)?.ty.to_string();
            in_value(index, &argument.value, &ty, name).map(VariableUse)
        })
    })
}

fn in_value(index: &SchemaIndex, value: &Value, ty: &str, name: &str) -> Option<String> {
    match value {
        Value::Variable(variable) if *variable == *name => Some(ty.to_owned()),
        Value::List(values) => {
            let inner = ty.trim_end_matches('!').strip_prefix('[')?.strip_suffix(']')?;
            values.iter().find_map(|value| in_value(index, value, inner, name))
        }
        Value::Object(entries) => {
            let object = ty.trim_matches(['[', ']', '!']);
            entries.iter().find_map(|(key, value)| in_value(index, value, index.field(object, key)?.ty, name))
        }
        _ => None,
    }
}

/// The field at a mistake's place, and its type.
pub(super) fn selected_type(document: &ExecutableDocument, found: &Diagnostic) -> Option<(String, String)> {
    fields(document).into_iter().find_map(|field| {
        let location = field.location()?;
        let file = document.sources.get(&location.file_id())?;
        let start = location.line_column_range(&document.sources)?.start;
        let here = (start.line, start.column) == (found.line, found.column)
            && file.path().as_os_str() == found.path.as_str();
        here.then(|| (field.response_key().to_string(), field.ty().inner_named_type().to_string()))
    })
}

/// All fields of all definitions.
fn fields(document: &ExecutableDocument) -> Vec<&Node<Field>> {
    let operations = document.operations.iter().map(|operation| &operation.selection_set);
    let fragments = document.fragments.values().map(|fragment| &fragment.selection_set);
    let mut left: Vec<&SelectionSet> = operations.chain(fragments).collect();
    let mut found = Vec::new();
    while let Some(set) = left.pop() {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    found.push(field);
                    left.push(&field.selection_set);
                }
                Selection::InlineFragment(inline) => left.push(&inline.selection_set),
                Selection::FragmentSpread(_) => {}
            }
        }
    }
    found
}
