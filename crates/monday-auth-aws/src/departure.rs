//! Whether a call left this machine, and that it leaves only where nobody can listen.
//!
//! Must not know: what is sent.

use std::fmt;
use std::net::IpAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use aws_sdk_secretsmanager::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_secretsmanager::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_secretsmanager::error::BoxError;

/// The endpoint is neither `https` nor on this machine. `AWS_ENDPOINT_URL` or a profile may have said so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exposed;

impl fmt::Display for Exposed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the endpoint is neither https nor on this machine")
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
    let Some((scheme, rest)) = url.split_once("://") else {
        return false;
    };
    if scheme.eq_ignore_ascii_case("https") {
        return true;
    }
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let place = authority.rsplit_once('@').map_or(authority, |(_, place)| place);
    let host = match place.strip_prefix('[') {
        Some(address) => address.split(']').next(),
        None => place.split(':').next(),
    };
    let host = host.unwrap_or_default();
    host.eq_ignore_ascii_case("localhost") || host.parse::<IpAddr>().is_ok_and(|host| host.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_machine_are_private() {
        for url in [
            "https://secretsmanager.eu-central-1.amazonaws.com/",
            "HTTPS://example.com",
            "http://localhost:4566/",
            "http://LOCALHOST",
            "http://127.0.0.1:5000",
            "http://127.8.8.8/",
            "http://[::1]:4566/x",
            "http://user@127.0.0.1/",
        ] {
            assert!(is_private(url), "{url}");
        }
        for url in [
            "http://example.com/",
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
