//! The emitter on graphql_client: its code for each operation, taken apart so that enums, input objects and
//! fragments exist once.
//!
//! Reads the schema by path, since the library takes it no other way.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use graphql_client_codegen::normalization::Normalization;
use graphql_client_codegen::{
    CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream_from_string,
};
use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::hoist::{Parts, Shared};
use super::{EmitError, Emitter, enums, header, index};
use crate::{GeneratedFile, Plan, PlannedOperation};

/// Emits through graphql_client.
#[derive(Debug, Clone)]
pub struct GraphqlClientEmitter {
    schema_path: PathBuf,
}

impl GraphqlClientEmitter {
    /// An emitter for the normalised schema at a path: the same one the plan was made with.
    pub fn new(schema_path: impl Into<PathBuf>) -> Self {
        Self { schema_path: schema_path.into() }
    }
}

/// graphql_client's module for one operation.
pub(super) fn engine(
    operation: &PlannedOperation,
    document: &str,
    schema_path: &Path,
    enums: &BTreeSet<String>,
) -> Result<TokenStream, EmitError> {
    let mut options = GraphQLClientCodegenOptions::new(CodegenMode::Cli);
    options.set_normalization(Normalization::Rust);
    options.set_extern_enums(enums.iter().cloned().collect());
    // Without it, a column type that is new breaks the decoding of the whole answer.
    options.set_fragments_other_variant(true);
    options.set_skip_serializing_none(true);
    options.set_response_derives("Debug, Clone, PartialEq".to_owned());
    options.set_variables_derives("Debug, Clone, PartialEq".to_owned());
    generate_module_token_stream_from_string(document, schema_path, options)
        .map_err(|error| EmitError::new(&operation.name, error.to_string()))
}

impl Emitter for GraphqlClientEmitter {
    fn emit(&self, plan: &Plan) -> Result<Vec<GeneratedFile>, EmitError> {
        let mut shared = Shared::new(plan);
        let mut files = vec![enums::emit(plan)?];
        for operation in &plan.operations {
            let parts = shared
                .take(operation, engine(operation, &operation.document, &self.schema_path, &plan.enums)?)?;
            files.push(operation_file(&shared, operation, parts)?);
        }
        let from = "schema/monday.graphql";
        files.push(file("inputs.rs", from, "Input objects, each once.", &shared.inputs(), &shared)?);
        let from = "queries/fragments/";
        files.push(file("fragments.rs", from, "Fragments, each once.", &shared.fragments(), &shared)?);
        files.extend(index::emit(plan));
        Ok(files)
    }
}

fn operation_file(
    shared: &Shared,
    operation: &PlannedOperation,
    parts: Parts,
) -> Result<GeneratedFile, EmitError> {
    let PlannedOperation { name, module, noun, document, has_variables, path, .. } = operation;
    let (ident, data) = (format_ident!("{name}"), format_ident!("{name}Data"));
    let keyword = if operation.is_mutation { "Mutation" } else { "Query" };
    let kind = format_ident!("{keyword}");
    let mut variables = parts.variables;
    let doc = doc_lines(operation, &keyword.to_snake_case());
    variables.attrs.splice(0..0, doc.iter().map(|line| syn::parse_quote!(#[doc = #line])));
    if operation.all_variables_optional {
        variables.attrs.push(syn::parse_quote!(#[derive(Default)]));
    }
    let items = parts.items;
    let tokens = quote! {
        #variables

        impl monday_core::Operation for #ident {
            type Data = #data;
            const NAME: &'static str = #name;
            const KIND: monday_core::OperationKind = monday_core::OperationKind::#kind;
            const DOCUMENT: &'static str = #document;
            const HAS_VARIABLES: bool = #has_variables;

            fn decode(body: &[u8]) -> Result<monday_core::Envelope<Self::Data>, monday_core::DecodeError> {
                monday_core::Envelope::decode(body)
            }
        }

        #(#items)*
    };
    let items =
        syn::parse2::<syn::File>(tokens).map_err(|error| EmitError::new(name, error.to_string()))?.items;
    let about = format!("The operation `{name}` and what it answers.");
    file(&format!("{noun}/{module}.rs"), path, &about, &items, shared)
}

fn doc_lines(operation: &PlannedOperation, keyword: &str) -> Vec<String> {
    let mut lines: Vec<String> = operation.comment.lines().map(|line| format!(" {line}")).collect();
    if lines.is_empty() {
        lines.push(format!(" The {keyword} `{}`.", operation.name));
    }
    lines
}

fn file(
    path: &str,
    from: &str,
    about: &str,
    items: &[syn::Item],
    shared: &Shared,
) -> Result<GeneratedFile, EmitError> {
    let imports = shared.imports(items);
    let about = format!(" {about}");
    let tokens = quote! {
        #![doc = #about]
        #(#imports)*
        #(#items)*
    };
    let file = syn::parse2(tokens).map_err(|error| EmitError::new(path, error.to_string()))?;
    Ok(GeneratedFile { path: path.to_owned(), text: header(from) + &prettyplease::unparse(&file) })
}
