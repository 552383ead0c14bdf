//! What is to be generated: operations with the text they send, fragments, enums, input objects. No Rust yet.
//!
//! Must not know: how Rust code looks.

mod inputs;
mod noun_ids;
mod paging;
mod selection;

use std::collections::BTreeSet;

use apollo_compiler::Name;
use apollo_compiler::ast::OperationType;
use apollo_compiler::executable::{Fragment, Operation, Selection, SelectionSet};
use apollo_compiler::schema::ExtendedType;
use heck::ToSnakeCase;

use crate::{Schema, SourceFile, ValidDocuments};

pub(crate) use inputs::{Input, InputObject, Presence};
pub use paging::Paging;
pub(crate) use selection::{Model, ModelField, Shape, Slot};
use selection::{Models, Unsupported};

/// Fragments lie in this folder of `queries/`.
pub(crate) const FRAGMENTS_FOLDER: &str = "fragments";

/// What the emitters of this crate need. Sorted by name, so that the same input gives the same bytes.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The operations.
    pub operations: Vec<PlannedOperation>,
    /// The names of the enums in use, those of input fields included.
    pub enums: BTreeSet<String>,
    /// The names of the input objects in use.
    pub inputs: BTreeSet<String>,
    /// The fragments, as types.
    pub(crate) fragments: Vec<Model>,
    /// Every input object of the schema, used or not: queries of other crates may use them.
    pub(crate) input_objects: Vec<InputObject>,
    /// Selections that cannot become types.
    pub(crate) unsupported: Vec<Unsupported>,
    pub(crate) schema: Schema,
}

/// One operation.
#[derive(Debug, Clone)]
pub struct PlannedOperation {
    /// Its name: also the struct's.
    pub name: String,
    /// The name in snake case: also the module's.
    pub module: String,
    /// The folder of its file: also the outer module's.
    pub noun: String,
    /// The fields of `Query` or `Mutation` it asks for.
    pub root_fields: BTreeSet<String>,
    /// A mutation, else a query.
    pub is_mutation: bool,
    /// The file it stands in.
    pub path: String,
    /// The comment at the head of its file.
    pub comment: String,
    /// What is sent: the operation and the fragments it uses, without line breaks.
    pub document: String,
    /// How it reads a list page by page, if it does.
    pub paging: Option<Paging>,
    /// Whether it declares variables.
    pub has_variables: bool,
    /// The variables.
    pub(crate) variables: Vec<Input>,
    /// The type of its data.
    pub(crate) data: Model,
}

/// Plans the generation of documents that have passed validation and lint.
#[must_use]
pub fn plan(schema: &Schema, documents: &ValidDocuments) -> Plan {
    let models = Models { schema, documents, unsupported: Vec::new() };
    let mut walk = Walk { schema, documents, enums: BTreeSet::new(), inputs: BTreeSet::new(), models };
    let mut operations: Vec<_> =
        documents.document.operations.iter().filter_map(|operation| walk.operation(operation)).collect();
    operations.sort_by(|a, b| (&a.noun, &a.name).cmp(&(&b.noun, &b.name)));
    paging::link(&mut operations);
    let mut fragments: Vec<_> =
        documents.document.fragments.values().filter_map(|fragment| walk.fragment(fragment)).collect();
    fragments.sort_by(|a, b| a.name.cmp(&b.name));
    Plan {
        operations,
        enums: walk.enums,
        inputs: walk.inputs,
        fragments,
        input_objects: inputs::objects(schema),
        unsupported: walk.models.unsupported,
        schema: schema.clone(),
    }
}

struct Walk<'a> {
    schema: &'a Schema,
    documents: &'a ValidDocuments,
    enums: BTreeSet<String>,
    inputs: BTreeSet<String>,
    models: Models<'a>,
}

impl Walk<'_> {
    fn fragment(&mut self, fragment: &apollo_compiler::Node<Fragment>) -> Option<Model> {
        let file = self.documents.file_of(fragment.location())?;
        let comment = head_comment(file);
        let model = self.models.model(&fragment.name, &[&fragment.selection_set]);
        Some(Model { comment, ..model })
    }

    fn operation(&mut self, operation: &apollo_compiler::Node<Operation>) -> Option<PlannedOperation> {
        let name = operation.name.as_ref()?.to_string();
        let file = self.documents.file_of(operation.location())?;
        let mut fragments = BTreeSet::new();
        self.selection(&operation.selection_set, &mut fragments);
        for variable in &operation.variables {
            self.input(variable.ty.inner_named_type());
        }
        let mut document = operation.serialize().no_indent().to_string();
        for fragment in &fragments {
            let fragment = &self.documents.document.fragments[fragment.as_str()];
            document.push(' ');
            document.push_str(&fragment.serialize().no_indent().to_string());
        }
        let mut data = self.models.model(&name, &[&operation.selection_set]);
        data.name.push_str("Data");
        data.comment = format!("What `{name}` answers.");
        Some(PlannedOperation {
            paging: paging::of_operation(self.schema, operation),
            variables: inputs::variables(self.schema, self.documents, operation),
            data,
            module: name.to_snake_case(),
            name,
            noun: file.folder().to_owned(),
            root_fields: operation
                .root_fields(&self.documents.document)
                .filter(|field| !field.name.starts_with("__"))
                .map(|field| field.name.to_string())
                .collect(),
            is_mutation: operation.operation_type == OperationType::Mutation,
            path: file.path.clone(),
            comment: head_comment(file),
            document,
            has_variables: !operation.variables.is_empty(),
        })
    }

    fn selection(&mut self, set: &SelectionSet, fragments: &mut BTreeSet<String>) {
        for selection in &set.selections {
            match selection {
                Selection::Field(field) => {
                    self.leaf(field.ty().inner_named_type());
                    self.selection(&field.selection_set, fragments);
                }
                Selection::InlineFragment(inline) => self.selection(&inline.selection_set, fragments),
                Selection::FragmentSpread(spread) => {
                    if fragments.insert(spread.fragment_name.to_string())
                        && let Some(fragment) = spread.fragment_def(&self.documents.document)
                    {
                        self.selection(&fragment.selection_set, fragments);
                    }
                }
            }
        }
    }

    fn leaf(&mut self, name: &Name) {
        if let Some(ExtendedType::Enum(_)) = self.schema.inner.types.get(name) {
            self.enums.insert(name.to_string());
        }
    }

    fn input(&mut self, name: &Name) {
        self.leaf(name);
        if let Some(ExtendedType::InputObject(input)) = self.schema.inner.types.get(name)
            && self.inputs.insert(name.to_string())
        {
            for field in input.fields.values() {
                self.input(field.ty.inner_named_type());
            }
        }
    }
}

/// The `#` lines at the head of a file: they become the struct's doc comment.
fn head_comment(file: &SourceFile) -> String {
    let lines = file.text.lines().map(str::trim).skip_while(|line| line.is_empty());
    let lines: Vec<&str> = lines.map_while(|line| line.strip_prefix('#')).map(str::trim).collect();
    lines.join("\n")
}
