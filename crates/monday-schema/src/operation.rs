//! From a cynic operation to the request that every door ends in.

use std::fmt;

use cynic::schema::{MutationRoot, QueryRoot};
use cynic::{QueryFragment, QueryVariables};
use monday_core::{EncodeError, IntoRequest, OperationKind, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// An operation made from a struct, which a client sends like any other. `Debug` shows its name; never the variables.
pub struct StructOperation<F, V = ()> {
    kind: OperationKind,
    operation: cynic::Operation<F, V>,
}

impl<F, V> StructOperation<F, V>
where
    F: QueryFragment,
    V: QueryVariables,
{
    /// A selection on the query root.
    #[must_use]
    pub fn query(variables: V) -> Self
    where
        F::SchemaType: QueryRoot,
    {
        Self { kind: OperationKind::Query, operation: cynic::Operation::query(variables) }
    }

    /// A selection on the mutation root.
    #[must_use]
    pub fn mutation(variables: V) -> Self
    where
        F::SchemaType: MutationRoot,
    {
        Self { kind: OperationKind::Mutation, operation: cynic::Operation::mutation(variables) }
    }
}

impl<F, V> StructOperation<F, V> {
    /// The text of the operation.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.operation.query
    }
}

impl<F, V> fmt::Debug for StructOperation<F, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = self.operation.operation_name.as_deref();
        f.debug_struct("StructOperation")
            .field("operation", &name)
            .field("kind", &self.kind)
            .finish_non_exhaustive()
    }
}

impl<F, V> IntoRequest for StructOperation<F, V>
where
    F: DeserializeOwned + Send + 'static,
    V: Serialize,
{
    type Data = F;

    fn into_request(self) -> Result<Request<F>, EncodeError> {
        let name = self.operation.operation_name.unwrap_or_default();
        Request::from_document(self.kind, name, &self.operation.query, &self.operation.variables)
    }
}

/// The request of an operation that cynic's own builders made.
pub fn request<D, V>(operation: cynic::Operation<D, V>) -> Result<Request<D>, EncodeError>
where
    D: DeserializeOwned + Send + 'static,
    V: Serialize,
{
    // cynic keeps the kind in its builder's type only; the document it wrote starts with it.
    let is_mutation = operation.query.trim_start().starts_with("mutation");
    let kind = if is_mutation { OperationKind::Mutation } else { OperationKind::Query };
    StructOperation { kind, operation }.into_request()
}
