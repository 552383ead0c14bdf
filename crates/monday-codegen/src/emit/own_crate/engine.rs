//! graphql_client's code for one operation, and what is taken of it.
//!
//! Must not know: where the code goes, what the SDK has already.

use std::collections::BTreeSet;
use std::path::Path;

use graphql_client_codegen::normalization::Normalization;
use graphql_client_codegen::{
    CodegenMode, GraphQLClientCodegenOptions, generate_module_token_stream_from_string,
};
use proc_macro2::TokenStream;
use quote::format_ident;
use syn::visit_mut::VisitMut;
use syn::{Fields, Item, Visibility};

use crate::PlannedOperation;
use crate::emit::EmitError;

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

/// The public types in the module that graphql_client made, with its word for the answer made ours.
pub(super) fn public_items(
    operation: &PlannedOperation,
    tokens: TokenStream,
) -> Result<Vec<(String, Item)>, EmitError> {
    let broken = |message: &str| EmitError::new(&operation.name, message);
    let file: syn::File = syn::parse2(tokens).map_err(|error| broken(&error.to_string()))?;
    let module = file.items.into_iter().find_map(|item| match item {
        Item::Mod(module) => module.content,
        _ => None,
    });
    let to = format!("{}Data", operation.name);
    let items = module.ok_or_else(|| broken("graphql_client made no module"))?.1.into_iter();
    let named = items.filter_map(|mut item| {
        public_name(&item)?;
        Rename { from: "ResponseData", to: &to }.visit_item_mut(&mut item);
        Some((public_name(&item)?, item))
    });
    Ok(named.collect())
}

/// The name of a public type. Everything else in the module is scaffolding of graphql_client.
fn public_name(item: &Item) -> Option<String> {
    let (visibility, ident) = match item {
        Item::Struct(item) => (&item.vis, &item.ident),
        Item::Enum(item) => (&item.vis, &item.ident),
        Item::Type(item) => (&item.vis, &item.ident),
        _ => return None,
    };
    matches!(visibility, Visibility::Public(_)).then(|| ident.to_string())
}

/// An input object whose fields may all be left out has a `Default`.
pub(super) fn default_if_optional(item: &mut Item) {
    if let Item::Struct(item) = item
        && let Fields::Named(fields) = &item.fields
        && fields.named.iter().all(|field| is_option(&field.ty))
    {
        item.attrs.push(syn::parse_quote!(#[derive(Default)]));
    }
}

fn is_option(ty: &syn::Type) -> bool {
    matches!(ty, syn::Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

struct Rename<'a> {
    from: &'a str,
    to: &'a str,
}

impl VisitMut for Rename<'_> {
    fn visit_ident_mut(&mut self, ident: &mut syn::Ident) {
        if ident == self.from {
            *ident = format_ident!("{}", self.to);
        }
    }
}
