//! Queries as a user of the struct door writes them, in a crate that depends on the facade alone.

use monday_sdk::core::{BoardId, Nullable};
use monday_sdk::cynic::{Enum, InlineFragments, InputObject, QueryFragment, QueryVariables, Scalar};
use monday_sdk::queries::enums::{BoardKind, ColumnType};
use monday_sdk::queries::inputs::ItemsQuery;
use monday_sdk::{Id, Json};

/// The user whose credential is used.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Query")]
pub struct WhoAmI {
    /// The user.
    pub me: Option<Person>,
}

/// A user.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "User")]
pub struct Person {
    /// Id.
    pub id: Id,
    /// Name.
    pub name: String,
    /// A field in snake case, as monday has it.
    pub is_email_confirmed: bool,
}

/// Variables of [`RenameItem`].
#[derive(QueryVariables, Debug)]
pub struct RenameItemVariables {
    /// The board.
    pub board_id: BoardId,
    /// The item.
    pub item_id: Id,
    /// The new name, as `name` column.
    pub column_values: Json,
}

/// Renames an item.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Mutation", variables = "RenameItemVariables")]
pub struct RenameItem {
    /// The item afterwards.
    #[arguments(board_id: $board_id, item_id: $item_id, column_values: $column_values)]
    pub change_multiple_column_values: Option<ItemName>,
}

/// An item's name.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Item")]
pub struct ItemName {
    /// Name.
    pub name: String,
}

/// Variables of [`FoundItems`]: shared enums and inputs, and the states an optional one can have.
#[derive(QueryVariables, Debug, Default)]
pub struct FoundItemsVariables {
    /// Boards of these ids.
    pub ids: Option<Vec<BoardId>>,
    /// Of this kind.
    pub board_kind: Option<BoardKind>,
    /// Items that match.
    pub query_params: Nullable<ItemsQuery>,
    /// `Int! = 25` in the schema: what has a default may be left out.
    pub limit: Option<i64>,
}

/// Items of boards, with their values.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "FoundItemsVariables")]
pub struct FoundItems {
    /// The boards.
    #[arguments(ids: $ids, board_kind: $board_kind, limit: 10)]
    pub boards: Option<Vec<Option<FoundBoard>>>,
}

/// A board with items.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Board", variables = "FoundItemsVariables")]
pub struct FoundBoard {
    /// Id.
    pub id: BoardId,
    /// How many items there are: an `Int`.
    pub items_count: Option<i64>,
    /// An enum of the SDK's.
    pub board_kind: BoardKind,
    /// A keyword of Rust's.
    #[arguments(types: [status, date])]
    pub columns: Option<Vec<Option<FoundColumn>>>,
    /// The items.
    #[arguments(limit: $limit, query_params: $query_params)]
    pub items_page: FoundPage,
}

/// A column.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Column")]
pub struct FoundColumn {
    /// Id.
    pub id: Id,
    /// The field `type`.
    pub r#type: ColumnType,
}

/// A page of items.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "ItemsResponse")]
pub struct FoundPage {
    /// The items.
    pub items: Vec<FoundItem>,
}

/// An item with its values.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Item")]
pub struct FoundItem {
    /// Id.
    pub id: Id,
    /// The values.
    pub column_values: Vec<Value>,
}

/// A column value: two members of the interface, and a place for all others.
#[derive(InlineFragments, Debug)]
#[cynic(graphql_type = "ColumnValue")]
pub enum Value {
    /// A status.
    Status(StatusValue),
    /// A date.
    Date(DateValue),
    /// Any other.
    #[cynic(fallback)]
    Other(AnyValue),
}

/// A status.
#[derive(QueryFragment, Debug)]
pub struct StatusValue {
    /// Its text.
    pub label: Option<String>,
}

/// A date.
#[derive(QueryFragment, Debug)]
pub struct DateValue {
    /// The day, under another name.
    #[cynic(rename = "date")]
    pub day: Option<String>,
}

/// What every column value has.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "ColumnValue")]
pub struct AnyValue {
    /// Which member it is.
    #[cynic(rename = "__typename")]
    pub member: String,
    /// The column.
    pub id: Id,
    /// As text.
    pub text: Option<String>,
}

/// A part of a union, and the name of what is not in it.
#[derive(InlineFragments, Debug)]
#[cynic(graphql_type = "FileValueItem")]
pub enum FileItem {
    /// A file of monday's.
    Asset(FileAssetValue),
    /// Any other, by its name.
    #[cynic(fallback)]
    Other(String),
}

/// A file of monday's.
#[derive(QueryFragment, Debug)]
pub struct FileAssetValue {
    /// Its name.
    pub name: String,
}

/// Variables of [`OwnTypes`].
#[derive(QueryVariables, Debug)]
pub struct OwnTypesVariables {
    /// An input of one's own.
    pub query_params: Option<OwnQuery>,
}

/// Types of one's own in place of the SDK's, and values in the document.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Query", variables = "OwnTypesVariables")]
pub struct OwnTypes {
    /// The boards.
    #[arguments(ids: ["1", "2"], state: active, limit = Some(ten()), order_by = Some(OwnOrder::UsedAt))]
    pub boards: Option<Vec<Option<OwnBoard>>>,
}

fn ten() -> i64 {
    10
}

/// A board.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "Board", variables = "OwnTypesVariables")]
pub struct OwnBoard {
    /// A scalar of one's own.
    pub updated_at: Option<Instant>,
    /// An object in the document.
    #[arguments(query_params: { rules: [{ column_id: "status", compare_value: "[1]", operator: any_of }] })]
    #[cynic(rename = "items_page", alias)]
    pub by_status: FoundPageIds,
    /// The other page.
    #[arguments(query_params: $query_params)]
    #[cynic(rename = "items_page", alias)]
    pub by_query: FoundPageIds,
}

/// A page of ids.
#[derive(QueryFragment, Debug)]
#[cynic(graphql_type = "ItemsResponse")]
pub struct FoundPageIds {
    /// The next page.
    pub cursor: Option<String>,
}

/// A scalar of one's own.
#[derive(Scalar, Debug, Clone)]
#[cynic(graphql_type = "ISO8601DateTime")]
pub struct Instant(pub String);

/// An enum of one's own.
#[derive(Enum, Debug, Clone, Copy)]
#[cynic(graphql_type = "BoardsOrderBy")]
pub enum OwnOrder {
    /// The newest first.
    CreatedAt,
    /// The last used first.
    UsedAt,
}

/// An input of one's own: a part of the members.
#[derive(InputObject, Debug, Default)]
#[cynic(graphql_type = "ItemsQuery")]
pub struct OwnQuery {
    /// Items of these ids.
    pub ids: Option<Vec<Id>>,
}

#[cfg(doctest)]
#[doc = include_str!("../docs/several-machines.md")]
mod several_machines {}

#[cfg(doctest)]
#[doc = include_str!("../docs/testing-your-integration.md")]
mod testing_your_integration {}
