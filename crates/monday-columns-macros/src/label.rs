//! The implementation of `Label` for an enum.
//!
//! Must not know: columns.

use std::collections::BTreeMap;

use proc_macro2::TokenStream;
use quote::{ToTokens as _, quote};
use syn::ext::IdentExt as _;
use syn::{Data, DeriveInput, Error, Fields, LitStr, Result, Variant};

/// What a variant stands for.
enum Stands {
    For(LitStr),
    ForOthers,
}

pub(crate) fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let Data::Enum(data) = &input.data else {
        return Err(Error::new(
            input.ident.span(),
            "labels are the variants of an enum: `Label` is for enums",
        ));
    };
    if !input.generics.params.is_empty() {
        return Err(Error::new(input.ident.span(), "`Label` is for enums without parameters"));
    }
    let (mut labels, mut from, mut to) = (Vec::new(), Vec::new(), Vec::new());
    let mut other = None;
    let mut seen = BTreeMap::new();
    for variant in &data.variants {
        let name = &variant.ident;
        match stands(variant)? {
            Stands::For(label) => {
                if let Some(first) = seen.insert(label.value(), name) {
                    let message = format!("`{first}` stands for the label `{}` already", label.value());
                    return Err(Error::new(label.span(), message));
                }
                from.push(quote!(#label => ::core::option::Option::Some(Self::#name)));
                to.push(quote!(Self::#name => #label));
                labels.push(label);
            }
            Stands::ForOthers => {
                if other.replace(name).is_some() {
                    return Err(Error::new(name.span(), "one variant holds all other labels"));
                }
                to.push(quote!(Self::#name(label) => label));
            }
        }
    }
    let unknown = other.map_or_else(
        || quote!(_ => ::core::option::Option::None),
        |other| quote!(_ => ::core::option::Option::Some(Self::#other(::std::borrow::ToOwned::to_owned(label)))),
    );
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl ::monday_sdk::columns::Label for #name {
            const LABELS: &'static [&'static str] = &[#(#labels),*];

            fn from_label(label: &str) -> ::core::option::Option<Self> {
                match label {
                    #(#from,)*
                    #unknown,
                }
            }

            fn label(&self) -> &str {
                match self {
                    #(#to,)*
                }
            }
        }

        #[automatically_derived]
        impl ::monday_sdk::columns::DefaultColumn for #name {
            type Kind = ::monday_sdk::columns::StatusValue;
        }
    })
}

fn stands(variant: &Variant) -> Result<Stands> {
    let mut label = None;
    let mut is_other = false;
    for attribute in variant.attrs.iter().filter(|attribute| attribute.path().is_ident("monday")) {
        attribute.parse_nested_meta(|meta| {
            let key = meta.path.to_token_stream().to_string();
            match key.as_str() {
                "label" => label = Some(meta.value()?.parse::<LitStr>()?),
                "other" => is_other = true,
                _ => {
                    let message = format!("`{key}` is not known here; there are `label = \"…\"` and `other`");
                    return Err(meta.error(message));
                }
            }
            Ok(())
        })?;
    }
    let name = &variant.ident;
    match (&variant.fields, label, is_other) {
        (Fields::Unit, Some(label), false) if label.value().is_empty() => {
            let message = "no label is empty: a status without one is `None` of an `Option`";
            Err(Error::new(label.span(), message))
        }
        (Fields::Unit, label, false) => {
            Ok(Stands::For(label.unwrap_or_else(|| LitStr::new(&name.unraw().to_string(), name.span()))))
        }
        (Fields::Unnamed(fields), None, true) if fields.unnamed.len() == 1 => Ok(Stands::ForOthers),
        (_, _, true) => Err(Error::new(
            name.span(),
            "what holds all other labels is written `#[monday(other)] Other(String)`",
        )),
        (_, _, false) => Err(Error::new(
            name.span(),
            "a variant that stands for a label has no fields; one that holds all others is marked `#[monday(other)]`",
        )),
    }
}
