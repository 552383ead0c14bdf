//! From a cynic operation to the request that every door ends in.

use monday_core::{EncodeError, OperationKind, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// The request of a cynic operation.
pub fn request<D, V>(operation: cynic::Operation<D, V>) -> Result<Request<D>, EncodeError>
where
    D: DeserializeOwned + 'static,
    V: Serialize,
{
    // cynic keeps the kind in its builder's type only; the document it wrote starts with it.
    let is_mutation = operation.query.trim_start().starts_with("mutation");
    let kind = if is_mutation { OperationKind::Mutation } else { OperationKind::Query };
    let name = operation.operation_name.unwrap_or_default();
    Request::from_document(kind, name, &operation.query, &operation.variables)
}
