//! Whom a credential is meant for: one scheme, host and port.
//!
//! Must not know: credentials themselves, paths.

use std::fmt;
use std::sync::Arc;

use url::Url;

/// A scheme, host and port. A credential goes to its own audience and to no other.
///
/// Cloning it copies a pointer: every call clones its credential.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Audience(Arc<Origin>);

#[derive(PartialEq, Eq, Hash)]
struct Origin {
    scheme: String,
    host: String,
    port: u16,
}

impl Audience {
    /// monday's API: `https://api.monday.com:443`.
    #[must_use]
    pub fn monday() -> Self {
        Self(Arc::new(Origin { scheme: "https".to_owned(), host: "api.monday.com".to_owned(), port: 443 }))
    }

    /// The audience a URL belongs to; `None` for a URL without host or known port.
    #[must_use]
    pub fn of(url: &Url) -> Option<Self> {
        Some(Self(Arc::new(Origin {
            scheme: url.scheme().to_owned(),
            host: url.host_str()?.to_owned(),
            port: url.port_or_known_default()?,
        })))
    }
}

impl fmt::Display for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Origin { scheme, host, port } = &*self.0;
        write!(f, "{scheme}://{host}:{port}")
    }
}

impl fmt::Debug for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Origin { scheme, host, port } = &*self.0;
        f.debug_struct("Audience").field("scheme", scheme).field("host", host).field("port", port).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(url: &str) -> Option<Audience> {
        Audience::of(&Url::parse(url).unwrap())
    }

    #[test]
    fn scheme_host_and_port_all_count_and_the_path_does_not() {
        assert_eq!(of("https://api.monday.com/v2"), Some(Audience::monday()));
        assert_eq!(of("https://API.monday.com:443/v2/file"), Some(Audience::monday()));
        for other in [
            "http://api.monday.com/v2",
            "https://api.monday.com:8443/v2",
            "https://api.monday.com.evil.org/v2",
        ] {
            assert_ne!(of(other), Some(Audience::monday()), "{other}");
        }
    }
}
