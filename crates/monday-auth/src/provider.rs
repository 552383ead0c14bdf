//! Whoever hands out credentials to a client.
//!
//! Must not know: the client.

use std::fmt;
use std::pin::Pin;

use crate::{Audience, AuthError, Credential};

/// A boxed future, so that providers can be trait objects.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// What a provider may know about the request the credential is for.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct RequestContext<'a> {
    /// The operation's name.
    pub operation: &'a str,
    /// Where the request goes.
    pub audience: &'a Audience,
}

impl<'a> RequestContext<'a> {
    /// The context of a request.
    #[must_use]
    pub fn new(operation: &'a str, audience: &'a Audience) -> Self {
        Self { operation, audience }
    }
}

/// Why the API refused a credential.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Rejection {
    /// HTTP 401 or an authentication code: expired, revoked or unknown.
    Unauthorized,
}

/// Hands out the credential for each request. One provider is shared by all calls of a client.
pub trait CredentialProvider: fmt::Debug + Send + Sync + 'static {
    /// The credential to send now.
    fn credential<'a>(
        &'a self,
        context: &'a RequestContext<'a>,
    ) -> BoxFuture<'a, Result<Credential, AuthError>>;

    /// The API refused exactly this credential: another one to try, or [`AuthError::Rejected`]. A client asks at
    /// most once for a request.
    fn rejected<'a>(
        &'a self,
        credential: &'a Credential,
        why: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>>;
}

/// A fixed credential: there is never a newer one.
impl CredentialProvider for Credential {
    fn credential<'a>(&'a self, _: &'a RequestContext<'a>) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(std::future::ready(Ok(self.clone())))
    }

    fn rejected<'a>(
        &'a self,
        credential: &'a Credential,
        _: Rejection,
    ) -> BoxFuture<'a, Result<Credential, AuthError>> {
        Box::pin(std::future::ready(Err(AuthError::Rejected { fingerprint: credential.fingerprint() })))
    }
}
