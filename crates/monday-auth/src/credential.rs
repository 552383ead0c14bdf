//! A finished credential: one header value, its audience, and what is known about it.
//!
//! The header is written here and nowhere else. Must not know: where tokens come from.

mod credential_kind;

use std::fmt;
use std::time::{Duration, SystemTime};

use http::HeaderValue;

use crate::{Audience, AuthError, EnvSource, Fingerprint, Secret, TokenFault};

pub use credential_kind::{CredentialKind, Scheme};

const BEARER: &str = "Bearer ";

/// How long a `shortLivedToken` lives.
const SHORT_LIFE: Duration = Duration::from_mins(5);

/// Counts the tokens that have followed one another at a source. A newer token has a higher generation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Generation(pub u64);

/// A token as the header it is sent in. The header is marked sensitive; `Debug` shows a fingerprint.
///
/// The header value itself is not overwritten on drop: `http::HeaderValue` cannot do that.
#[derive(Clone, PartialEq, Eq)]
pub struct Credential {
    header: HeaderValue,
    kind: CredentialKind,
    generation: Generation,
    expires_at: Option<SystemTime>,
    fingerprint: Fingerprint,
    audience: Audience,
}

impl Credential {
    /// A personal access token for monday's API.
    ///
    /// One trailing newline and one `Bearer ` prefix are taken off; the rest must be 8 to 8192 visible ASCII
    /// characters.
    pub fn personal_token(token: impl Into<String>) -> Result<Self, AuthError> {
        Self::new(CredentialKind::PersonalToken, &Secret::new(token))
    }

    /// An OAuth access token for monday's API. The same rules hold for its text.
    pub fn oauth(access_token: impl Into<String>) -> Result<Self, AuthError> {
        Self::new(CredentialKind::OAuth, &Secret::new(access_token))
    }

    /// The `shortLivedToken` of a request that monday has just signed, for monday's API. It ends 5 minutes from now.
    pub fn short_lived(token: impl Into<String>) -> Result<Self, AuthError> {
        let credential = Self::new(CredentialKind::ShortLived, &Secret::new(token))?;
        Ok(credential.with_expiry(SystemTime::now() + SHORT_LIFE))
    }

    /// The credential in `MONDAY_API_TOKEN`, else in the file named by `MONDAY_API_TOKEN_FILE`.
    pub fn from_env() -> Result<Self, AuthError> {
        EnvSource::new().read()
    }

    /// A credential of any kind.
    pub fn new(kind: CredentialKind, token: &Secret) -> Result<Self, AuthError> {
        Self::named(kind, token, "the value given")
    }

    pub(crate) fn named(
        kind: CredentialKind,
        token: &Secret,
        source_name: &'static str,
    ) -> Result<Self, AuthError> {
        let invalid = |fault| AuthError::InvalidToken { source_name, fault };
        let token = bare(token.expose());
        check(token).map_err(invalid)?;
        Ok(Self {
            header: header(kind.scheme(), token).ok_or_else(|| invalid(TokenFault::Character))?,
            kind,
            generation: Generation::default(),
            expires_at: None,
            fingerprint: Secret::new(token).fingerprint(),
            audience: Audience::monday(),
        })
    }

    /// The same credential for another server, such as a sandbox.
    #[must_use]
    pub fn for_audience(mut self, audience: Audience) -> Self {
        self.audience = audience;
        self
    }

    /// The same credential with another generation.
    #[must_use]
    pub fn with_generation(mut self, generation: Generation) -> Self {
        self.generation = generation;
        self
    }

    /// The same credential with the time its token ends.
    #[must_use]
    pub fn with_expiry(mut self, expires_at: SystemTime) -> Self {
        self.expires_at = Some(expires_at);
        self
    }

    /// The same credential, sent in another way than its kind is.
    #[must_use]
    pub fn with_scheme(mut self, scheme: Scheme) -> Self {
        // What was a header is one again.
        if let Some(header) = self.token().and_then(|token| header(scheme, token)) {
            self.header = header;
        }
        self
    }

    /// The token in the open.
    pub(crate) fn token(&self) -> Option<&str> {
        let text = self.header.to_str().ok()?;
        Some(text.strip_prefix(BEARER).unwrap_or(text))
    }

    /// The value of `Authorization`, for the audience the request goes to. Another audience gets an error.
    pub fn header_for(&self, audience: &Audience) -> Result<HeaderValue, AuthError> {
        if *audience == self.audience {
            Ok(self.header.clone())
        } else {
            Err(AuthError::WrongAudience { credential: self.audience.clone(), endpoint: audience.clone() })
        }
    }

    /// What kind of token it is.
    #[must_use]
    pub fn kind(&self) -> CredentialKind {
        self.kind
    }

    /// Which of its source's tokens it is.
    #[must_use]
    pub fn generation(&self) -> Generation {
        self.generation
    }

    /// When the token ends, if known. Personal tokens do not.
    #[must_use]
    pub fn expires_at(&self) -> Option<SystemTime> {
        self.expires_at
    }

    /// The token's fingerprint, for logs.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        self.fingerprint
    }

    /// Whom it may be sent to.
    #[must_use]
    pub fn audience(&self) -> &Audience {
        &self.audience
    }
}

fn header(scheme: Scheme, token: &str) -> Option<HeaderValue> {
    // Built in a `Secret`, so that the joined text is overwritten too.
    let text = match scheme {
        Scheme::Raw => Secret::new(token),
        Scheme::Bearer => Secret::new([BEARER, token].concat()),
    };
    let mut header = HeaderValue::from_str(text.expose()).ok()?;
    header.set_sensitive(true);
    Some(header)
}

fn bare(token: &str) -> &str {
    let token = token.strip_suffix('\n').map_or(token, |token| token.strip_suffix('\r').unwrap_or(token));
    token.strip_prefix(BEARER).unwrap_or(token)
}

fn check(token: &str) -> Result<(), TokenFault> {
    match token.len() {
        0..8 => Err(TokenFault::TooShort),
        8..=8192 if token.bytes().all(|byte| byte.is_ascii_graphic()) => Ok(()),
        8..=8192 => Err(TokenFault::Character),
        _ => Err(TokenFault::TooLong),
    }
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Credential")
            .field("kind", &self.kind)
            .field("generation", &self.generation.0)
            .field("expires_at", &self.expires_at)
            .field("fingerprint", &self.fingerprint)
            .field("audience", &self.audience.to_string())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sent(credential: &Credential) -> HeaderValue {
        credential.header_for(&Audience::monday()).unwrap()
    }

    #[test]
    fn a_personal_token_is_sent_raw_and_an_oauth_token_as_bearer() {
        assert_eq!(sent(&Credential::personal_token("token-1234").unwrap()), "token-1234");
        assert_eq!(sent(&Credential::oauth("token-1234").unwrap()), "Bearer token-1234");
        assert_eq!(sent(&Credential::oauth("Bearer token-1234\r\n").unwrap()), "Bearer token-1234");
        assert_eq!(sent(&Credential::personal_token("Bearer token-1234\n").unwrap()), "token-1234");
    }

    #[test]
    fn the_header_is_marked_sensitive() {
        let credential = Credential::oauth("token-1234").unwrap();
        assert!(sent(&credential).is_sensitive());
        assert!(sent(&credential.with_scheme(Scheme::Raw)).is_sensitive());
    }

    #[test]
    fn a_short_lived_token_is_sent_raw_and_ends_in_five_minutes() {
        let credential = Credential::short_lived("token-1234").unwrap();
        assert_eq!(
            (sent(&credential), credential.kind().scheme()),
            ("token-1234".parse().unwrap(), Scheme::Raw)
        );
        let left = credential.expires_at().unwrap().duration_since(SystemTime::now()).unwrap();
        assert!(left <= SHORT_LIFE && left + Duration::from_secs(10) > SHORT_LIFE);
    }

    #[test]
    fn the_scheme_can_be_overridden_and_changes_nothing_else() {
        let raw = Credential::oauth("token-1234").unwrap();
        let bearer = Credential::personal_token("token-1234").unwrap().with_scheme(Scheme::Bearer);
        assert_eq!(sent(&bearer), "Bearer token-1234");
        assert_eq!(bearer.kind(), CredentialKind::PersonalToken);
        assert_eq!(bearer.fingerprint(), raw.fingerprint());
        assert_eq!(sent(&raw.with_scheme(Scheme::Raw)), "token-1234");
        assert_eq!(sent(&bearer.with_scheme(Scheme::Bearer)), "Bearer token-1234");
    }

    #[test]
    fn another_scheme_host_or_port_gets_no_header() {
        let credential = Credential::personal_token("token-1234").unwrap();
        for url in ["http://api.monday.com/v2", "https://api.monday.com:444/v2", "https://evil.example/v2"] {
            let audience = Audience::of(&url::Url::parse(url).unwrap()).unwrap();
            assert!(
                matches!(credential.header_for(&audience), Err(AuthError::WrongAudience { .. })),
                "{url}"
            );
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_with_the_reason() {
        let fault = |token: &str| match Credential::personal_token(token) {
            Err(AuthError::InvalidToken { fault, .. }) => Some(fault),
            _ => None,
        };
        assert_eq!(fault(""), Some(TokenFault::TooShort));
        assert_eq!(fault("seven77"), Some(TokenFault::TooShort));
        assert_eq!(fault(&"x".repeat(8193)), Some(TokenFault::TooLong));
        assert_eq!(fault(&"x".repeat(8192)), None);
        for token in ["token-1234\n\n", "token 1234", "tok\r\nX: y-12", "tökén-1234", "Bearer Bearer token-1"]
        {
            assert_eq!(fault(token), Some(TokenFault::Character), "{token:?}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_one_clean_header_or_an_error(text in ".{0,64}") {
            if let Ok(credential) = Credential::oauth(text) {
                let header = sent(&credential);
                let value = header.to_str().unwrap();
                proptest::prop_assert!(value.starts_with("Bearer ") && value[7..].bytes().all(|b| b.is_ascii_graphic()));
            }
        }
    }
}
