//! The key under which monday does a mutation once, however often it is sent.
//!
//! Random for each intent and the same over all its attempts; never made from the content. Source:
//! <https://developer.monday.com/api-reference/docs/idempotency>.

use http::{HeaderName, HeaderValue};
use monday_core::OperationKind;

use crate::outgoing::Outgoing;
use crate::{Error, ErrorKind};

pub(crate) const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
pub(crate) const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// Longer keys are not monday's business.
const LONGEST: usize = 255;

/// The key of one intent.
#[derive(Debug, Clone)]
pub(crate) struct IdempotencyKey {
    text: String,
    header: HeaderValue,
}

impl IdempotencyKey {
    /// The caller's key, or a new one for a mutation; `None` for a query.
    pub(crate) fn of(request: &dyn Outgoing) -> Result<Option<Self>, Error> {
        let text = match (request.idempotency_key(), request.kind()) {
            (_, OperationKind::Query) => return Ok(None),
            (Some(key), OperationKind::Mutation) => key.to_owned(),
            (None, OperationKind::Mutation) => uuid::Uuid::new_v4().to_string(),
        };
        let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
        match HeaderValue::from_str(&text) {
            Ok(header) if fits => Ok(Some(Self { text, header })),
            _ => Err(Error::new(ErrorKind::Configuration)),
        }
    }

    pub(crate) fn header(&self) -> HeaderValue {
        self.header.clone()
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }
}

#[cfg(test)]
mod tests {
    use monday_core::Request;

    use super::*;
    use crate::outgoing::Typed;

    fn key(kind: OperationKind, own: Option<&str>) -> Result<Option<String>, ErrorKind> {
        let request = Request::<()>::from_document(kind, "A", "query A { a }", &()).unwrap();
        let request = own.into_iter().fold(request, Request::with_idempotency_key);
        IdempotencyKey::of(&Typed::new(&request))
            .map(|key| key.map(|key| key.text))
            .map_err(|error| error.kind())
    }

    #[test]
    fn each_mutation_has_a_key_of_its_own_and_a_query_none() {
        let random = || key(OperationKind::Mutation, None).unwrap().unwrap();
        assert_ne!(random(), random());
        assert_eq!(key(OperationKind::Query, Some("mine")), Ok(None));
    }

    #[test]
    fn a_callers_key_is_taken_as_it_is_or_refused() {
        assert_eq!(key(OperationKind::Mutation, Some("order-42")), Ok(Some("order-42".to_owned())));
        for bad in ["", "a b", "a\r\nX: y", "ä", &"x".repeat(256)] {
            assert_eq!(key(OperationKind::Mutation, Some(bad)), Err(ErrorKind::Configuration), "{bad:?}");
        }
    }
}
