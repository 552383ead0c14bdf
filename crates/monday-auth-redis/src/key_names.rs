//! The names that a token's key has in Redis.
//!
//! Must not know: what is kept under them.

use std::sync::Arc;

use monday_auth::TokenKey;

/// Makes names of a prefix and a token's key. The key's own name is in braces, so that a cluster keeps all on one node.
#[derive(Debug, Clone)]
pub(crate) struct KeyNames(Arc<str>);

impl KeyNames {
    /// `None` for a prefix with braces, which would choose another node.
    pub(crate) fn new(prefix: &str) -> Option<Self> {
        (!prefix.contains(['{', '}'])).then(|| Self(prefix.into()))
    }

    pub(crate) fn record(&self, key: &TokenKey) -> String {
        self.name(key, "record")
    }

    pub(crate) fn lease(&self, key: &TokenKey) -> String {
        self.name(key, "lease")
    }

    pub(crate) fn preflight(&self, key: &TokenKey) -> String {
        self.name(key, "preflight")
    }

    pub(crate) fn unreadable(&self, key: &TokenKey) -> String {
        self.name(key, "unreadable")
    }

    fn name(&self, key: &TokenKey, what: &str) -> String {
        format!("{}{{{}}}:{what}", self.0, key.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cluster_keeps_all_names_of_a_key_on_one_node() {
        let (names, key) = (KeyNames::new("app:").unwrap(), TokenKey::new("app", "account", "user"));
        let tag = format!("app:{{{}}}:", key.name());
        for name in [names.record(&key), names.lease(&key), names.preflight(&key), names.unreadable(&key)] {
            assert!(name.starts_with(&tag), "{name}");
        }
        assert!(KeyNames::new("{}").is_none());
    }
}
