//! What is wrong with a request that should be signed by monday.
//!
//! Must not know: the token, the secret.

/// Why a request is not taken for monday's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, thiserror::Error)]
#[non_exhaustive]
pub enum SignedFault {
    /// No `Authorization`, or an empty one. Webhooks that a personal token created come so.
    #[error("it is not signed; webhooks created with a personal token are not")]
    Unsigned,
    /// Over 8 KiB.
    #[error("the token is longer than 8 KiB")]
    TooLong,
    /// Not three parts of base64url, or a payload that is not a JSON object.
    #[error("the token is not a signed JWT")]
    Malformed,
    /// A header that is not a JSON object, names a field twice, has another type than `JWT`, or a field that changes how
    /// the token is read or brings its own key.
    #[error("the token's header is not one that monday sends")]
    Header,
    /// Another algorithm than HS256.
    #[error("the token's algorithm is not HS256")]
    Algorithm,
    /// The signature is not of this secret.
    #[error("the signature does not match: forged, or the secret of another kind or app")]
    Signature,
    /// It has ended more than 60 seconds ago.
    #[error("the token has ended")]
    Expired,
    /// It begins more than 60 seconds from now.
    #[error("the token is not valid yet")]
    NotYetValid,
    /// Made for another endpoint.
    #[error("the token is for another endpoint")]
    Audience,
    /// A claim is missing, or has a value it cannot have.
    #[error("the token's claim {0} is missing or unusable")]
    Claim(&'static str),
    /// The secret itself is none: 8 to 512 visible ASCII characters.
    #[error("the secret is not 8 to 512 visible ASCII characters")]
    Secret,
}
