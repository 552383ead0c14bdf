//! The implementation of `BoardItem` for a struct.
//!
//! Must not know: how attributes are written.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::ext::IdentExt as _;
use syn::spanned::Spanned as _;
use syn::{DeriveInput, Result};

use crate::item_attribute::Source;
use crate::item_fields::{ItemField, fields, subitem_type};

pub(crate) fn implement(input: &DeriveInput) -> Result<TokenStream> {
    let fields = fields(input)?;
    let (name, text) = (&input.ident, input.ident.unraw().to_string());
    let columns = fields.iter().filter_map(column);
    let reads = fields.iter().map(read);
    let writes = fields.iter().filter_map(write);
    let has_name = fields.iter().any(|field| matches!(field.source, Source::Name));
    let has_group = fields.iter().any(|field| matches!(field.source, Source::Group));
    let Below { ty, plan, methods, check } = below(&fields)?;
    let has_subitems = !methods.is_empty();
    let new_item = fields.iter().find(|field| matches!(field.source, Source::Name)).map(|field| {
        let field = field.name;
        quote! {
            #[automatically_derived]
            impl ::monday_sdk::columns::NewItem for #name {
                fn name(&self) -> &str {
                    &self.#field
                }
            }
        }
    });
    Ok(quote! {
        #[automatically_derived]
        impl ::monday_sdk::columns::BoardItem for #name {
            const NAME: &'static str = #text;
            const DOCUMENTS: ::monday_sdk::columns::__private::Documents =
                ::monday_sdk::columns::board_item_documents!(#text, ::monday_sdk::columns::__private::Plan {
                    name: #text,
                    item: <#name as ::monday_sdk::columns::BoardItem>::SELECTED,
                    subitems: #plan,
                });
            const SELECTED: ::monday_sdk::columns::__private::Selected = ::monday_sdk::columns::__private::Selected {
                columns: &[#(#columns),*],
                has_name: #has_name,
                has_group: #has_group,
            };
            const HAS_SUBITEMS: bool = #has_subitems;
            type Subitem = #ty;

            fn read(
                reader: &mut ::monday_sdk::columns::__private::ItemReader<'_>,
            ) -> ::core::result::Result<Self, ::std::boxed::Box<::monday_sdk::columns::UnfitItem>> {
                ::core::result::Result::Ok(Self { #(#reads),* })
            }

            #[allow(unused_variables, reason = "a struct may have nothing to write")]
            fn write(
                &self,
                original: ::core::option::Option<&Self>,
                values: ::monday_sdk::columns::ColumnValues,
            ) -> ::monday_sdk::columns::ColumnValues {
                #(#writes)*
                values
            }

            #methods
        }
        #check
        #new_item
    })
}

/// The kind of column that a field holds.
fn kind(field: &ItemField<'_>, said: Option<&TokenStream>) -> TokenStream {
    let ty = field.ty;
    let default = || quote_spanned!(ty.span()=> <#ty as ::monday_sdk::columns::DefaultColumn>::Kind);
    said.cloned().unwrap_or_else(default)
}

fn column(field: &ItemField<'_>) -> Option<TokenStream> {
    let Source::Column(id, said) = &field.source else { return None };
    let (name, kind) = (field.name.unraw().to_string(), kind(field, said.as_ref()));
    Some(quote!(::monday_sdk::columns::BoardColumn::new::<#kind>(#id, #name)))
}

fn read(field: &ItemField<'_>) -> TokenStream {
    let (name, ty) = (field.name, field.ty);
    let text = name.unraw().to_string();
    let value = match &field.source {
        Source::Column(id, said) => {
            let kind = kind(field, said.as_ref());
            quote_spanned!(ty.span()=> reader.column::<#kind, #ty>(#id, #text)?)
        }
        Source::Id => quote_spanned!(ty.span()=> reader.id()),
        Source::Name => quote_spanned!(ty.span()=> reader.name()),
        Source::Group => quote_spanned!(ty.span()=> reader.group(#text)?),
        Source::Subitems => quote_spanned!(ty.span()=> reader.subitems()?),
        Source::Skip => quote_spanned!(ty.span()=> ::core::default::Default::default()),
    };
    quote!(#name: #value)
}

fn write(field: &ItemField<'_>) -> Option<TokenStream> {
    let (name, ty) = (field.name, field.ty);
    let call = match &field.source {
        Source::Column(id, said) => {
            let kind = kind(field, said.as_ref());
            let original = quote!(original.map(|original| &original.#name));
            quote_spanned!(ty.span()=>
                ::monday_sdk::columns::__private::set::<#kind, #ty>(values, #id, &self.#name, #original)
            )
        }
        Source::Name => quote!(::monday_sdk::columns::__private::set_name(
            values, &self.#name, original.map(|original| &*original.#name)
        )),
        Source::Id => fixed(field, "id"),
        Source::Group => fixed(field, "group"),
        Source::Subitems | Source::Skip => return None,
    };
    Some(quote!(let values = #call;))
}

/// What cannot be changed.
fn fixed(field: &ItemField<'_>, what: &str) -> TokenStream {
    let name = field.name;
    quote!(::monday_sdk::columns::__private::set_fixed(
        values, #what, &self.#name, original.map(|original| &original.#name)
    ))
}

/// What subitems add.
#[derive(Default)]
struct Below {
    ty: TokenStream,
    plan: TokenStream,
    methods: TokenStream,
    check: TokenStream,
}

fn below(fields: &[ItemField<'_>]) -> Result<Below> {
    let Some(field) = fields.iter().find(|field| matches!(field.source, Source::Subitems)) else {
        return Ok(Below {
            ty: quote!(::monday_sdk::columns::NoSubitems),
            plan: quote!(::core::option::Option::None),
            ..Below::default()
        });
    };
    let (name, ty) = (field.name, subitem_type(field.ty)?);
    Ok(Below {
        ty: quote!(#ty),
        plan: quote! {
            ::core::option::Option::Some(<#ty as ::monday_sdk::columns::BoardItem>::SELECTED)
        },
        methods: quote! {
            fn subitems(&self) -> &[::monday_sdk::columns::Row<#ty>] {
                &self.#name
            }

            fn subitems_mut(&mut self) -> &mut [::monday_sdk::columns::Row<#ty>] {
                &mut self.#name
            }
        },
        check: quote_spanned! {ty.span()=>
            const _: () = ::core::assert!(
                !<#ty as ::monday_sdk::columns::BoardItem>::HAS_SUBITEMS,
                "the struct for subitems has no field for subitems: one level is read"
            );
        },
    })
}
