//! Whether a call left this machine, and that it leaves only where nobody can listen.
//!
//! Must not know: what is sent.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_secretsmanager::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_secretsmanager::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_secretsmanager::error::BoxError;
use monday_auth::Endpoint;

/// The endpoint is neither `https` nor a loopback address. `AWS_ENDPOINT_URL` or a profile may have said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exposed;

impl fmt::Display for Exposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the endpoint is neither https nor a loopback address such as 127.0.0.1")
    }
}

impl std::error::Error for Exposed {}

/// Watches the tries of one call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Departure(Arc<AtomicBool>);

impl Departure {
    /// Whether a try was sent: the service may have done what it asks for.
    pub(crate) fn has_left(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

impl Intercept for Departure {
    fn name(&self) -> &'static str {
        "Departure"
    }

    /// The last hook before a try is sent: nobody changes where it goes any more.
    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if !is_private(context.request().uri()) {
            return Err(Exposed.into());
        }
        self.0.store(true, Ordering::Relaxed);
        Ok(())
    }
}

/// Whether nobody listens on the way to this URL.
fn is_private(url: &str) -> bool {
    Endpoint::https(url).is_ok() || Endpoint::loopback(url).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_private() {
        for url in [
            "https://secretsmanager.eu-central-1.amazonaws.com/",
            "HTTPS://example.com",
            "http://127.0.0.1:5000",
            "http://[::1]:4566/x",
        ] {
            assert!(is_private(url), "{url}");
        }
        for url in [
            "http://example.com/",
            // A name, which a resolver decides on.
            "http://localhost:4566/",
            "http://user@127.0.0.1/",
            "http://10.0.0.1:4566/",
            "http://0.0.0.0:4566/",
            "http://localhost.example.com/",
            "http://127.0.0.1@example.com/",
            "http://127.0.0.1.example.com/",
            "http://[::2]/",
            "http://example.com/?https://localhost",
            "http://",
            "example.com",
            "",
        ] {
            assert!(!is_private(url), "{url}");
        }
    }
}
