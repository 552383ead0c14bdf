//! [cynic](https://cynic-rs.dev)'s derives with monday's schema inside: the user's crate names the facade alone.
//!
//! Each derive completes the attributes (schema, schema module, monday's snake case), reports what can be said better
//! than cynic says it, hands the rest to cynic, and re-roots the result to `::monday_sdk`. A facade under another name
//! needs `extern crate its_name as monday_sdk;` once. Must not know: requests, and what cynic generates beyond the
//! paths in it.

mod arguments;
mod assertions;
mod attributes;
mod checks;
mod derives;
mod excerpt;
mod generated;
mod reading;
mod reroot;
mod schema;
mod scratch;

use proc_macro::TokenStream;

/// A selection on one GraphQL type; on `Query` or `Mutation`, an operation with `Self::operation(variables)`.
///
/// ```text
/// #[derive(QueryFragment)]
/// #[cynic(graphql_type = "Query", variables = "MyBoardsVariables")]
/// struct MyBoards {
///     #[arguments(limit: $limit)]
///     boards: Option<Vec<Option<MyBoard>>>,
/// }
/// ```
///
/// Fields have monday's names; `#[cynic(rename = "…")]` gives one another in Rust, `#[cynic(rename_all = "…")]` all.
#[proc_macro_derive(QueryFragment, attributes(cynic, arguments, directives))]
pub fn query_fragment(input: TokenStream) -> TokenStream {
    derives::run(input, derives::query_fragment)
}

/// The variables of an operation and its fragments: `limit` is `$limit`. `None` is left out, so that defaults apply.
#[proc_macro_derive(QueryVariables, attributes(cynic))]
pub fn query_variables(input: TokenStream) -> TokenStream {
    derives::run(input, derives::query_variables)
}

/// An enum over the members of an interface or union, one variant for each selection, and one for those that are not
/// named or not yet known, marked `#[cynic(fallback)]`: a unit variant, on a union also `Other(String)` with the
/// member's name, on an interface also `Other(Fragment)` with a selection on the interface itself.
#[proc_macro_derive(InlineFragments, attributes(cynic))]
pub fn inline_fragments(input: TokenStream) -> TokenStream {
    derives::run(input, derives::inline_fragments)
}

/// An enum of one's own in place of the SDK's: a part of the values, say, and `#[cynic(fallback)]`.
#[proc_macro_derive(Enum, attributes(cynic))]
pub fn enumeration(input: TokenStream) -> TokenStream {
    derives::run(input, derives::enumeration)
}

/// An input object of one's own in place of the SDK's.
#[proc_macro_derive(InputObject, attributes(cynic))]
pub fn input_object(input: TokenStream) -> TokenStream {
    derives::run(input, derives::input_object)
}

/// A newtype of one's own for a scalar: `#[cynic(graphql_type = "Date")] struct Day(String);`.
#[proc_macro_derive(Scalar, attributes(cynic))]
pub fn scalar(input: TokenStream) -> TokenStream {
    derives::run(input, derives::scalar)
}
