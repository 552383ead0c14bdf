//! Which Rust types are which scalars: a line for each.
//!
//! Must not know: which fields have them.

use cynic::coercions::CoercesTo;
use cynic::schema::{IsScalar, NamedType};
use cynic::variables::VariableType;
use monday_core::{
    AccountId, AppId, AssetId, BoardId, ColumnId, CompareValue, Date, DepartmentId, DocId, File, FolderId,
    GroupId, Id, Iso8601DateTime, ItemId, Json, TagId, TeamId, UpdateId, UserId, WebhookId, WorkspaceId,
};

use crate::fits::fits;
use crate::schema;
use crate::schema::variable::Variable;

/// What a field of that type may be in Rust.
macro_rules! fields {
    ($($type:ty => $marker:ty;)+) => {
        $(
            impl IsScalar<$marker> for $type {
                type SchemaType = $marker;
            }
        )+
    };
}

/// How a variable of that Rust type is declared.
macro_rules! variables {
    ($($type:ty => $marker:ty;)+) => {
        $(
            impl Variable for $type {
                const TYPE: VariableType = VariableType::Named(<$marker as NamedType>::NAME);
            }
        )+
    };
}

/// Literals in `#[arguments(…)]`, where cynic looks for its own trait.
macro_rules! literals {
    ($($type:ty => $marker:ty;)+) => {
        $(impl CoercesTo<$marker> for $type {})+
    };
}

/// All of it: a type of the SDK's for a scalar is one line here.
macro_rules! scalars {
    ($($type:ty => $marker:ty;)+) => {
        fields! { $($type => $marker;)+ }
        variables! { $($type => $marker;)+ }
        fits! { $($type => $marker;)+ }
        literals! { $($type => $marker;)+ }
    };
}

scalars! {
    CompareValue => schema::CompareValue;
    Date => schema::Date;
    File => schema::File;
    Id => schema::ID;
    Iso8601DateTime => schema::ISO8601DateTime;
    Json => schema::JSON;
    i64 => schema::Int;
}

// The ids of nouns.
scalars! {
    AccountId => schema::ID;
    AppId => schema::ID;
    AssetId => schema::ID;
    BoardId => schema::ID;
    ColumnId => schema::ID;
    DepartmentId => schema::ID;
    DocId => schema::ID;
    FolderId => schema::ID;
    GroupId => schema::ID;
    ItemId => schema::ID;
    TagId => schema::ID;
    TeamId => schema::ID;
    UpdateId => schema::ID;
    UserId => schema::ID;
    WebhookId => schema::ID;
    WorkspaceId => schema::ID;
}

// cynic has written how these are declared.
fields! {
    cynic::Id => schema::ID;
    i32 => schema::Int;
}
fits! {
    bool => schema::Boolean;
    cynic::Id => schema::ID;
    f64 => schema::Float;
    i32 => schema::Int;
    String => schema::String;
    str => schema::String;
}
literals! {
    bool => schema::CompareValue;
    f64 => schema::CompareValue;
    i32 => schema::CompareValue;
    i32 => schema::Int;
    str => schema::CompareValue;
    str => schema::Date;
    str => schema::ID;
    str => schema::ISO8601DateTime;
    str => schema::JSON;
}
