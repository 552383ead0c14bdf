//! `operation!`: a query or mutation of the user's own becomes a struct in the user's crate, checked against monday's
//! schema while it compiles.
//!
//! This file holds the macro, because a macro can stand nowhere else; what it does stands in the modules. Must not
//! know: GraphQL, Rust that is generated (`monday-codegen` knows both).

mod answer;
mod call;
mod literal_text;
mod reading;
mod schemas;

#[rustfmt::skip]
#[path = "generated/schema_version.rs"]
mod schema_version;

/// Makes an operation of a GraphQL document: a struct that holds its variables, and a module with the types of its
/// answer.
///
/// The document is a file, by its path from the folder of your `Cargo.toml`, or the text itself. It holds one named
/// operation; fragments may stand beside it or in files of their own.
///
/// ```ignore
/// monday_sdk::operation!("queries/my_boards.graphql");
/// monday_sdk::operation!(
///     path = "queries/my_items.graphql",
///     fragments = ["queries/fragments/item_parts.graphql"],
///     schema = "schema/monday.graphql",
/// );
/// monday_sdk::operation!("query MyBoards($limit: Int) { boards(limit: $limit) { id name } }");
///
/// let data = client.execute(MyBoards { limit: Some(10) }).await?;
/// ```
///
/// `query MyBoards` becomes `struct MyBoards`, with a field for each variable, and `mod my_boards`, where
/// `MyBoardsData` is what is answered. Enums and input objects are those of `monday_sdk::queries`. With `schema`, the
/// documents are checked against a schema of your own, as SDL; what the SDK has not, or has otherwise, then stands in
/// the module.
///
/// Each mistake in the documents is a compile error that begins with its place in them.
#[proc_macro]
pub fn operation(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    answer::to(input.into()).into()
}
