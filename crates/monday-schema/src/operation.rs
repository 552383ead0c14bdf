//! From a cynic operation to the request that every door ends in.
//!
//! What cynic writes of a struct is the same for all variables, so it is written once. Must not know: how requests are
//! sent.

use std::any::TypeId;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;
use std::sync::{PoisonError, RwLock};

use cynic::schema::{MutationRoot, QueryRoot};
use cynic::{QueryFragment, QueryVariables};
use monday_core::{EncodeError, IntoRequest, OperationKind, PreparedDocument, Request};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// What was written of a struct. It stays for as long as the program runs, as the struct does.
struct Written {
    text: String,
    prepared: PreparedDocument,
}

/// What a document is written of: the type that selects, and where the list of its variables lies, which may be of a type
/// with a lifetime.
type Key = (TypeId, usize, usize);

/// What was written so far. A tree, since a few keys are found in it before they are hashed.
static WRITTEN: RwLock<BTreeMap<Key, &'static Written>> = RwLock::new(BTreeMap::new());

/// An operation made from a struct, which a client sends like any other. `Debug` shows its name; never the variables.
pub struct StructOperation<F, V = ()> {
    written: &'static Written,
    variables: V,
    data: PhantomData<fn() -> F>,
}

impl<F, V> StructOperation<F, V>
where
    F: QueryFragment + 'static,
    V: QueryVariables,
{
    /// A selection on the query root.
    #[must_use]
    pub fn query(variables: V) -> Self
    where
        F::SchemaType: QueryRoot,
    {
        Self::of(OperationKind::Query, variables, cynic::Operation::query)
    }

    /// A selection on the mutation root.
    #[must_use]
    pub fn mutation(variables: V) -> Self
    where
        F::SchemaType: MutationRoot,
    {
        Self::of(OperationKind::Mutation, variables, cynic::Operation::mutation)
    }

    fn of(kind: OperationKind, variables: V, write: fn(V) -> cynic::Operation<F, V>) -> Self {
        let key = (TypeId::of::<F>(), V::VARIABLES.as_ptr().addr(), V::VARIABLES.len());
        let known = WRITTEN.read().unwrap_or_else(PoisonError::into_inner).get(&key).copied();
        let Some(written) = known else {
            let operation = write(variables);
            let mut all = WRITTEN.write().unwrap_or_else(PoisonError::into_inner);
            let written = *all.entry(key).or_insert_with(|| {
                let name: &'static str = operation.operation_name.unwrap_or_default().into_owned().leak();
                let prepared = PreparedDocument::new(kind, name, &operation.query);
                Box::leak(Box::new(Written { text: operation.query, prepared }))
            });
            return Self { written, variables: operation.variables, data: PhantomData };
        };
        Self { written, variables, data: PhantomData }
    }
}

impl<F, V> StructOperation<F, V> {
    /// The text of the operation.
    #[must_use]
    pub fn document(&self) -> &str {
        &self.written.text
    }
}

impl<F, V> fmt::Debug for StructOperation<F, V> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StructOperation")
            .field("operation", &self.written.prepared.operation())
            .field("kind", &self.written.prepared.kind())
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
        self.written.prepared.request(&self.variables)
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
    let name = operation.operation_name.unwrap_or_default();
    Request::from_document(kind, name, &operation.query, &operation.variables)
}
