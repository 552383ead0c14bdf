//! What is looked at in every request, before and after its signature.
//!
//! Must not know: which kind of webhook it is.

use monday_auth::SignedFault;
use serde_json::{Map, Value};

use crate::incoming::{Authorization, Incoming};
use crate::refusal::Refusal;

/// Far more than an event of monday's, and nothing that hurts.
pub(crate) const LONGEST_BODY: usize = 1024 * 1024;

/// Before anything of the body is read.
pub(crate) fn enter(incoming: &Incoming<'_>, longest: usize) -> Result<(), Refusal> {
    if incoming.method != "POST" {
        return Err(Refusal::Method);
    }
    if incoming.body.len() > longest {
        return Err(Refusal::TooLong { longest });
    }
    Ok(())
}

/// The one value of `Authorization`, if there is one.
pub(crate) fn authorization<'a>(incoming: &Incoming<'a>) -> Result<Option<&'a str>, Refusal> {
    match incoming.authorization {
        Authorization::None => Ok(None),
        Authorization::One(value) => match std::str::from_utf8(value) {
            Ok(text) => Ok(Some(text)),
            Err(_) => Err(Refusal::NotSigned(SignedFault::Malformed)),
        },
        Authorization::Several => Err(Refusal::SeveralAuthorizations),
    }
}

/// The body's object.
pub(crate) fn object(body: &[u8]) -> Result<Map<String, Value>, Refusal> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err(Refusal::NotAnEvent("the object")),
        Err(_) => Err(Refusal::NotJson),
    }
}
