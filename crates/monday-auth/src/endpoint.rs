//! A URL that requests may be sent to: https, or plain http on a loopback address named as such.
//!
//! The URL policy has this one place. Must not know: what is sent there.

use url::Url;

use crate::{Audience, AuthError, EndpointFault};

/// Where the API is. Without userinfo, query or fragment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Endpoint {
    url: Url,
    audience: Audience,
    loopback: bool,
}

/// Compared with the text as written: the URL parser would turn `0x7f.1` and `2130706433` into 127.0.0.1.
const LOOPBACK_HOSTS: [&str; 2] = ["127.0.0.1", "[::1]"];

impl Endpoint {
    /// An https endpoint.
    ///
    /// ```
    /// use monday_auth::Endpoint;
    /// assert!(Endpoint::https("https://api.monday.com/v2").is_ok());
    /// assert!(Endpoint::https("http://api.monday.com/v2").is_err());
    /// ```
    pub fn https(url: &str) -> Result<Self, AuthError> {
        let url = parse(url)?;
        if url.scheme() != "https" {
            return Err(AuthError::InsecureEndpoint(EndpointFault::NotHttps));
        }
        Self::of(url, false)
    }

    /// An endpoint on this machine, for sandboxes and tests: http or https on `127.0.0.1` or `[::1]`, written so.
    /// `localhost` is refused, since a resolver decides what it means.
    pub fn loopback(url: &str) -> Result<Self, AuthError> {
        let parsed = parse(url)?;
        let authority = url.split_once("://").map_or("", |(_, rest)| rest);
        let authority = authority.split(['/', '?', '#']).next().unwrap_or_default();
        let host = match authority.rfind(':') {
            Some(colon) if !authority.ends_with(']') => authority.get(..colon).unwrap_or_default(),
            _ => authority,
        };
        if !LOOPBACK_HOSTS.contains(&host) || !matches!(parsed.scheme(), "http" | "https") {
            return Err(AuthError::InsecureEndpoint(EndpointFault::NotLoopback));
        }
        Self::of(parsed, true)
    }

    /// monday's GraphQL endpoint, `https://api.monday.com/v2`.
    pub fn monday() -> Result<Self, AuthError> {
        Self::https("https://api.monday.com/v2")
    }

    fn of(url: Url, loopback: bool) -> Result<Self, AuthError> {
        let audience = Audience::of(&url).ok_or(AuthError::InsecureEndpoint(EndpointFault::NoUrl))?;
        Ok(Self { url, audience, loopback })
    }

    /// The URL.
    #[must_use]
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The audience a credential must have to be sent here.
    #[must_use]
    pub fn audience(&self) -> &Audience {
        &self.audience
    }

    /// Made by [`loopback`](Self::loopback).
    #[must_use]
    pub fn is_loopback(&self) -> bool {
        self.loopback
    }
}

fn parse(text: &str) -> Result<Url, AuthError> {
    let refuse = |fault| Err(AuthError::InsecureEndpoint(fault));
    let Ok(url) = Url::parse(text) else {
        return refuse(EndpointFault::NoUrl);
    };
    if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
        return refuse(EndpointFault::UserInfo);
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse(EndpointFault::QueryOrFragment);
    }
    if text.chars().any(|c| c.is_whitespace() || c.is_control() || c == '\\') || url.host_str().is_none() {
        return refuse(EndpointFault::NoUrl);
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_url_of_the_table_is_taken_or_refused_as_it_says() {
        // (url, taken by https, taken by loopback)
        let table = [
            ("https://api.monday.com/v2", true, false),
            ("https://api.monday.com", true, false),
            ("https://api.monday.com:8443/v2", true, false),
            ("HTTPS://api.monday.com/v2", true, false),
            ("https://10.0.0.1/v2", true, false),
            ("http://127.0.0.1:4000/v2", false, true),
            ("http://127.0.0.1/v2", false, true),
            ("https://127.0.0.1:4000/v2", true, true),
            ("http://[::1]:4000/v2", false, true),
            ("http://[::1]/v2", false, true),
            ("http://api.monday.com/v2", false, false),
            ("http://localhost/v2", false, false),
            ("http://localhost.evil/v2", false, false),
            ("http://127.0.0.1.evil.com/v2", false, false),
            ("http://127.0.0.1.nip.io/v2", false, false),
            ("http://[::ffff:127.0.0.1]/v2", false, false),
            ("http://[::ffff:7f00:1]/v2", false, false),
            ("http://[0:0:0:0:0:0:0:1]/v2", false, false),
            ("http://0x7f.1/v2", false, false),
            ("http://0x7f000001/v2", false, false),
            ("http://2130706433/v2", false, false),
            ("http://017700000001/v2", false, false),
            ("http://127.1/v2", false, false),
            ("http://127.0.0.2/v2", false, false),
            ("http://0.0.0.0/v2", false, false),
            ("http://127.0.0.1@evil.com/v2", false, false),
            ("http://evil.com@127.0.0.1/v2", false, false),
            ("https://user:password@api.monday.com/v2", false, false),
            ("https://user@api.monday.com/v2", false, false),
            ("https://@api.monday.com/v2", false, false),
            ("https://api.monday.com/v2?token=x", false, false),
            ("https://api.monday.com/v2#x", false, false),
            ("http://127.0.0.1/v2?x=1", false, false),
            ("http://127.0.0.1\\@evil.com/v2", false, false),
            (" https://api.monday.com/v2", false, false),
            ("https://api.mon\nday.com/v2", false, false),
            ("https://api.monday.com/v2\t", false, false),
            ("ftp://127.0.0.1/v2", false, false),
            ("file:///etc/passwd", false, false),
            ("//api.monday.com/v2", false, false),
            ("api.monday.com/v2", false, false),
            ("https://", false, false),
            ("javascript:alert(1)", false, false),
            ("", false, false),
        ];
        for (url, https, loopback) in table {
            assert_eq!(Endpoint::https(url).is_ok(), https, "https {url:?}");
            assert_eq!(Endpoint::loopback(url).is_ok(), loopback, "loopback {url:?}");
        }
    }

    #[test]
    fn a_refusal_does_not_quote_the_url() {
        let error = Endpoint::https("https://user:canary-55@api.monday.com/v2").unwrap_err();
        assert!(!format!("{error}{error:?}").contains("canary"));
    }
}
