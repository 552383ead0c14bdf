//! A secret that shows itself as a fingerprint only.
//!
//! Must not know: what the secret is for.

use std::fmt;

use hmac_sha256::Hash;
use secrecy::{ExposeSecret, SecretString};

/// A token, client secret or key. Its memory is overwritten on drop.
///
/// Has no `Display` and no `Serialize`; `Debug` shows the fingerprint:
///
/// ```
/// let secret = monday_auth::Secret::new("not-a-real-token");
/// assert!(!format!("{secret:?}").contains("token"));
/// ```
///
/// ```compile_fail,E0277
/// println!("{}", monday_auth::Secret::new("not-a-real-token"));
/// ```
pub struct Secret(SecretString);

/// The first four bytes of a secret's SHA-256: enough to tell two secrets apart in a log, too little to find one.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Fingerprint([u8; 4]);

impl Secret {
    /// Takes a secret in.
    pub fn new(secret: impl Into<String>) -> Self {
        Self(SecretString::from(secret.into()))
    }

    /// Its fingerprint.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let [a, b, c, d, ..] = Hash::hash(self.expose().as_bytes());
        Fingerprint([a, b, c, d])
    }

    /// A second copy, made knowingly.
    #[cfg(feature = "oauth")]
    pub(crate) fn duplicate(&self) -> Self {
        Self::new(self.expose())
    }

    #[expect(clippy::disallowed_methods, reason = "the one door of this crate to an open secret")]
    pub(crate) fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.fingerprint())
    }
}

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("sha256:")?;
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_is_the_start_of_the_sha256() {
        // printf abc | sha256sum
        assert_eq!(format!("{:?}", Secret::new("abc")), "Secret(sha256:ba7816bf)");
    }
}
