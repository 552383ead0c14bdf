//! Documents against a schema: all mistakes of all files in one run.
//!
//! graphql_client accepts unknown arguments, wrong variable types and missing selections, and names no place; so
//! this stands in front. Must not know: what is generated.

use std::collections::BTreeSet;

use apollo_compiler::ExecutableDocument;
use apollo_compiler::ast::{Definition, Document, Selection};
use apollo_compiler::parser::SourceMap;
use apollo_compiler::validation::{DiagnosticList, Valid};

use crate::subset::mentions;
use crate::suggest::{Advice, Newer};
use crate::{Diagnostics, Schema, SourceFile};

/// Documents that are valid against the schema they were validated with.
#[derive(Debug, Clone)]
pub struct ValidDocuments {
    pub(crate) document: Valid<ExecutableDocument>,
    pub(crate) files: Vec<SourceFile>,
}

/// Validates documents together: fragments may stand in other files.
pub fn validate(schema: &Schema, files: &[SourceFile]) -> Result<ValidDocuments, Diagnostics> {
    let (errors, document) = check(schema, files);
    if errors.is_empty() {
        return Ok(ValidDocuments { document: Valid::assume_valid(document), files: files.to_vec() });
    }
    Err(advised(schema, files, &document, &errors, None))
}

/// Validates one operation with the files of its fragments, which may hold more fragments than it uses.
pub(crate) fn validate_own(
    schema: &Schema,
    files: &[SourceFile],
    newer: Option<Newer<'_>>,
) -> Result<ValidDocuments, Diagnostics> {
    let (errors, document) = check(schema, files);
    let first = files.first().map_or("", |file| file.path.as_str());
    let mut found = advised(schema, files, &document, &errors, newer);
    found.0.retain(|d| d.path == first || !d.is_of_unused_fragment());
    found.into_result(ValidDocuments { document: Valid::assume_valid(document), files: files.to_vec() })
}

/// Mistakes, and what could be built: a field that is unknown is missing from it, the rest is validated all the same.
fn check(schema: &Schema, files: &[SourceFile]) -> (DiagnosticList, ExecutableDocument) {
    let mut errors = DiagnosticList::new(SourceMap::default());
    let mut builder = ExecutableDocument::builder(Some(&schema.inner), &mut errors);
    for file in files {
        builder = builder.parse(&file.text, &file.path);
    }
    match builder.build().validate(&schema.inner) {
        Ok(document) => (errors, document.into_inner()),
        Err(invalid) => {
            errors.merge(invalid.errors);
            (errors, invalid.partial)
        }
    }
}

/// The mistakes in the user's words, without those that only follow from others.
fn advised(
    schema: &Schema,
    files: &[SourceFile],
    document: &ExecutableDocument,
    errors: &DiagnosticList,
    newer: Option<Newer<'_>>,
) -> Diagnostics {
    let mut found = Diagnostics::from_apollo(errors);
    if found.0.iter().any(|d| d.message.contains(NO_SELECTION)) {
        let full = fields_with_selection(files);
        found.0.retain(|d| {
            !(d.message.contains(NO_SELECTION) && full.contains(&(d.path.clone(), d.line, d.column)))
        });
    }
    found.0.retain(|d| !is_of_unknown_type(schema, &d.message));
    // What is unknown is missing from the built document, and with it the uses in it.
    if found.0.iter().any(|d| d.message.contains("does not have a field")) {
        found.0.retain(|d| !is_used_in_text(files, &d.message));
    }
    let advice = Advice { schema, document, newer };
    found.0.iter_mut().for_each(|d| advice.improve(d));
    found
}

/// Whether what the validator calls unused is used all the same.
fn is_used_in_text(files: &[SourceFile], message: &str) -> bool {
    let name = message.split('`').nth(1).unwrap_or_default();
    let count = |mark, name: &str| files.iter().map(|file| mentions(&file.text, mark, name)).sum::<usize>();
    if message.starts_with("unused variable") {
        count(b'$', name.trim_start_matches('$')) > 1
    } else {
        message.ends_with("must be used in an operation") && count(b'.', name) > 0
    }
}

/// Whether a variable does not fit because the schema does not have its type: that is told where it is declared.
fn is_of_unknown_type(schema: &Schema, message: &str) -> bool {
    let ty = message.split('`').nth(3).unwrap_or_default().replace(['[', ']', '!'], "");
    message.contains("cannot be used for argument") && !schema.inner.types.contains_key(ty.as_str())
}

const NO_SELECTION: &str = "must have a subselection set";

/// Fields that do select something. When all of it is unknown, the built document shows them empty, and the
/// validator would report them beside the real mistake.
fn fields_with_selection(files: &[SourceFile]) -> BTreeSet<(String, usize, usize)> {
    let mut found = BTreeSet::new();
    for file in files {
        let document = Document::parse(&file.text, &file.path).unwrap_or_else(|broken| broken.partial);
        let mut left: Vec<&Selection> = Vec::new();
        for definition in &document.definitions {
            match definition {
                Definition::OperationDefinition(operation) => left.extend(&operation.selection_set),
                Definition::FragmentDefinition(fragment) => left.extend(&fragment.selection_set),
                _ => {}
            }
        }
        while let Some(selection) = left.pop() {
            match selection {
                Selection::Field(field) if !field.selection_set.is_empty() => {
                    if let Some(range) = field.line_column_range(&document.sources) {
                        found.insert((file.path.clone(), range.start.line, range.start.column));
                    }
                    left.extend(&field.selection_set);
                }
                Selection::InlineFragment(inline) => left.extend(&inline.selection_set),
                Selection::Field(_) | Selection::FragmentSpread(_) => {}
            }
        }
    }
    found
}

impl ValidDocuments {
    /// The file a definition was parsed from.
    pub(crate) fn file_of(
        &self,
        location: Option<apollo_compiler::parser::SourceSpan>,
    ) -> Option<&SourceFile> {
        let source = self.document.sources.get(&location?.file_id())?;
        self.files.iter().find(|file| source.path().as_os_str() == file.path.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCHEMA: &str = "type Query { item(id: ID!): Item } type Mutation { touch: Item }
                          type Item { id: ID! name: String! size: Int owner: Owner } type Owner { name: String }";

    fn schema() -> Schema {
        Schema::parse(&SourceFile::new("schema.graphql", SCHEMA)).unwrap()
    }

    #[test]
    fn a_fragment_in_another_file_is_found() {
        let files = [
            SourceFile::new(
                "queries/items/item.graphql",
                "query Item($id: ID!) { item(id: $id) { ...ItemFields } }",
            ),
            SourceFile::new("queries/fragments/item_fields.graphql", "fragment ItemFields on Item { id }"),
        ];
        assert!(validate(&schema(), &files).is_ok());
    }

    #[test]
    fn mistakes_of_all_kinds_and_files_come_in_one_run_with_their_places() {
        let files = [
            SourceFile::new(
                "a.graphql",
                "query A($id: Int!) {\n  item(id: $id, foo: 1) {\n    nmae\n    owner\n  }\n}",
            ),
            SourceFile::new("b.graphql", "query B($id: ID!) {\n  item(id: $id) { ...Nowhere }\n}"),
        ];
        let found = validate(&schema(), &files).unwrap_err();
        let places: Vec<_> = found.0.iter().map(|d| (d.path.as_str(), d.line, d.column)).collect();
        assert_eq!(
            places,
            [
                ("a.graphql", 2, 8),
                ("a.graphql", 2, 17),
                ("a.graphql", 3, 5),
                ("a.graphql", 4, 5),
                ("b.graphql", 2, 19)
            ],
            "{found}"
        );
    }
}
