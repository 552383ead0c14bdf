//! A URL that monday may send the user's browser back to, with a code in it.
//!
//! Must not know: logins.

use std::fmt;

use url::{Host, Url};

use crate::{AppFault, AuthError};

/// https, or http on `127.0.0.1` or `[::1]`; no fragment, user name or wildcard. It is sent exactly as written: monday
/// compares it as text with those of the app. `localhost` is refused: a resolver decides what it means (RFC 8252,
/// section 8.3).
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RedirectUri(String);

impl RedirectUri {
    /// Checks a redirect URI.
    pub fn new(text: &str) -> Result<Self, AuthError> {
        if is_allowed(text) { Ok(Self(text.to_owned())) } else { Err(AuthError::App(AppFault::RedirectUri)) }
    }

    /// It as written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for RedirectUri {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn is_allowed(text: &str) -> bool {
    let plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && !text.contains(['*', '\\', '#', '@']);
    let Some(url) = plain.then(|| Url::parse(text).ok()).flatten() else {
        return false;
    };
    let Some((scheme, rest)) = text.split_once("://") else {
        return false;
    };
    // What is written is what the parser understood: no `0x7f.1`, no dots or letters it had to put right.
    let authority = rest.split(['/', '?']).next().unwrap_or_default();
    let host = url.host_str().unwrap_or_default();
    let port = authority.strip_prefix(host);
    let written = port.is_some_and(|port| {
        let digits = port.strip_prefix(':').unwrap_or(if port.is_empty() { "0" } else { "" });
        (1..=5).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    });
    let loopback = match url.host() {
        Some(Host::Ipv4(address)) => address == std::net::Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(address)) => address == std::net::Ipv6Addr::LOCALHOST,
        Some(Host::Domain(_)) | None => false,
    };
    written && (scheme == "https" || scheme == "http" && loopback)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_redirect_uri_of_the_table_is_taken_or_refused_as_it_says() {
        let taken = [
            "https://app.example.com/callback",
            "https://app.example.com:8443/oauth/callback?tenant=1",
            "https://app.example.com",
            "http://127.0.0.1:8000/callback",
            "http://[::1]:8000/callback",
        ];
        let refused = [
            "http://localhost:8000/callback",
            "http://app.example.com/callback",
            "https://app.example.com/callback#x",
            "https://user@app.example.com/callback",
            "https://user:pass@app.example.com/callback",
            "https://*.example.com/callback",
            "https://app.example.com/*",
            "http://127.0.0.2/callback",
            "http://0.0.0.0/callback",
            "http://127.1/callback",
            "http://0x7f.1/callback",
            "http://2130706433/callback",
            "http://[::ffff:127.0.0.1]/callback",
            "http://127.0.0.1.evil.com/callback",
            "http://localhost.evil/callback",
            "https://APP.example.com/callback",
            "https://app.example.com\\@evil.com/",
            "https://app.example.com/ callback",
            "https://exämple.com/",
            "ftp://127.0.0.1/",
            "javascript:alert(1)",
            "myapp://callback",
            "//app.example.com/",
            "/callback",
            "",
        ];
        for uri in taken {
            assert!(RedirectUri::new(uri).is_ok(), "{uri}");
        }
        for uri in refused {
            assert!(RedirectUri::new(uri).is_err(), "{uri}");
        }
    }

    proptest::proptest! {
        #[test]
        fn whatever_is_taken_leads_to_https_or_to_this_machine(text in "(https?|ftp)://[a-z0-9.@:*\\[\\]#/?-]{0,30}") {
            if RedirectUri::new(&text).is_ok() {
                let url = Url::parse(&text).unwrap();
                let local = ["127.0.0.1", "[::1]"].contains(&url.host_str().unwrap());
                proptest::prop_assert!(url.scheme() == "https" || local);
                proptest::prop_assert!(url.username().is_empty() && url.fragment().is_none());
            }
        }
    }
}
