//! Records and keys for the tests.
//!
//! Must not know: stores.

use std::sync::Arc;

use monday_auth::{RecordText, TokenKey, TokenRecord};

/// What must be nowhere but in the store.
pub(crate) const CANARY: &str = "canary-a7f3c2-token";

/// A key that no other test has.
pub(crate) fn key(test: &str) -> TokenKey {
    TokenKey::new("app", "account", format!("{test}-{}", uuid::Uuid::new_v4()))
}

/// A record of this generation whose tokens are canaries.
pub(crate) fn record(key: &TokenKey, generation: u64) -> Arc<TokenRecord> {
    let text = format!(
        r#"{{"format":"monday-token-record","version":1,"app":"{}","account":"{}","user":"{}","kind":"oauth",
            "access_token":"{CANARY}-access-{generation}","refresh_token":"{CANARY}-refresh-{generation}",
            "scope":"boards:read","obtained_at":1700000000000,"expires_at":1700003600000,
            "authorized_at":1700000000000,"generation":{generation},"issuer":"https://auth.monday.com",
            "needs_consent":false}}"#,
        key.app(),
        key.account(),
        key.user()
    );
    Arc::new(RecordText::read(key, text.as_bytes()).unwrap())
}
