//! What the browser brings back, read strictly.
//!
//! Must not know: which login it belongs to.

use std::fmt;

use url::form_urlencoded;

use crate::{AuthError, CallbackFault, Secret};

const LONGEST: usize = 8 * 1024;

/// The parameters of a callback, unchecked. `Debug` shows none of them.
#[derive(Default)]
pub struct Callback {
    pub(super) code: Option<Secret>,
    pub(super) state: Option<Secret>,
    pub(super) error: Option<String>,
    pub(super) error_description: Option<String>,
    pub(super) issuer: Option<String>,
    pub(super) status: Option<String>,
    pub(super) scope: Option<String>,
}

impl Callback {
    /// Reads a callback: a whole URL, the path and query of one, or the query alone. Unknown parameters are ignored; one
    /// that is known must not come twice.
    pub fn parse(text: &str) -> Result<Self, AuthError> {
        if text.len() > LONGEST {
            return Err(AuthError::Callback(CallbackFault::TooLong));
        }
        let text = text.split('#').next().unwrap_or_default();
        let query = match text.split_once('?') {
            Some((_, query)) => query,
            // A path without a query.
            None if text.split('=').next().is_some_and(|name| name.contains('/')) => "",
            None => text,
        };
        let mut this = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            let value = value.into_owned();
            let twice = match &*name {
                "code" => this.code.replace(Secret::new(value)).is_some(),
                "state" => this.state.replace(Secret::new(value)).is_some(),
                "error" => this.error.replace(value).is_some(),
                "error_description" => this.error_description.replace(value).is_some(),
                "iss" => this.issuer.replace(value).is_some(),
                "status" => this.status.replace(value).is_some(),
                "scope" => this.scope.replace(value).is_some(),
                _ => false,
            };
            if twice {
                return Err(AuthError::Callback(CallbackFault::Duplicate));
            }
        }
        Ok(this)
    }
}

impl fmt::Debug for Callback {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callback").finish_non_exhaustive()
    }
}
