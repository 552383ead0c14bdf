//! One check: a promise as a sentence, and what looks whether it is kept.
//!
//! Must not know: any promise.

use super::ground::Ground;
use crate::{BoxFuture, StoreError, TokenRecord};

/// Nothing, or what was found instead of what was promised.
pub(super) type Kept<T = ()> = Result<T, String>;

/// A promise and its check.
pub(super) struct Check {
    pub(super) promise: &'static str,
    pub(super) run: for<'a> fn(&'a Ground) -> BoxFuture<'a, Kept>,
}

/// What was found is not what was promised.
pub(super) fn broken<T>(found: impl Into<String>) -> Kept<T> {
    Err(found.into())
}

/// What should be true is.
pub(super) fn holds(is_so: bool, else_found: &str) -> Kept {
    if is_so { Ok(()) } else { broken(else_found) }
}

/// A save was refused as a conflict.
pub(super) fn conflicts(saved: Result<(), StoreError>) -> Kept {
    match saved {
        Err(StoreError::Conflict) => Ok(()),
        Err(error) => broken(format!("the save is refused for another reason: {error}")),
        Ok(()) => broken("the record is saved"),
    }
}

/// A record is this one in every field.
pub(super) fn same(found: Option<&TokenRecord>, saved: &TokenRecord) -> Kept {
    let Some(found) = found else {
        return broken("there is no record");
    };
    let text = |record: &TokenRecord| record.refresh.as_ref().map(crate::Secret::fingerprint);
    let length = |record: &TokenRecord| record.refresh.as_ref().map(|token| token.expose().len());
    let fields = [
        ("access token", found.fingerprint() == saved.fingerprint()),
        ("access token's length", found.access.expose().len() == saved.access.expose().len()),
        ("refresh token", text(found) == text(saved) && length(found) == length(saved)),
        ("kind", found.kind == saved.kind),
        ("scope", found.scope == saved.scope),
        ("time it was obtained at", found.obtained_at == saved.obtained_at),
        ("end of the access token", found.expires_at == saved.expires_at),
        ("time of the consent", found.authorized_at == saved.authorized_at),
        ("generation", found.generation == saved.generation),
        ("issuer", found.issuer == saved.issuer),
        ("need of a new consent", found.needs_consent == saved.needs_consent),
    ];
    match fields.iter().find(|(_, is_same)| !is_same) {
        Some((field, _)) => broken(format!("the {field} is another one")),
        None => Ok(()),
    }
}
