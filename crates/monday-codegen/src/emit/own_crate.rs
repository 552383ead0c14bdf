//! One operation as it stands in a user's crate, which knows nothing but `monday_sdk`: every name is a path
//! from there, and what the SDK has is used, not repeated.

mod docs;
mod engine;
mod engine_file;
mod paths;
mod readers;
mod writers;

use std::collections::{BTreeMap, BTreeSet};

use apollo_compiler::ast::VariableDefinition;
use apollo_compiler::executable::Operation;
use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::visit_mut::VisitMut;
use syn::{Fields, Item, ItemStruct};

use super::EmitError;
use super::rust_names::{type_name, variants};
use crate::engine_form::EngineForm;
use crate::{Plan, PlannedOperation};
use docs::Docs;
use engine::{default_if_optional, engine, public_items};
use engine_file::EngineFile;
use paths::Paths;
use readers::reader_of;
use writers::writer_of;

/// What goes in.
pub(crate) struct OwnCrate<'a> {
    pub(crate) plan: &'a Plan,
    pub(crate) planned: &'a PlannedOperation,
    pub(crate) operation: &'a Operation,
    pub(crate) form: &'a EngineForm,
    /// Enums and input objects that the SDK does not have.
    pub(crate) local: &'a BTreeSet<String>,
    /// The schema that the engine reads.
    pub(crate) sdl: &'a str,
}

/// The operation's struct, its implementation of `Operation`, and the module of its answer.
pub(crate) fn emit(given: &OwnCrate<'_>) -> Result<TokenStream, EmitError> {
    let OwnCrate { plan, planned, form, local, .. } = given;
    // Of such an input object the engine would make an enum, which the SDK's own are not.
    let sdl = given.sdl.replace(" @oneOf {", " {");
    let file = EngineFile::write(&sdl).map_err(|error| {
        EmitError::new(&planned.name, format!("a temporary file cannot be written: {error}"))
    })?;
    let made = engine(planned, &form.document, file.path(), &plan.enums)?;
    drop(file);

    let is_shared = |name: &&String| !local.contains(*name);
    let shared: BTreeSet<String> = plan.inputs.iter().filter(is_shared).map(|name| type_name(name)).collect();
    let (mut variables, mut items) = (None, BTreeMap::new());
    let mut order = Vec::new();
    for (name, item) in public_items(planned, made)? {
        match item {
            Item::Struct(item) if name == "Variables" => variables = Some(item),
            _ if shared.contains(&name) => {}
            _ if items.insert(name.clone(), item).is_some() => return Err(two_of_a_name(&name)),
            _ => order.push(name),
        }
    }
    for name in &plan.enums {
        if items.contains_key(&type_name(name)) {
            return Err(two_of_a_name(&type_name(name)));
        }
    }
    let variables = variables.ok_or_else(|| EmitError::new(&planned.name, "the engine made no variables"))?;
    let inside = Paths::new(plan, local, None);
    let docs = Docs::new(plan, planned);
    let items: Vec<TokenStream> = order
        .iter()
        .filter_map(|name| items.remove(name))
        .map(|item| answer_item(given, &inside, &docs, item))
        .collect();
    let enums = local_enums(given)?;

    let module = format_ident!("{}", planned.module);
    let outside = Paths::new(plan, local, Some(&module));
    let variables = variables_struct(given, &outside, variables);
    let implementation = implementation(planned);
    let about = format!("What [`{0}`](super::{0}) answers.", planned.name);
    Ok(quote! {
        #variables
        #implementation

        #[doc = #about]
        #[allow(missing_docs, dead_code, deprecated, unreachable_pub, non_camel_case_types, clippy::all, clippy::pedantic)]
        pub mod #module {
            #(#enums)*
            #(#items)*
        }
    })
}

/// The struct that holds the variables and is the operation. All that a caller's literal depends on is here.
fn variables_struct(given: &OwnCrate<'_>, paths: &Paths, mut item: ItemStruct) -> TokenStream {
    let planned = given.planned;
    item.ident = format_ident!("{}", planned.name);
    paths.clone().visit_item_struct_mut(&mut item);
    let mut docs: Vec<String> = planned.comment.lines().map(|line| format!(" {line}")).collect();
    if docs.is_empty() {
        let keyword = if planned.is_mutation { "mutation" } else { "query" };
        docs.push(format!(" The {keyword} `{}`.", planned.name));
    }
    if let Fields::Named(fields) = &mut item.fields {
        // The engine keeps the document's order.
        for (field, variable) in fields.named.iter_mut().zip(&given.operation.variables) {
            let doc = format!(" The variable `${}: {}`.", variable.name, variable.ty);
            field.attrs.insert(0, syn::parse_quote!(#[doc = #doc]));
            // What has a default may be left out.
            if variable.default_value.is_some() && !paths::is_option(&field.ty) {
                let ty = &field.ty;
                field.ty = syn::parse_quote!(::std::option::Option<#ty>);
            }
        }
    }
    let writer = writer_of(&mut item);
    let is_optional = |variable: &apollo_compiler::Node<VariableDefinition>| {
        !variable.ty.is_non_null() || variable.default_value.is_some()
    };
    if given.operation.variables.iter().all(is_optional) {
        item.attrs.push(syn::parse_quote!(#[derive(Default)]));
    }
    item.attrs.splice(0..0, docs.iter().map(|line| syn::parse_quote!(#[doc = #line])));
    quote!(#item #writer)
}

fn implementation(planned: &PlannedOperation) -> TokenStream {
    let PlannedOperation { name, document, has_variables, .. } = planned;
    let (ident, module) = (format_ident!("{name}"), format_ident!("{}", planned.module));
    let data = format_ident!("{name}Data");
    let kind = format_ident!("{}", if planned.is_mutation { "Mutation" } else { "Query" });
    quote! {
        impl ::monday_sdk::core::Operation for #ident {
            type Data = #module::#data;
            const NAME: &'static str = #name;
            const KIND: ::monday_sdk::core::OperationKind = ::monday_sdk::core::OperationKind::#kind;
            const DOCUMENT: &'static str = #document;
            const HAS_VARIABLES: bool = #has_variables;

            fn encode(
                &self,
            ) -> ::std::result::Result<::monday_sdk::core::Bytes, ::monday_sdk::core::EncodeError> {
                static KEPT: ::std::sync::OnceLock<::monday_sdk::core::Bytes> =
                    ::std::sync::OnceLock::new();
                ::monday_sdk::core::encode_kept(&KEPT, self)
            }

            fn decode(
                body: &[u8],
            ) -> ::std::result::Result<
                ::monday_sdk::core::Envelope<Self::Data>,
                ::monday_sdk::core::DecodeError,
            > {
                ::monday_sdk::core::Envelope::decode(body)
            }
        }
    }
}

/// A type of the answer, or an input object of a schema of the user's own.
fn answer_item(given: &OwnCrate<'_>, paths: &Paths, docs: &Docs, mut item: Item) -> TokenStream {
    paths.clone().visit_item_mut(&mut item);
    // Of a type with nothing but `__typename`, the engine makes an enum without variants.
    if let Item::Enum(empty) = &item
        && empty.variants.is_empty()
    {
        let ident = &empty.ident;
        item = syn::parse_quote!(pub struct #ident {});
    }
    let is_input = |name: &str| given.plan.inputs.iter().any(|input| type_name(input) == name);
    if let Item::Struct(input) = &mut item
        && is_input(&input.ident.to_string())
    {
        let writer = writer_of(input);
        default_if_optional(&mut item);
        return quote!(#item #writer);
    }
    if let Item::Struct(item) = &mut item {
        allow_absence(given.form, item);
        docs.write(item);
    }
    let reader = reader_of(&mut item);
    quote!(#item #reader)
}

/// A field under `@include` or `@skip` may be missing, whatever the schema says.
fn allow_absence(form: &EngineForm, item: &mut ItemStruct) {
    let path = item.ident.to_string();
    let Fields::Named(fields) = &mut item.fields else { return };
    for field in &mut fields.named {
        let name = field.ident.as_ref().map(ToString::to_string).unwrap_or_default();
        let is_conditional = form
            .conditional
            .iter()
            .any(|(of, key)| *of == path && key.to_snake_case() == name.trim_end_matches('_'));
        if is_conditional && !paths::is_option(&field.ty) {
            let ty = &field.ty;
            field.ty = syn::parse_quote!(::std::option::Option<#ty>);
        }
    }
}

fn local_enums(given: &OwnCrate<'_>) -> Result<Vec<TokenStream>, EmitError> {
    let local = given.plan.enums.iter().filter(|name| given.local.contains(*name));
    local
        .map(|name| {
            let ident = format_ident!("{}", type_name(name));
            let about = format!("The enum `{name}`.");
            let values = given.plan.schema.index.values(name);
            let variants = variants(name, &values)?.into_iter().map(|(variant, value)| {
                let variant = format_ident!("{variant}");
                quote!(#variant = #value,)
            });
            Ok(quote! {
                ::monday_sdk::core::open_enum! {
                    #[doc = #about]
                    #ident { #(#variants)* }
                }
            })
        })
        .collect()
}

fn two_of_a_name(name: &str) -> EmitError {
    EmitError::new(
        name,
        "two selections need a type of this name: give one of their fields an alias, or rename the operation",
    )
}
