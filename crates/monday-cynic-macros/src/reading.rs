//! How an answer becomes the struct, written short: cynic's way costs the user's crate twice the time.
//!
//! Only where nothing is special about any field; else cynic's own. Must not know: the schema.

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;
use syn2::{Data, DeriveInput, Fields};

use crate::attributes::{OfMember, OfType, name_of};

/// `Deserialize` for a plain selection.
pub(crate) fn of(input: &DeriveInput, attributes: &OfType) -> Option<TokenStream> {
    let Data::Struct(data) = &input.data else { return None };
    let Fields::Named(fields) = &data.fields else { return None };
    if attributes.no_deserialize || !attributes.keeps_names() || !input.generics.params.is_empty() {
        return None;
    }
    let (mut names, mut idents, mut types) = (Vec::new(), Vec::new(), Vec::new());
    for field in &fields.named {
        let member = OfMember::read(&field.attrs);
        if member.is_special() {
            return None;
        }
        names.push(name_of(field, &member)?.0);
        idents.push(field.ident.as_ref()?);
        types.push(&field.ty);
    }
    // One field twice is told apart by an alias, which cynic finds.
    if names.iter().collect::<BTreeSet<_>>().len() < names.len() {
        return None;
    }
    let (ident, indexes) = (&input.ident, 0..names.len());
    Some(quote! {
        struct Found {
            #(#idents: ::core::option::Option<#types>,)*
        }
        impl<'de> ::monday_sdk::__private::Found<'de> for Found {
            const NAMES: &'static [&'static str] = &[#(#names),*];
            fn read<__A: cynic::serde::de::MapAccess<'de>>(
                &mut self,
                index: usize,
                object: &mut __A,
            ) -> ::core::result::Result<(), __A::Error> {
                match index {
                    #(#indexes => self.#idents = ::core::option::Option::Some(object.next_value()?),)*
                    _ => {}
                }
                ::core::result::Result::Ok(())
            }
        }
        #[automatically_derived]
        impl<'de> cynic::serde::Deserialize<'de> for #ident {
            fn deserialize<__D: cynic::serde::Deserializer<'de>>(
                deserializer: __D,
            ) -> ::core::result::Result<Self, __D::Error> {
                let found = Found { #(#idents: ::core::option::Option::None,)* };
                let found = ::monday_sdk::__private::find(deserializer, found)?;
                ::core::result::Result::Ok(Self {
                    #(#idents: ::monday_sdk::__private::required(found.#idents, #names)?,)*
                })
            }
        }
    })
}
