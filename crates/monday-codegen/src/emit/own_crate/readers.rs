//! How the engine's answer types are read: by the SDK's own readers, not by serde.
//!
//! serde's derives are most of what a query of one's own costs to compile. The engine's serde attributes say all that a
//! reader needs; they are taken off and become a call of `decode_object!` or `decode_choice!`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Attribute, Fields, Ident, Item, ItemEnum, ItemStruct};

use super::paths::is_option;

/// Takes the serde attributes off a type of the answer, and gives the code that reads it.
pub(super) fn reader_of(item: &mut Item) -> TokenStream {
    match item {
        Item::Struct(item) => object(item),
        Item::Enum(item) => choice(item),
        _ => TokenStream::new(),
    }
}

fn object(item: &mut ItemStruct) -> TokenStream {
    derives(&mut item.attrs);
    let name = &item.ident;
    let (mut keys, mut required, mut nullable, mut members) = (Vec::new(), quote!(), quote!(), quote!());
    if let Fields::Named(fields) = &mut item.fields {
        for field in &mut fields.named {
            let serde = take_serde(&mut field.attrs);
            let Some(ident) = &field.ident else { continue };
            if serde.is_flat {
                members.extend(quote!(+ #ident));
                continue;
            }
            let index = syn::Index::from(keys.len());
            let known = ident.to_string();
            keys.push(serde.name.unwrap_or_else(|| known.strip_prefix("r#").unwrap_or(&known).to_owned()));
            let numbered = if is_option(&field.ty) { &mut nullable } else { &mut required };
            numbered.extend(quote!(#index #ident));
        }
    }
    quote!(::monday_sdk::__private::decode_object!(#name [#(#keys)*] { #required } { #nullable } #members);)
}

fn choice(item: &mut ItemEnum) -> TokenStream {
    derives(&mut item.attrs);
    let name = &item.ident;
    let (mut types, mut full, mut bare) = (Vec::new(), quote!(), quote!());
    let mut other = format_ident!("Unknown");
    for variant in &mut item.variants {
        let serde = take_serde(&mut variant.attrs);
        let ident = &variant.ident;
        if serde.is_other {
            other = ident.clone();
            continue;
        }
        let index = syn::Index::from(types.len());
        types.push(serde.name.unwrap_or_else(|| ident.to_string()));
        let numbered = if variant.fields.is_empty() { &mut bare } else { &mut full };
        numbered.extend(quote!(#index #ident));
    }
    quote!(::monday_sdk::__private::decode_choice!(#name [#(#types)*] { #full } { #bare } #other);)
}

fn derives(attrs: &mut Vec<Attribute>) {
    attrs.retain(|attr| !attr.path().is_ident("derive") && !attr.path().is_ident("serde"));
    attrs.insert(0, syn::parse_quote!(#[derive(Debug, Clone, PartialEq)]));
}

/// What serde attributes say of a field or variant.
#[derive(Default)]
struct SerdeSays {
    name: Option<String>,
    is_flat: bool,
    is_other: bool,
}

fn take_serde(attrs: &mut Vec<Attribute>) -> SerdeSays {
    let mut says = SerdeSays::default();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        // What is not of these three says how serde works, and an engine's attribute always parses.
        let _ = attr.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
            match key.as_str() {
                "flatten" => says.is_flat = true,
                "other" => says.is_other = true,
                _ if meta.input.peek(syn::Token![=]) => {
                    let value: syn::Lit = meta.value()?.parse()?;
                    if let (syn::Lit::Str(value), "rename") = (&value, key.as_str()) {
                        says.name = Some(value.value());
                    }
                }
                _ => {}
            }
            Ok(())
        });
    }
    attrs.retain(|attr| !attr.path().is_ident("serde"));
    says
}
