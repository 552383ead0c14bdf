//! Paths that start at `cynic`, moved below the facade: the user's crate has no dependency of that name.
//!
//! Must not know: what the tokens mean.

use proc_macro2::{Group, Literal, Spacing, TokenStream, TokenTree};
use quote::{ToTokens as _, quote_spanned};

/// The facade's hidden module, which is monday-schema.
pub(crate) const PRIVATE: &str = "::monday_sdk::__private";

/// `cynic::X` becomes `::monday_sdk::__private::cynic::X`, in code and where serde takes a path as text.
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
            TokenTree::Literal(literal) => text(literal).to_tokens(&mut result),
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

fn text(literal: Literal) -> Literal {
    if literal.to_string() == "\"cynic::serde\"" {
        let mut rerooted = Literal::string(&format!("{PRIVATE}::cynic::serde"));
        rerooted.set_span(literal.span());
        return rerooted;
    }
    literal
}

/// Compile errors of cynic's, apart from each other: what it could not derive.
pub(crate) fn has_compile_error(tokens: &TokenStream) -> bool {
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        let is_bang = |next: &TokenTree| matches!(next, TokenTree::Punct(punct) if punct.as_char() == '!');
        if matches!(&token, TokenTree::Ident(ident) if ident == "compile_error")
            && tokens.peek().is_some_and(is_bang)
        {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use quote::quote;

    use super::*;

    #[test]
    fn paths_from_cynic_move_and_names_do_not() {
        let moved = reroot(
            quote! { impl<T: cynic::E> cynic::A for B { fn a(cynic: u8) -> other::cynic::C { cynic::d!("cynic::serde") } } },
        );
        let expected = quote! {
            impl<T: ::monday_sdk::__private::cynic::E> ::monday_sdk::__private::cynic::A for B {
                fn a(cynic: u8) -> other::cynic::C {
                    ::monday_sdk::__private::cynic::d!("::monday_sdk::__private::cynic::serde")
                }
            }
        };
        assert_eq!(moved.to_string(), expected.to_string());
    }
}
