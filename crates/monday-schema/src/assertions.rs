//! What the derives assert of a user's types, in words of its own: they compile, or say at their place what to write.
//!
//! Must not know: the schema.

use cynic::queries::VariableMatch;
use cynic::schema::HasSubtype;
use cynic::variables::VariableDefinition;
use cynic::{QueryFragment, QueryVariablesFields};

use crate::{Fits, Given};

/// `$variable` stands where the schema has `S`.
pub fn variable<S, V, T: Fits<S>>(_: fn() -> VariableDefinition<V, Given<T>>) {}

/// An expression stands where the schema has `S`.
pub fn given<S, T: Fits<S>>(value: T) -> Given<T> {
    Given(value)
}

/// `T` selects on the type of its field, with the variables of the struct around it.
pub fn selection<S, V, T: Selects<S> + SharesVariables<V>>() {}

/// `T` selects on a member of the interface or union `S`.
pub fn member<S, V, T: SelectsMember<S> + SharesVariables<V>>() {}

/// A selection on `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not select on `{S}`, the type of this field",
    label = "not a selection on `{S}`",
    note = "name a struct that derives `QueryFragment` (for an interface or union an enum that derives \
            `InlineFragments`) with that type as its `graphql_type`"
)]
pub trait Selects<S> {}

#[diagnostic::do_not_recommend]
impl<S, T: QueryFragment<SchemaType = S>> Selects<S> for T {}

/// A selection on a member of `S`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not select on a member of `{S}`",
    label = "the type that it selects on is no member of `{S}`",
    note = "a variant holds a struct that derives `QueryFragment` with a member as its `graphql_type`"
)]
pub trait SelectsMember<S> {}

#[diagnostic::do_not_recommend]
impl<S: HasSubtype<T::SchemaType>, T: QueryFragment> SelectsMember<S> for T {}

/// A selection with the variables `V`, or none.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has other variables than the struct around it, whose are `{V}`",
    label = "other variables",
    note = "one operation has one struct of variables: name the same in `variables = \"…\"` of both, or none in the inner one"
)]
pub trait SharesVariables<V> {}

#[diagnostic::do_not_recommend]
impl<V: QueryVariablesFields + VariableMatch<T::VariablesFields>, T: QueryFragment> SharesVariables<V> for T {}
