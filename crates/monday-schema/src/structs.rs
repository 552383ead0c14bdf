//! Queries of your own, as structs: the derives, and the traits they implement.
//!
//! A struct that selects on `Query` or `Mutation` has `operation(variables)`, which a client executes:
//! `client.execute(MyBoards::operation(MyBoardsVariables { limit: Some(10) }))`. All else about the derives is in
//! [cynic's book](https://cynic-rs.dev), with these differences: no `build.rs` and no `schema` module; fields have
//! monday's names, without a rule for them; `ID` is [`monday_core::Id`] and `Int` is `i64`; a variable that is `None`
//! is left out.
//!
//! A selection on an interface or union names the members it wants and has a place for all others, today's and later
//! ones:
//!
//! ```ignore
//! #[derive(InlineFragments)]
//! #[cynic(graphql_type = "ColumnValue")]
//! enum Value {
//!     Status(StatusValue),
//!     Date(DateValue),
//!     #[cynic(fallback)]
//!     Other(AnyValue), // a `QueryFragment` on the interface itself, or a unit variant
//! }
//! ```

mod traits {
    //! The traits, without the derives of the same names.

    pub use cynic::{
        Enum, Id, InlineFragments, InputObject, MutationBuilder, Operation, OperationBuilder, QueryBuilder,
        QueryFragment, QueryVariables,
    };
}

// A name brought in by itself goes before one that comes with all others: the traits are cynic's, the derives ours.
pub use monday_cynic_macros::{Enum, InlineFragments, InputObject, QueryFragment, QueryVariables, Scalar};
pub use traits::*;

pub use crate::operation::{StructOperation, request};
