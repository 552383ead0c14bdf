//! `#[arguments(limit: $limit, ids: ["1"], order = self::order())]`: which arguments are named, and expressions made
//! fit for an argument.
//!
//! Must not know: the schema.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn2::ext::IdentExt as _;
use syn2::parse::{Parse, ParseStream, Parser as _};
use syn2::spanned::Spanned as _;
use syn2::{Attribute, Expr, Meta, Token};

pub(crate) struct Argument {
    feature: TokenStream,
    pub(crate) name: Ident,
    value: Value,
}

enum Value {
    Literal(TokenStream),
    Expression(Box<Expr>),
}

/// The arguments of a field; nothing when they are malformed, which cynic reports.
pub(crate) fn of(attributes: &[Attribute]) -> Option<Vec<Argument>> {
    let Some(attribute) = attributes.iter().find(|attribute| attribute.path().is_ident("arguments")) else {
        return Some(Vec::new());
    };
    attribute.parse_args_with(list).ok()
}

impl Argument {
    /// The first variable in the value.
    pub(crate) fn variable(&self) -> Option<Ident> {
        match &self.value {
            Value::Literal(tokens) => variable(tokens.clone()),
            Value::Expression(_) => None,
        }
    }
}

/// Wraps the expressions in the SDK's `Given`, whose rules for what fits where are GraphQL's and open to foreign
/// types; cynic's own are neither.
pub(crate) fn wrap_expressions(attributes: &mut [Attribute]) {
    for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("arguments")) {
        if let Meta::List(meta) = &mut attribute.meta
            && let Ok(arguments) = list.parse2(meta.tokens.clone())
        {
            meta.tokens = written(arguments);
        }
    }
}

fn list(input: ParseStream<'_>) -> syn2::Result<Vec<Argument>> {
    let mut arguments = Vec::new();
    while !input.is_empty() {
        arguments.push(input.parse()?);
        if !input.is_empty() {
            input.parse::<Token![,]>()?;
        }
    }
    Ok(arguments)
}

impl Parse for Argument {
    fn parse(input: ParseStream<'_>) -> syn2::Result<Self> {
        let feature =
            input.call(Attribute::parse_outer)?.into_iter().map(Attribute::into_token_stream).collect();
        let name = input.call(Ident::parse_any)?;
        if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            return Ok(Self { feature, name, value: Value::Expression(input.parse()?) });
        }
        input.parse::<Token![:]>()?;
        let mut literal = TokenStream::new();
        while !input.is_empty() && !input.peek(Token![,]) {
            input.parse::<TokenTree>()?.to_tokens(&mut literal);
        }
        Ok(Self { feature, name, value: Value::Literal(literal) })
    }
}

fn written(arguments: Vec<Argument>) -> TokenStream {
    let written = arguments.into_iter().map(|Argument { feature, name, value }| match value {
        Value::Literal(tokens) => {
            let tokens = literal(tokens);
            quote! { #feature #name: #tokens, }
        }
        Value::Expression(expression) => {
            let given = quote_spanned! { expression.span() => ::monday_sdk::__private::Given(#expression) };
            quote! { #feature #name = #given, }
        }
    });
    written.collect()
}

/// Objects may hold expressions too.
fn literal(tokens: TokenStream) -> TokenStream {
    let inside = |token| match token {
        TokenTree::Group(group) => {
            let stream = match group.delimiter() {
                Delimiter::Brace => list.parse2(group.stream()).map_or_else(|_| group.stream(), written),
                _ => literal(group.stream()),
            };
            let mut wrapped = Group::new(group.delimiter(), stream);
            wrapped.set_span(group.span());
            TokenTree::Group(wrapped)
        }
        other => other,
    };
    tokens.into_iter().map(inside).collect()
}

fn variable(tokens: TokenStream) -> Option<Ident> {
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '$' => {
                if let Some(TokenTree::Ident(name)) = tokens.next() {
                    return Some(name);
                }
            }
            TokenTree::Group(group) => {
                if let Some(found) = variable(group.stream()) {
                    return Some(found);
                }
            }
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use syn2::parse_quote;

    use super::*;

    #[test]
    fn expressions_are_wrapped_wherever_they_stand_and_literals_are_not() {
        let mut attributes: Vec<Attribute> =
            vec![parse_quote!(#[arguments(a: $b, c = f::<A, B>(1, 2), d: [{ e = 5, f: "x" }])])];
        wrap_expressions(&mut attributes);
        let expected: Attribute = parse_quote!(#[arguments(
            a: $b,
            c = ::monday_sdk::__private::Given(f::<A, B>(1, 2)),
            d: [{ e = ::monday_sdk::__private::Given(5), f: "x", }],
        )]);
        assert_eq!(attributes[0].to_token_stream().to_string(), expected.to_token_stream().to_string());
    }

    #[test]
    fn a_variable_is_found_inside_objects_and_lists() {
        let attributes: Vec<Attribute> = vec![parse_quote!(#[arguments(a: [{ b: $limit }], c: 1)])];
        let found: Vec<_> = of(&attributes).unwrap().iter().map(|argument| argument.variable()).collect();
        assert_eq!((found[0].as_ref().unwrap().to_string().as_str(), &found[1]), ("limit", &None));
    }
}
