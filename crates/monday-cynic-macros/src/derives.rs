//! The derives: check, complete, hand over to cynic, re-root.
//!
//! After an error each still writes what other types lean on, so that one mistake is one message.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};
use syn2::spanned::Spanned as _;
use syn2::{Attribute, Data, DeriveInput, Error, Ident, Path, Type, parse_quote, parse_quote_spanned};

use crate::assertions::{self, fields_path, variables_type};
use crate::attributes::{OfMember, OfType, fields_of, name_of, name_raw_fields, schema_module};
use crate::reroot::{is_error, reroot, under_the_facade};
use crate::schema::{Definition, Kind, Schema};
use crate::scratch::ScratchFile;
use crate::{checks, excerpt, reading};

type Derive = fn(DeriveInput) -> Result<TokenStream, Error>;

pub(crate) fn run(input: proc_macro::TokenStream, derive: Derive) -> proc_macro::TokenStream {
    let derived = syn2::parse(input).and_then(derive);
    derived.unwrap_or_else(|error| error.to_compile_error()).into()
}

pub(crate) fn query_fragment(mut input: DeriveInput) -> Result<TokenStream, Error> {
    let (schema, attributes) = (Schema::monday(), OfType::read(&input.attrs));
    let placed = attributes.graphql_type(&input);
    let definition = checks::definition(schema, &placed, &[Kind::Object, Kind::Interface])?;
    let mut errors: Vec<Error> = checks::schema_is_ours(&attributes).into_iter().collect();
    errors.extend(checks::fragment(schema, &definition, &input, &attributes));
    let operation = operation(&input, &definition, &attributes);
    if let Some(errors) = joined(errors) {
        let stub = fragment_stub(&input, &definition, attributes.variables.as_ref());
        let errors = errors.to_compile_error();
        return Ok(quote! { #errors #stub #operation });
    }

    let selected = selected(&input, &attributes);
    let excerpt = excerpt::around(schema, definition, selected.as_deref());
    let original = input.clone();
    name_raw_fields(&mut input);
    let fields_path = attributes.variables.as_ref().map(fields_path);
    let asserted = assertions::fragment(schema, definition, &mut input, &attributes, fields_path.as_ref());
    keep_names(&mut input, &attributes, "None");
    let reading = reading::of(&original, &attributes);
    if reading.is_some() {
        input.attrs.push(parse_quote!(#[cynic(no_deserialize)]));
    }
    let derive = |input: &_| {
        let mut derived = cynic_codegen::fragment_derive::fragment_derive(input)?;
        if !is_error(&derived) {
            derived.extend(reading);
        }
        Ok(derived)
    };
    let derived = with_schema(input, &excerpt, &asserted, derive).unwrap_or_else(|errors| {
        after(&errors, &fragment_stub(&original, &definition, attributes.variables.as_ref()))
    });
    Ok(quote! { #derived #operation })
}

pub(crate) fn query_variables(mut input: DeriveInput) -> Result<TokenStream, Error> {
    let attributes = OfType::read(&input.attrs);
    if let Some(error) = checks::schema_is_ours(&attributes) {
        return Err(error);
    }
    name_raw_fields(&mut input);
    keep_names(&mut input, &attributes, "None");
    let module = schema_module();
    input.attrs.push(parse_quote!(#[cynic(schema_module = #module)]));
    for field in fields_of(&mut input) {
        let member = OfMember::read(&field.attrs);
        if !member.has("skip_serializing_if") {
            field.attrs.extend(left_out(&field.ty));
        }
        if let Some(span) = member.graphql_type {
            return Err(Error::new(
                span,
                "a variable has the GraphQL type of its Rust type: remove `graphql_type`",
            ));
        }
        let ty = &field.ty;
        field.ty = parse_quote_spanned! { ty.span() => ::monday_sdk::__private::Given<#ty> };
    }
    cynic_codegen::query_variables_derive::query_variables_derive(&input).map(reroot)
}

pub(crate) fn inline_fragments(input: DeriveInput) -> Result<TokenStream, Error> {
    let (schema, attributes) = (Schema::monday(), OfType::read(&input.attrs));
    let placed = attributes.graphql_type(&input);
    let definition = checks::definition(schema, &placed, &[Kind::Interface, Kind::Union])?;
    let errors = checks::schema_is_ours(&attributes).into_iter().chain(checks::fallback(&input)).collect();
    if let Some(errors) = joined(errors) {
        let stub = fragment_stub(&input, &definition, attributes.variables.as_ref());
        let errors = errors.to_compile_error();
        return Ok(quote! { #errors #stub });
    }
    let excerpt = excerpt::around(schema, definition, Some(&[]));
    let original = input.clone();
    let fields_path = attributes.variables.as_ref().map(fields_path);
    let asserted = assertions::members(definition, &input, fields_path.as_ref());
    let derive = |input: &_| {
        let derived = cynic_codegen::inline_fragments_derive::inline_fragments_derive(input);
        Ok(derived.unwrap_or_else(|errors| errors.to_compile_errors()))
    };
    Ok(with_schema(input, &excerpt, &asserted, derive).unwrap_or_else(|errors| {
        after(&errors, &fragment_stub(&original, &definition, attributes.variables.as_ref()))
    }))
}

pub(crate) fn enumeration(mut input: DeriveInput) -> Result<TokenStream, Error> {
    let (definition, attributes) = leaf(&input, Kind::Enum)?;
    let first = definition.body.split_whitespace().next().unwrap_or_default();
    let rule =
        if first.contains(|c: char| c.is_ascii_lowercase()) { "snake_case" } else { "SCREAMING_SNAKE_CASE" };
    keep_names(&mut input, &attributes, rule);
    let fits = fits(&input, &definition);
    let excerpt = excerpt::around(Schema::monday(), definition, Some(&[]));
    let derive = |input: &_| cynic_codegen::enum_derive::enum_derive(input);
    let derived = with_schema(input, &excerpt, &TokenStream::new(), derive).unwrap_or_else(|errors| errors);
    Ok(quote! { #derived #fits })
}

pub(crate) fn input_object(mut input: DeriveInput) -> Result<TokenStream, Error> {
    let (definition, attributes) = leaf(&input, Kind::Input)?;
    name_raw_fields(&mut input);
    keep_names(&mut input, &attributes, "None");
    for field in fields_of(&mut input) {
        if !OfMember::read(&field.attrs).has("skip_serializing_if") {
            field.attrs.extend(left_out(&field.ty));
        }
    }
    let fits = fits(&input, &definition);
    let excerpt = excerpt::around(Schema::monday(), definition, Some(&[]));
    let derive = |input: &_| cynic_codegen::input_object_derive::input_object_derive(input);
    let derived = with_schema(input, &excerpt, &TokenStream::new(), derive).unwrap_or_else(|errors| errors);
    Ok(quote! { #derived #fits })
}

pub(crate) fn scalar(mut input: DeriveInput) -> Result<TokenStream, Error> {
    let (definition, _) = leaf(&input, Kind::Scalar)?;
    let module = schema_module();
    input.attrs.push(parse_quote!(#[cynic(schema_module = #module)]));
    let fits = fits(&input, &definition);
    let derived = cynic_codegen::scalar_derive::scalar_derive(&input)?;
    let derived = under_the_facade(&derived, &TokenStream::new());
    Ok(quote! { #derived #fits })
}

fn leaf(input: &DeriveInput, kind: Kind) -> Result<(Definition, OfType), Error> {
    let attributes = OfType::read(&input.attrs);
    if let Some(error) = checks::schema_is_ours(&attributes) {
        return Err(error);
    }
    let placed = attributes.graphql_type(input);
    Ok((checks::definition(Schema::monday(), &placed, &[kind])?, attributes))
}

/// Runs a derive of cynic's over an excerpt of the schema: implementations, or errors.
fn with_schema(
    mut input: DeriveInput,
    excerpt: &str,
    assertions: &TokenStream,
    derive: impl FnOnce(&DeriveInput) -> Result<TokenStream, Error>,
) -> Result<TokenStream, TokenStream> {
    let file = ScratchFile::holding(excerpt).map_err(|error| {
        let message = format!("cannot write a temporary file for the schema: {error}");
        Error::new(Span::call_site(), message).to_compile_error()
    })?;
    let (path, module) = (file.path().to_string_lossy(), schema_module());
    input.attrs.push(parse_quote!(#[cynic(schema_path = #path, schema_module = #module)]));
    let derived = derive(&input).map_err(|error| error.to_compile_error())?;
    if is_error(&derived) { Err(derived) } else { Ok(under_the_facade(&derived, assertions)) }
}

fn after(errors: &TokenStream, stub: &TokenStream) -> TokenStream {
    quote! { #errors #stub }
}

fn keep_names(input: &mut DeriveInput, attributes: &OfType, rule: &str) {
    if attributes.rename_all.is_none() {
        input.attrs.push(parse_quote!(#[cynic(rename_all = #rule)]));
    }
}

/// The selected fields by their GraphQL names; `None` when a rule of the user's bends them.
fn selected(input: &DeriveInput, attributes: &OfType) -> Option<Vec<String>> {
    if !attributes.keeps_names() {
        return None;
    }
    let Data::Struct(data) = &input.data else { return None };
    let names = data.fields.iter().filter_map(|field| name_of(field, &OfMember::read(&field.attrs)));
    Some(names.map(|(name, _)| name).collect())
}

/// `Self::operation(variables)`, on the two roots.
fn operation(input: &DeriveInput, definition: &Definition, attributes: &OfType) -> Option<TokenStream> {
    let kind = match definition.name {
        "Query" => format_ident!("query"),
        "Mutation" => format_ident!("mutation"),
        _ => return None,
    };
    let DeriveInput { ident, vis, generics, .. } = input;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let function = if attributes.variables.is_some() {
        quote! {
            /// The operation, ready for `Client::execute`.
            #vis fn operation<__Variables>(
                variables: __Variables,
            ) -> ::monday_sdk::__private::StructOperation<Self, __Variables>
            where
                __Variables: ::monday_sdk::__private::cynic::QueryVariables<
                    Fields = <Self as ::monday_sdk::__private::cynic::QueryFragment>::VariablesFields,
                >,
            {
                ::monday_sdk::__private::StructOperation::#kind(variables)
            }
        }
    } else {
        quote! {
            /// The operation, ready for `Client::execute`.
            #vis fn operation() -> ::monday_sdk::__private::StructOperation<Self> {
                ::monday_sdk::__private::StructOperation::#kind(())
            }
        }
    };
    Some(quote! {
        #[allow(dead_code)]
        impl #impl_generics #ident #ty_generics #where_clause {
            #function
        }
    })
}

/// What other fragments ask of this one, without a selection.
fn fragment_stub(input: &DeriveInput, definition: &Definition, variables: Option<&Path>) -> TokenStream {
    let DeriveInput { ident, generics, .. } = input;
    let (_, ty_generics, where_clause) = generics.split_for_impl();
    let (impl_generics, ..) = generics.split_for_impl();
    let mut with_lifetime = generics.clone();
    with_lifetime.params.insert(0, parse_quote!('de));
    let (impl_generics_with_lifetime, ..) = with_lifetime.split_for_impl();
    let (marker, name) = (Ident::new(definition.name, Span::call_site()), definition.name);
    let fields = variables_type(variables.map(fields_path).as_ref());
    quote! {
        #[automatically_derived]
        impl #impl_generics ::monday_sdk::__private::cynic::QueryFragment for #ident #ty_generics #where_clause {
            type SchemaType = ::monday_sdk::__private::schema::#marker;
            type VariablesFields = #fields;
            const TYPE: ::core::option::Option<&'static str> = ::core::option::Option::Some(#name);
            fn query(
                _: ::monday_sdk::__private::cynic::queries::SelectionBuilder<
                    '_, Self::SchemaType, Self::VariablesFields,
                >,
            ) {
            }
        }
        #[automatically_derived]
        impl #impl_generics_with_lifetime ::monday_sdk::__private::cynic::serde::Deserialize<'de>
            for #ident #ty_generics #where_clause
        {
            fn deserialize<__D: ::monday_sdk::__private::cynic::serde::Deserializer<'de>>(
                _: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                ::core::unreachable!()
            }
        }
    }
}

/// Where a type of the user's may stand as a variable.
fn fits(input: &DeriveInput, definition: &Definition) -> TokenStream {
    let DeriveInput { ident, generics, .. } = input;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let marker = Ident::new(definition.name, Span::call_site());
    let marker = quote! { ::monday_sdk::__private::schema::#marker };
    quote! {
        #[automatically_derived]
        impl #impl_generics ::monday_sdk::__private::Fits<#marker> for #ident #ty_generics #where_clause {}
        #[automatically_derived]
        impl #impl_generics ::monday_sdk::__private::Fits<::core::option::Option<#marker>>
            for #ident #ty_generics #where_clause {}
    }
}

/// What is not there is not sent, as in the generated operations.
fn left_out(ty: &Type) -> Option<Attribute> {
    let Type::Path(path) = ty else { return None };
    let last = &path.path.segments.last()?.ident;
    if last == "Option" {
        return Some(parse_quote!(#[cynic(skip_serializing_if = "::core::option::Option::is_none")]));
    }
    let is_nullable = last == "Nullable";
    is_nullable
        .then(|| parse_quote!(#[cynic(skip_serializing_if = "::monday_sdk::__private::Nullable::is_absent")]))
}

fn joined(errors: Vec<Error>) -> Option<Error> {
    errors.into_iter().reduce(|mut all, one| {
        all.combine(one);
        all
    })
}
