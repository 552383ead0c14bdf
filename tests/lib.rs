//! Queries as a user of the code-first door writes them, in a crate of its own.

use monday_sdk::schema::schema;

/// The user whose credential is used.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema = "monday", graphql_type = "Query")]
pub struct WhoAmI {
    /// The user.
    pub me: Option<Person>,
}

/// A user, with the account.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema = "monday", graphql_type = "User", rename_all = "None")]
pub struct Person {
    /// Id.
    pub id: cynic::Id,
    /// Name.
    pub name: String,
    /// A field in snake case: cynic would look for `isEmailConfirmed`.
    pub is_email_confirmed: bool,
}

/// Variables of [`RenameItem`].
#[derive(cynic::QueryVariables, Debug)]
#[cynic(schema_module = "schema", rename_all = "None")]
pub struct RenameItemVariables {
    /// The board.
    pub board_id: cynic::Id,
    /// The item.
    pub item_id: cynic::Id,
    /// The new name, as `name` column.
    pub column_values: monday_sdk::Json,
}

/// Renames an item.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema = "monday", graphql_type = "Mutation", variables = "RenameItemVariables", rename_all = "None")]
pub struct RenameItem {
    /// The item afterwards.
    #[arguments(board_id: $board_id, item_id: $item_id, column_values: $column_values)]
    pub change_multiple_column_values: Option<ItemName>,
}

/// An item's name.
#[derive(cynic::QueryFragment, Debug)]
#[cynic(schema = "monday", graphql_type = "Item")]
pub struct ItemName {
    /// Name.
    pub name: String,
}
