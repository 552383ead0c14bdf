//! Paths that start at `cynic`, moved below the facade: the user's crate has no dependency of that name.
//!
//! Must not know: what the tokens mean.

use proc_macro2::{Group, Spacing, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};

/// The facade's hidden module, which is monday-schema.
pub(crate) const PRIVATE: &str = "::monday_sdk::__private";

/// Implementations, after the assertions about them: a block of their own in which `cynic` is what the facade brings.
pub(crate) fn under_the_facade(implementations: &TokenStream, assertions: &TokenStream) -> TokenStream {
    let assertions =
        (!assertions.is_empty()).then(|| quote! { #[allow(dead_code)] fn assertions() { #assertions } });
    quote! {
        #[allow(unused_qualifications)]
        const _: () = {
            use ::monday_sdk::__private::cynic;
            #assertions
            #implementations
        };
    }
}

/// Items with names of their own, which no block may hide: `cynic::X` becomes `::monday_sdk::__private::cynic::X`, one
/// path after the other.
pub(crate) fn reroot(tokens: TokenStream) -> TokenStream {
    let mut result = TokenStream::new();
    let mut tokens = tokens.into_iter().peekable();
    // `other::cynic` is somebody else's; after the colon of a bound a path may begin.
    let (mut first_colon, mut after_path) = (false, false);
    while let Some(token) = tokens.next() {
        let (colon, joint) = (is_colon(&token), is_colon_of_path(&token));
        match token {
            TokenTree::Group(group) => group_of(&group).to_tokens(&mut result),
            TokenTree::Ident(ident)
                if !after_path && tokens.peek().is_some_and(is_colon_of_path) && ident == "cynic" =>
            {
                let span = ident.span();
                result.extend(quote_spanned! { span => ::monday_sdk::__private::cynic });
            }
            other => other.to_tokens(&mut result),
        }
        after_path = colon && first_colon;
        first_colon = joint && !after_path;
    }
    result
}

fn is_colon(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':')
}

fn is_colon_of_path(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == ':' && punct.spacing() == Spacing::Joint)
}

fn group_of(group: &Group) -> Group {
    if group.stream().is_empty() {
        return group.clone();
    }
    let mut rerooted = Group::new(group.delimiter(), reroot(group.stream()));
    rerooted.set_span(group.span());
    rerooted
}

/// Whether cynic wrote errors, which it does before anything else: `::core::compile_error! { … }`.
pub(crate) fn is_error(derived: &TokenStream) -> bool {
    let start = derived.clone().into_iter().take(6);
    start.into_iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "compile_error"))
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn errors_of_cynics_are_told_from_implementations() {
        let error = syn2::Error::new(proc_macro2::Span::call_site(), "no").to_compile_error();
        assert!(is_error(&error) && !is_error(&quote! { impl A for B { fn c() { compile_error!("") } } }));
    }

    #[test]
    fn paths_from_cynic_move_and_names_do_not() {
        let moved = reroot(
            quote! { impl<T: cynic::E> cynic::A for B { fn a(cynic: u8) -> other::cynic::C { cynic::d!() } } },
        );
        let expected = quote! {
            impl<T: ::monday_sdk::__private::cynic::E> ::monday_sdk::__private::cynic::A for B {
                fn a(cynic: u8) -> other::cynic::C {
                    ::monday_sdk::__private::cynic::d!()
                }
            }
        };
        assert_eq!(moved.to_string(), expected.to_string());
    }
}
