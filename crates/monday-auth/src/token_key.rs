//! Whose token it is: app, account, user. Every store, cache and lease is divided by it.
//!
//! Must not know: tokens.

use std::fmt;

use hmac_sha256::Hash;

/// The app's client id, the account and the user. The two latter are whatever names the caller gives them; monday's
/// ids or the account's slug will do.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TokenKey {
    pub(crate) app: String,
    pub(crate) account: String,
    pub(crate) user: String,
}

impl TokenKey {
    /// A key.
    pub fn new(app: impl Into<String>, account: impl Into<String>, user: impl Into<String>) -> Self {
        Self { app: app.into(), account: account.into(), user: user.into() }
    }

    /// The app's client id.
    #[must_use]
    pub fn app(&self) -> &str {
        &self.app
    }

    /// The account.
    #[must_use]
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The user.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// A name of 32 hexadecimal digits, for files, rows and locks. Different keys have different names.
    #[must_use]
    pub fn name(&self) -> String {
        let mut hash = Hash::new();
        for part in [&self.app, &self.account, &self.user] {
            // With its length, so that no two keys are the same text.
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digits = |byte: &u8| [byte >> 4, byte & 15].map(|four| char::from_digit(four.into(), 16));
        hash.finalize().iter().take(16).flat_map(digits).flatten().collect()
    }
}

impl fmt::Display for TokenKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.app, self.account, self.user)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_do_not_run_into_one_another() {
        let names = [
            TokenKey::new("app", "ab", "c"),
            TokenKey::new("app", "a", "bc"),
            TokenKey::new("appa", "b", "c"),
            TokenKey::new("app", "", "abc"),
        ]
        .map(|key| key.name());
        let different: std::collections::BTreeSet<_> = names.iter().collect();
        assert_eq!(different.len(), names.len());
        assert!(names.iter().all(|name| name.len() == 32));
    }
}
