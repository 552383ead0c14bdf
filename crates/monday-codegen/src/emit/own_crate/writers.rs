//! How variables and input objects are written: by plain code, since a derive of serde's costs more than the rest of
//! the struct.
//!
//! Must not know: answers.

use proc_macro2::TokenStream;
use quote::quote;
use syn::ItemStruct;

use super::paths::is_option;
use super::readers::{key_of, plain_derives, take_serde};

/// Takes the serde attributes off a struct that is sent, and gives the code that writes it.
pub(super) fn writer_of(item: &mut ItemStruct) -> TokenStream {
    plain_derives(&mut item.attrs);
    let mut entries = TokenStream::new();
    for field in &mut item.fields {
        let serde = take_serde(&mut field.attrs);
        let Some(ident) = &field.ident else { continue };
        let key = key_of(serde.name, ident);
        entries.extend(if is_option(&field.ty) {
            quote! {
                if let ::core::option::Option::Some(value) = &self.#ident {
                    map.serialize_entry(#key, value)?;
                }
            }
        } else {
            quote!(map.serialize_entry(#key, &self.#ident)?;)
        });
    }
    let name = &item.ident;
    let binding = if entries.is_empty() { quote!(map) } else { quote!(mut map) };
    quote! {
        impl ::monday_sdk::__private::serde::Serialize for #name {
            fn serialize<S: ::monday_sdk::__private::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                use ::monday_sdk::__private::serde::ser::SerializeMap as _;
                let #binding = serializer.serialize_map(::core::option::Option::None)?;
                #entries
                map.end()
            }
        }
    }
}
