//! A token in a secret manager, by way of whoever can read one there.
//!
//! Must not know: which secret manager, how it is called.

mod field;
mod json_field;

use std::fmt;
use std::sync::Arc;

use super::kept::{Found, Kept, KeptSource, QUIET};
use super::token_form::TokenForm;
use crate::{Audience, AuthError, BoxFuture, CredentialKind, Secret, SecretFault};

pub use field::SecretField;

/// A longer secret is no token.
const LONGEST: usize = 64 * 1024;

/// Reads one secret of a secret manager. `monday-auth-aws` and `monday-auth-google` have one each.
pub trait SecretReader: fmt::Debug + Send + Sync + 'static {
    /// What the secret manager is called in errors and traces, such as `AWS Secrets Manager`.
    fn name(&self) -> &'static str;

    /// The secret as it is now; `None` if there is none of this name. Asks anew each time, and gives up by itself
    /// when there is no answer.
    ///
    /// # Errors
    ///
    /// Why there is no secret: [`Throttled`](SecretFault::Throttled),
    /// [`Unavailable`](SecretFault::Unavailable) and [`Checksum`](SecretFault::Checksum) are worth another
    /// try, the others need someone's doing.
    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>>;
}

/// A token in a secret manager: read when the first request needs it, and again when the API rejects it, so that a token
/// that was rotated there is picked up without a restart. A token that is still there after a rejection is not asked
/// about again for 30 seconds.
///
/// No such secret means absent; a secret manager that cannot be reached or refuses is an error.
#[derive(Debug)]
pub struct SecretSource {
    reader: Arc<dyn SecretReader>,
    form: TokenForm,
    kept: Kept,
}

impl SecretSource {
    /// The token this reader finds. It is for monday's API.
    pub fn new(reader: impl SecretReader) -> Self {
        let (form, kept) = (TokenForm::default(), Kept::new(QUIET));
        Self { reader: Arc::new(reader), form, kept }
    }

    /// The secret is a JSON object, and the token the text in this field of it ([`SecretField`]).
    #[must_use]
    pub fn field(mut self, name: impl Into<Arc<str>>) -> Self {
        self.reader = Arc::new(SecretField::new(self.reader, name));
        self
    }

    /// The kind of token it is. Default: OAuth if it starts with `Bearer `, else a personal token.
    #[must_use]
    pub fn kind(mut self, kind: CredentialKind) -> Self {
        self.form.kind = Some(kind);
        self
    }

    /// The server the token is for.
    #[must_use]
    pub fn audience(mut self, audience: Audience) -> Self {
        self.form.audience = audience;
        self
    }
}

impl KeptSource for SecretSource {
    fn label(&self) -> &'static str {
        self.reader.name()
    }

    fn kept(&self) -> &Kept {
        &self.kept
    }

    fn read_anew(&self) -> BoxFuture<'static, Found> {
        let (source_name, reading) = (self.reader.name(), self.reader.read());
        let form = self.form.clone();
        Box::pin(async move {
            let broken = |fault| AuthError::SecretManager { source_name, fault };
            let Some(token) = reading.await.map_err(broken)? else {
                return Ok(None);
            };
            if token.expose().len() > LONGEST {
                return Err(broken(SecretFault::NotText));
            }
            if token.expose().trim_start().starts_with('{') {
                // Without spaces it would pass for a token, until the API refuses it.
                return Err(broken(SecretFault::Object));
            }
            form.credential(&token, source_name).map(Some)
        })
    }
}

#[cfg(test)]
mod tests;
