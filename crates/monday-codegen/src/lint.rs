//! House rules for documents, and what the engine behind them needs.
//!
//! Must not know: Rust types.

use apollo_compiler::Name;
use apollo_compiler::executable::{Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use heck::{ToSnakeCase, ToUpperCamelCase};

use crate::plan::FRAGMENTS_FOLDER;
use crate::{Diagnostic, Diagnostics, Schema, SourceFile, ValidDocuments};

/// The variant that every generated enum gets for values it does not know.
pub(crate) const UNRECOGNIZED: &str = "Unrecognized";

/// Modules that every generated crate has.
pub(crate) const SHARED_MODULES: [&str; 3] = ["enums", "index", "inputs"];

/// Checks the rules; all breaches in one run.
pub fn lint(schema: &Schema, documents: &ValidDocuments) -> Result<(), Diagnostics> {
    let mut found = Vec::new();
    for file in &documents.files {
        names(documents, file, &mut found);
    }
    selections(schema, documents, &mut found);
    Diagnostics::sorted(found).into_result(())
}

/// Checks the rules for a user's own operation: one operation, in its file.
pub(crate) fn lint_own(
    schema: &Schema,
    documents: &ValidDocuments,
    file: &SourceFile,
) -> Result<(), Diagnostics> {
    let mut found = Vec::new();
    let operations: Vec<_> = documents.document.operations.iter().collect();
    if operations.is_empty() {
        let message = "there is no operation here: write one, such as `query MyBoards { boards { id } }`";
        found.push(Diagnostic::at(file, "", message));
    }
    for (position, operation) in operations.iter().enumerate() {
        let range = operation.location().and_then(|span| span.line_column_range(&documents.document.sources));
        let (line, column) = range.map_or((1, 1), |range| (range.start.line, range.start.column));
        let mut at = |width, message: String| {
            found.push(Diagnostic::on_line(file, line, column, width, message));
        };
        let Some(name) = &operation.name else {
            at(
                1,
                "the operation has no name: write `query MyBoards { … }`; it becomes the struct's".to_owned(),
            );
            continue;
        };
        let wanted = name.to_upper_camel_case();
        if **name != *wanted {
            at(1, format!("name this operation `{wanted}`: it becomes a struct"));
        } else if syn::parse_str::<syn::Ident>(&name.to_snake_case()).is_err() {
            at(1, format!("the operation `{name}` needs another name: its module would be a Rust keyword"));
        }
        if position > 0 {
            at(
                1,
                format!(
                    "`{name}` is one operation too many: one for each `operation!`, and one in each file"
                ),
            );
        }
    }
    for fragment in documents.document.fragments.values() {
        let wanted = fragment.name.to_upper_camel_case();
        if let Some(file) = documents.file_of(fragment.location()).filter(|_| *fragment.name != *wanted) {
            let message = format!("name this fragment `{wanted}`: it becomes a struct");
            found.push(Diagnostic::at(file, &fragment.name, message));
        }
    }
    selections(schema, documents, &mut found);
    Diagnostics::sorted(found).into_result(())
}

/// What holds for every selection.
fn selections(schema: &Schema, documents: &ValidDocuments, found: &mut Vec<Diagnostic>) {
    for operation in documents.document.operations.iter() {
        let Some(file) = documents.file_of(operation.location()) else {
            continue;
        };
        let mut check = Check { schema, documents, file, found };
        let Some(name) = &operation.name else { continue };
        check.type_names(&operation.selection_set, name);
        let is_imported =
            |name: &&str| matches!(schema.index.keyword(name), Some("enum" | "input" | "scalar"));
        let data = format!("{name}Data");
        if [name.as_str(), &data].iter().any(is_imported) {
            let kind = "(or its data) has the name of an enum, input object or scalar: rename the operation";
            check.found.push(Diagnostic::at(file, name, format!("`{name}` {kind}")));
        }
        if operation.is_subscription() {
            check.found.push(Diagnostic::at(file, "subscription", "monday has no subscriptions"));
        }
    }
    for fragment in documents.document.fragments.values() {
        let Some(file) = documents.file_of(fragment.location()) else {
            continue;
        };
        Check { schema, documents, file, found }.type_names(&fragment.selection_set, &fragment.name);
    }
}

/// One definition a file, named like the file.
fn names(documents: &ValidDocuments, file: &SourceFile, found: &mut Vec<Diagnostic>) {
    let here = |location| documents.file_of(location).is_some_and(|other| other.path == file.path);
    let operations = documents.document.operations.iter().filter(|operation| here(operation.location()));
    let operations: Vec<&str> =
        operations.map(|operation| operation.name.as_ref().map_or("", |name| name.as_str())).collect();
    let fragments = documents.document.fragments.values().filter(|fragment| here(fragment.location()));
    let fragments: Vec<&str> = fragments.map(|fragment| fragment.name.as_str()).collect();

    let noun = file.folder();
    if SHARED_MODULES.contains(&noun) || syn::parse_str::<syn::Ident>(noun).is_err() {
        let message =
            format!("a folder cannot be named `{noun}`: it becomes a Rust module beside the shared ones");
        found.push(Diagnostic::at(file, "", message));
    }
    let (wanted, definitions, others) = if file.folder() == FRAGMENTS_FOLDER {
        ("fragment", fragments, operations)
    } else {
        ("operation", operations, fragments)
    };
    let name = file.stem().to_upper_camel_case();
    let [definition] = definitions.as_slice() else {
        let count = definitions.len();
        found.push(Diagnostic::at(file, "", format!("this file holds {count} {wanted}s: write exactly one")));
        return;
    };
    if *definition != name {
        found.push(Diagnostic::at(file, definition, format!("name this {wanted} `{name}`, like its file")));
    }
    if wanted == "fragment" && !definition.ends_with("Fields") {
        found.push(Diagnostic::at(file, definition, "let the names of fragments end in `Fields`"));
    }
    for other in others {
        let message =
            format!("`{other}` does not belong here: fragments lie in `{FRAGMENTS_FOLDER}/`, alone");
        found.push(Diagnostic::at(file, other, message));
    }
}

struct Check<'a> {
    schema: &'a Schema,
    documents: &'a ValidDocuments,
    file: &'a SourceFile,
    found: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    /// Every selection on an interface or union asks for `__typename`: without it the answer cannot be told apart.
    /// `place` is the name of what the selection is of.
    fn type_names(&mut self, set: &SelectionSet, place: &Name) {
        let is_abstract = matches!(
            self.schema.inner.types.get(&set.ty),
            Some(ExtendedType::Interface(_) | ExtendedType::Union(_))
        );
        if is_abstract && !self.asks_for_type_name(set) {
            let message = format!("ask for `__typename` here: `{}` is an interface or union", set.ty);
            let sources = &self.documents.document.sources;
            let start =
                place.location().and_then(|span| span.line_column_range(sources)).map(|range| range.start);
            let (line, column) = start.map_or((1, 1), |start| (start.line, start.column));
            self.found.push(Diagnostic::on_line(self.file, line, column, place.len(), message));
        }
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => self.type_names(&field.selection_set, &field.name),
                // The fields of a fragment stand in the same object as those around it.
                Selection::InlineFragment(inline) if self.asks_for_type_name(set) => {
                    for selection in &inline.selection_set.selections {
                        if let Selection::Field(field) = selection {
                            self.type_names(&field.selection_set, &field.name);
                        }
                    }
                }
                Selection::InlineFragment(inline) => {
                    self.type_names(&inline.selection_set, inline.type_condition.as_ref().unwrap_or(place));
                }
                Selection::FragmentSpread(_) => {}
            }
        }
    }

    fn asks_for_type_name(&self, set: &SelectionSet) -> bool {
        set.selections.iter().any(|selection| match selection {
            Selection::Field(field) => field.name == "__typename",
            Selection::FragmentSpread(spread) => {
                spread.fragment_def(&self.documents.document).is_some_and(|fragment| {
                    *fragment.type_condition() == set.ty && self.asks_for_type_name(&fragment.selection_set)
                })
            }
            Selection::InlineFragment(_) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::validate;

    fn messages(path: &str, text: &str) -> Vec<String> {
        let schema =
            "type Query { node: Node me: Me user: Me } type Mutation { a: ID } interface Node { id: ID }
                      type Me implements Node { id: ID } enum State { on }";
        let schema = Schema::parse(&SourceFile::new("schema", schema)).unwrap();
        let documents = validate(&schema, &[SourceFile::new(path, text)]).unwrap();
        let found = lint(&schema, &documents).err().map_or_else(Vec::new, |found| found.0);
        found.into_iter().map(|d| format!("{}:{} {}", d.line, d.column, d.message)).collect()
    }

    #[test]
    fn a_file_that_follows_the_rules_passes() {
        assert!(
            messages("queries/users/who_am_i.graphql", "query WhoAmI { node { __typename id } }").is_empty()
        );
    }

    #[test]
    fn each_rule_has_its_message() {
        let cases = [
            (
                "q/users/who.graphql",
                "query WhoAmI { me { id } }",
                "1:7 name this operation `Who`, like its file",
            ),
            (
                "q/users/state.graphql",
                "query State { me { id } }",
                "1:7 `State` (or its data) has the name of an enum, input object or scalar: rename",
            ),
            ("q/inputs/who.graphql", "query Who { me { id } }", "1:1 a folder cannot be named `inputs`"),
            ("q/type/who.graphql", "query Who { me { id } }", "1:1 a folder cannot be named `type`"),
            (
                "q/u/two.graphql",
                "query Two { me { id } } query B { me { id } }",
                "1:1 this file holds 2 operations",
            ),
            (
                "q/u/node.graphql",
                "query A { node { id } }",
                "1:11 ask for `__typename` here: `Node` is an interface",
            ),
            (
                "q/u/who.graphql",
                "query Who { me { ...F } } fragment F on Me { id }",
                "1:21 `F` does not belong here: fragments lie in `fragments/`, alone",
            ),
        ];
        for (path, text, expected) in cases {
            let found = messages(path, text);
            assert!(found.iter().any(|message| message.starts_with(expected)), "{path}: {found:?}");
        }
    }
}
