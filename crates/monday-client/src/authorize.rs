//! The one place where a credential enters a request.
//!
//! Must not know: where credentials come from, what the request does.

use http::HeaderMap;
use http::header::AUTHORIZATION;
use monday_auth::{Audience, Credential};

use crate::Error;

/// Sets `Authorization`, if the credential is for this audience.
pub(crate) fn authorize(
    headers: &mut HeaderMap,
    credential: &Credential,
    audience: &Audience,
) -> Result<(), Error> {
    headers.insert(AUTHORIZATION, credential.header_for(audience)?);
    Ok(())
}
