//! The key under which monday does a mutation once, however often it is sent.
//!
//! Random for each intent and the same over all its attempts; never made from the content. Source:
//! <https://developer.monday.com/api-reference/docs/idempotency>.

use http::{HeaderName, HeaderValue};
use monday_core::OperationKind;

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub(crate) const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// The key of one intent; `None` for a query.
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey(String);

impl IdempotencyKey {
    pub(crate) fn for_kind(kind: OperationKind) -> Option<Self> {
        match kind {
            OperationKind::Query => None,
            OperationKind::Mutation => Some(Self(uuid::Uuid::new_v4().to_string())),
        }
    }

    pub(crate) fn header(&self) -> Option<HeaderValue> {
        HeaderValue::from_str(&self.0).ok()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_mutation_has_a_key_of_its_own_and_a_query_none() {
        let key = || IdempotencyKey::for_kind(OperationKind::Mutation).unwrap().as_str().to_owned();
        assert_ne!(key(), key());
        assert!(IdempotencyKey::for_kind(OperationKind::Query).is_none());
    }
}
