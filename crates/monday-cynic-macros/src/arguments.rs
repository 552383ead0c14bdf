//! `#[arguments(limit: $limit, ids: ["1"], order = self::order())]`: which arguments are named, and whether variables
//! and expressions fit where they stand.
//!
//! Must not know: cynic, beyond the syntax.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote, quote_spanned};
use syn2::ext::IdentExt as _;
use syn2::parse::{Parse, ParseStream, Parser as _};
use syn2::spanned::Spanned as _;
use syn2::{Attribute, Expr, Meta, Path, Token};

use crate::schema::{Kind, Member, Schema};

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

/// The arguments of one field, held against the schema.
pub(crate) struct Held<'a> {
    pub(crate) schema: &'a Schema,
    /// The path of the struct that cynic makes of the variables.
    pub(crate) variables: Option<&'a Path>,
    /// One assertion for each variable: it fits where it stands.
    pub(crate) assertions: TokenStream,
}

impl Held<'_> {
    /// Puts each expression into the SDK's `given`, and asserts each variable. The rules there are GraphQL's and open
    /// to the types of other crates; cynic's are neither, and are switched off by the type `Given`.
    pub(crate) fn hold(&mut self, attributes: &mut [Attribute], known: &[Member]) {
        for attribute in attributes.iter_mut().filter(|attribute| attribute.path().is_ident("arguments")) {
            if let Meta::List(meta) = &mut attribute.meta
                && let Ok(arguments) = list.parse2(meta.tokens.clone())
            {
                meta.tokens = self.written(arguments, known);
            }
        }
    }

    fn written(&mut self, arguments: Vec<Argument>, known: &[Member]) -> TokenStream {
        let mut written = TokenStream::new();
        for Argument { feature, name, value } in arguments {
            let member = known.iter().find(|known| name == known.name);
            let ty = member.map(Member::given_type);
            written.extend(match (value, ty) {
                (Value::Literal(tokens), Some(ty)) => {
                    let tokens = self.literal(tokens, ty);
                    quote! { #feature #name: #tokens, }
                }
                (Value::Expression(expression), Some(ty)) => {
                    let marker = marker(ty, expression.span());
                    let given = quote_spanned! { expression.span() =>
                        ::monday_sdk::__private::given::<#marker, _>(#expression)
                    };
                    quote! { #feature #name = #given, }
                }
                // There is no such argument, which has been or will be reported.
                (Value::Literal(tokens), None) => quote! { #feature #name: #tokens, },
                (Value::Expression(expression), None) => quote! { #feature #name = #expression, },
            });
        }
        written
    }

    /// Variables and expressions may stand inside lists and objects too.
    fn literal(&mut self, tokens: TokenStream, ty: &'static str) -> TokenStream {
        let mut tokens = tokens.into_iter();
        let mut written = TokenStream::new();
        while let Some(token) = tokens.next() {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '$' => {
                    punct.to_tokens(&mut written);
                    if let Some(TokenTree::Ident(name)) = tokens.next() {
                        self.variable(&name, ty);
                        name.to_tokens(&mut written);
                    }
                }
                TokenTree::Group(group) => {
                    let inside = match group.delimiter() {
                        Delimiter::Brace => self.object(group.stream(), ty),
                        _ => self.literal(group.stream(), item_of(ty)),
                    };
                    let mut held = Group::new(group.delimiter(), inside);
                    held.set_span(group.span());
                    held.to_tokens(&mut written);
                }
                other => other.to_tokens(&mut written),
            }
        }
        written
    }

    fn object(&mut self, tokens: TokenStream, ty: &str) -> TokenStream {
        match (list.parse2(tokens.clone()), self.schema.named(ty)) {
            (Ok(arguments), Some(definition)) if definition.kind == Kind::Input => {
                let known: Vec<_> = definition.members().collect();
                self.written(arguments, &known)
            }
            _ => tokens,
        }
    }

    fn variable(&mut self, name: &Ident, ty: &str) {
        let Some(variables) = self.variables else { return };
        // The whole path at the variable's place, so that an error points there.
        let variables: TokenStream = variables
            .to_token_stream()
            .into_iter()
            .map(|mut token| {
                token.set_span(name.span());
                token
            })
            .collect();
        let marker = marker(ty, name.span());
        self.assertions.extend(quote_spanned! { name.span() =>
            ::monday_sdk::__private::variable::<#marker, _, _>(#variables::#name);
        });
    }
}

/// The marker of a type: `[ID!]` is `Option<Vec<ID>>`.
fn marker(ty: &str, span: Span) -> TokenStream {
    let (inner, is_nullable) = ty.strip_suffix('!').map_or((ty, true), |inner| (inner, false));
    let inner = if let Some(item) = inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')) {
        let item = marker(item, span);
        quote_spanned! { span => ::std::vec::Vec<#item> }
    } else {
        let name = Ident::new(inner, span);
        quote_spanned! { span => ::monday_sdk::__private::schema::#name }
    };
    if is_nullable {
        quote_spanned! { span => ::core::option::Option<#inner> }
    } else {
        inner
    }
}

/// What a list holds; a value that is none stands for a list of it.
fn item_of(ty: &'static str) -> &'static str {
    let inner = ty.trim_end_matches('!');
    inner.strip_prefix('[').and_then(|inner| inner.strip_suffix(']')).unwrap_or(ty)
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

    fn hold(field: &str, attribute: Attribute) -> (String, String) {
        let schema = Schema::monday();
        let field = schema.get("Board").unwrap().member(field).unwrap();
        let variables: Path = parse_quote!(Fields);
        let mut held = Held { schema, variables: Some(&variables), assertions: TokenStream::new() };
        let mut attributes = vec![attribute];
        held.hold(&mut attributes, &field.arguments().collect::<Vec<_>>());
        (attributes[0].to_token_stream().to_string(), held.assertions.to_string())
    }

    #[test]
    fn expressions_are_held_against_the_argument_wherever_they_stand() {
        let (written, _) = hold(
            "items_page",
            parse_quote!(#[arguments(limit = f::<A, B>(1, 2), query_params: { ids = ids(), groups: [] })]),
        );
        let written: String = written.split_whitespace().collect();
        let (given, schema) = ("::monday_sdk::__private::given", "::monday_sdk::__private::schema");
        let limit = format!("limit={given}::<::core::option::Option<{schema}::Int>,_>(f::<A,B>(1,2)),");
        let ids = format!("ids={given}::<::core::option::Option<::std::vec::Vec<{schema}::ID>>,_>(ids()),");
        assert_eq!(written, format!("#[arguments({limit}query_params:{{{ids}groups:[],}},)]"));
    }

    #[test]
    fn a_variable_is_asserted_with_the_type_of_its_place() {
        let (_, assertions) = hold(
            "items_page",
            parse_quote!(#[arguments(limit: $limit, query_params: { rules: [{ column_id: $column, compare_value: $value }] })]),
        );
        let expected = quote! {
            ::monday_sdk::__private::variable::<
                ::core::option::Option<::monday_sdk::__private::schema::Int>, _, _
            >(Fields::limit);
            ::monday_sdk::__private::variable::<::monday_sdk::__private::schema::ID, _, _>(Fields::column);
            ::monday_sdk::__private::variable::<::monday_sdk::__private::schema::CompareValue, _, _>(Fields::value);
        };
        assert_eq!(assertions, expected.to_string());
    }

    #[test]
    fn a_variable_is_found_inside_objects_and_lists() {
        let attributes: Vec<Attribute> = vec![parse_quote!(#[arguments(a: [{ b: $limit }], c: 1)])];
        let found: Vec<_> = of(&attributes).unwrap().iter().map(Argument::variable).collect();
        assert_eq!((found[0].as_ref().unwrap().to_string().as_str(), &found[1]), ("limit", &None));
    }
}
