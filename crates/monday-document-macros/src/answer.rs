//! A call's answer: generated code, or every mistake as a compile error of its own.
//!
//! Must not know: how either looks inside.

use std::path::PathBuf;

use monday_codegen::{Diagnostic, GenerateError, OwnOperation, own_operation};
use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::call::Call;
use crate::literal_text::LiteralText;
use crate::schema_version::SCHEMA_VERSION;
use crate::{reading, schemas};

pub(crate) fn to(input: TokenStream) -> TokenStream {
    syn::parse2(input).and_then(|call| expand(&call)).unwrap_or_else(syn::Error::into_compile_error)
}

fn expand(call: &Call) -> syn::Result<TokenStream> {
    let text = call.is_text().then(|| LiteralText::of(&call.document));
    let mut read = Vec::new();
    let document = if let Some(text) = &text {
        text.source(&call.document)
    } else {
        let file = reading::read(&call.document)?;
        read.push(file.path);
        file.source
    };
    let mut fragments = Vec::new();
    for literal in &call.fragments {
        let file = reading::read(literal)?;
        read.push(file.path);
        fragments.push(file.source);
    }
    let mut own = None;
    if let Some(literal) = &call.schema {
        let file = reading::read(literal)?;
        own = Some((schemas::own(&file.path, &file.source.text), file.source.path));
        read.push(file.path);
    }
    let given = OwnOperation {
        document: &document,
        fragments: &fragments,
        sdk: schemas::sdk(),
        sdk_version: SCHEMA_VERSION,
        own: own.as_ref().map(|(index, path)| (index, path.as_str())),
    };
    let made = match own_operation(&given) {
        Ok(made) => made,
        Err(GenerateError::Mistakes(found)) => {
            let place = |found: Diagnostic| text.as_ref().map_or(found.clone(), |text| text.place(found));
            found.0.into_iter().map(|found| refusal(call, place(found).to_string().trim_end())).collect()
        }
        Err(other) => refusal(call, &other.to_string()),
    };
    let watched = watch(&read);
    Ok(quote!(#made #watched))
}

fn refusal(call: &Call, message: &str) -> TokenStream {
    let span = call.document.span();
    quote_spanned!(span=> ::core::compile_error! { #message })
}

/// Makes cargo compile the crate again when one of the files changes.
fn watch(read: &[PathBuf]) -> TokenStream {
    let paths = read.iter().filter_map(|path| path.to_str());
    let watched =
        paths.map(|path| quote_spanned!(Span::call_site()=> const _: &str = ::core::include_str!(#path);));
    watched.collect()
}
