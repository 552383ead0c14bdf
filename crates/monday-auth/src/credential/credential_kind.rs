//! Kinds of tokens, and how each is written into the header.
//!
//! Must not know: tokens.

/// What kind of token it is, and so how it is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum CredentialKind {
    /// A personal access token, sent raw: `Authorization: <token>`.
    ///
    /// Source: <https://developer.monday.com/api-reference/docs/authentication>.
    PersonalToken,
    /// An OAuth access token: `Authorization: Bearer <token>` (RFC 6750, section 2.1).
    OAuth,
    /// An access token of monday's older OAuth flow, which does not end. Sent as [`OAuth`](Self::OAuth).
    LegacyOAuth,
    /// The `shortLivedToken` of a request that monday has signed. It lives 5 minutes and is sent raw.
    ///
    /// Source: <https://developer.monday.com/apps/docs/integration-authorization>.
    ShortLived,
}

/// How a token is written into the header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Scheme {
    /// `Authorization: <token>`.
    Raw,
    /// `Authorization: Bearer <token>` (RFC 6750, section 2.1).
    Bearer,
}

impl CredentialKind {
    /// How tokens of this kind are sent, unless [`Credential::with_scheme`](crate::Credential::with_scheme) says otherwise.
    #[must_use]
    pub fn scheme(self) -> Scheme {
        match self {
            Self::PersonalToken | Self::ShortLived => Scheme::Raw,
            Self::OAuth | Self::LegacyOAuth => Scheme::Bearer,
        }
    }

    /// The kind in a few words, for people.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Self::PersonalToken => "personal token",
            Self::OAuth => "OAuth token",
            Self::LegacyOAuth => "OAuth token of the legacy flow",
            Self::ShortLived => "short-lived token",
        }
    }
}
