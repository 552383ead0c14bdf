//! What is wrong with a token, a URL, a profile file or a program that prints a token.
//!
//! Must not know: their contents.

use std::io;

/// What is wrong with a token's text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum TokenFault {
    /// Under 8 bytes.
    #[error("shorter than 8 bytes")]
    TooShort,
    /// Over 8192 bytes.
    #[error("longer than 8192 bytes")]
    TooLong,
    /// A space, a control character or a character outside ASCII.
    #[error("it holds a character that is not visible ASCII")]
    Character,
}

/// Why a URL is no endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointFault {
    /// It does not parse, or has no host.
    #[error("it is not an absolute URL with a host")]
    NoUrl,
    /// Not https.
    #[error("only https is allowed")]
    NotHttps,
    /// Not a loopback address in its plain spelling.
    #[error("a loopback endpoint is http(s)://127.0.0.1 or http(s)://[::1], written so")]
    NotLoopback,
    /// It has a user name or password.
    #[error("it holds a user name or password")]
    UserInfo,
    /// It has a query or fragment.
    #[error("it holds a query or fragment")]
    QueryOrFragment,
}

/// Why a profile file is not usable.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ProfileFault {
    /// It cannot be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// Others may read it, or it is not a plain file of this user.
    #[error("it must be a plain file of this user that nobody else can read")]
    Exposed,
    /// It is not TOML.
    #[error("it is not TOML (line {line})")]
    Syntax {
        /// Where, counted from 1.
        line: usize,
    },
    /// The profile has no `token`, or one that is not text.
    #[error("the profile has no `token` that is text")]
    NoToken,
    /// The profile's `kind` is another one than the two.
    #[error("the profile's `kind` is neither \"personal\" nor \"oauth\"")]
    UnknownKind,
}

/// Why a program gave no token.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum ProcessFault {
    /// It could not be started.
    #[error("it could not be started: {0}")]
    NotStarted(io::ErrorKind),
    /// It ended with another status than 0.
    #[error("it ended with status {0:?}")]
    Status(Option<i32>),
    /// It took longer than allowed.
    #[error("it took too long")]
    TimedOut,
    /// It printed more than 64 KiB.
    #[error("it printed more than 64 KiB")]
    TooMuch,
    /// It printed more than one line, or something that is not text.
    #[error("it did not print one line of text")]
    NotOneLine,
}

/// Why a secret manager gave no secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SecretFault {
    /// There is no secret of this name, where one must be.
    #[error("there is no secret of this name")]
    Absent,
    /// There is nothing to sign in to it with.
    #[error("there are no credentials to sign in to it with")]
    NoIdentity,
    /// It does not let this identity read the secret.
    #[error("it does not let this identity read the secret")]
    Denied,
    /// It asks to be called less often.
    #[error("it asks to be called less often")]
    Throttled,
    /// It cannot be reached, or does not answer for now.
    #[error("it is not available")]
    Unavailable,
    /// The secret, or its current version, is disabled or about to be deleted.
    #[error("the secret is disabled or about to be deleted")]
    Disabled,
    /// The bytes that came are not those that were kept.
    #[error("the secret's checksum is wrong")]
    Checksum,
    /// It is no text, or longer than 64 KiB.
    #[error("the secret is no text of up to 64 KiB")]
    NotText,
    /// It cannot be an app's client secret.
    #[error("the secret is no visible ASCII of up to 512 bytes, as a client secret is")]
    NotClientSecret,
    /// It is a JSON object, and nobody said in which field the secret is.
    #[error("the secret is a JSON object: use a `SecretField`")]
    Object,
    /// It is not a JSON object with this field, or the field is not text.
    #[error("the secret is not a JSON object whose field is text")]
    NoField,
    /// It answered with something else that is of no use.
    #[error("it refused the request")]
    Refused,
}

impl SecretFault {
    /// Whether the same call may succeed later without anyone's doing.
    #[must_use]
    pub fn is_retryable(self) -> bool {
        matches!(self, Self::Throttled | Self::Unavailable | Self::Checksum)
    }

    pub(crate) fn advice(self) -> &'static str {
        match self {
            Self::NoIdentity => "sign this machine in to its cloud, or give the process a role",
            Self::Denied => "let this identity read the secret, and use the key it is encrypted with",
            Self::Throttled | Self::Unavailable => "call again later; tokens in use go on working",
            Self::Disabled => "enable the secret's current version, or restore the secret",
            Self::Checksum => "call again; if it stays so, put the secret there again",
            Self::NotText => "keep the token itself as text, or a JSON object with the token in a field",
            Self::NotClientSecret => {
                "copy the client secret again from the app's page in the Developer Center"
            }
            Self::Object => "name the field with a `SecretField`, or for a source by `field`",
            Self::NoField => "compare the field's name with the keys of the secret's JSON object",
            Self::Absent | Self::Refused => {
                "compare the secret's name and region with the secret manager's console"
            }
        }
    }
}
