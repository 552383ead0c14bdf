//! A reader of one field of another reader's secret.
//!
//! Must not know: what the field is for.

use std::sync::Arc;

use super::{SecretReader, json_field};
use crate::{BoxFuture, Secret, SecretFault};

/// The text in one field of a secret that is a JSON object, as AWS Secrets Manager's console makes them.
///
/// A secret that is no such object, or whose field is not text, is [`SecretFault::NoField`].
#[derive(Debug, Clone)]
pub struct SecretField {
    reader: Arc<dyn SecretReader>,
    name: Arc<str>,
}

impl SecretField {
    /// The field of this name of the secret that the reader finds.
    pub fn new(reader: impl SecretReader, name: impl Into<Arc<str>>) -> Self {
        Self { reader: Arc::new(reader), name: name.into() }
    }
}

impl SecretReader for SecretField {
    fn name(&self) -> &'static str {
        self.reader.name()
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        let (reading, name) = (self.reader.read(), Arc::clone(&self.name));
        Box::pin(async move {
            let Some(secret) = reading.await? else {
                return Ok(None);
            };
            json_field::of(&secret, &name).ok_or(SecretFault::NoField).map(Some)
        })
    }
}

/// A reader that several share.
impl<R: SecretReader + ?Sized> SecretReader for Arc<R> {
    fn name(&self) -> &'static str {
        (**self).name()
    }

    fn read(&self) -> BoxFuture<'static, Result<Option<Secret>, SecretFault>> {
        (**self).read()
    }
}
