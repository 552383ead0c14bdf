//! What a profile says: its token, or where that is kept.
//!
//! Holds secrets, so nothing of it has a `Debug`. Must not know: the file's other profiles.

use monday_sdk::CredentialKind;
use monday_sdk::auth::TokenKey;
use toml_edit::{Item, TableLike};
use zeroize::Zeroizing;

use crate::Failure;

/// What is put into a profile.
pub(in crate::account) enum Entry {
    /// The token itself.
    Token(Zeroizing<String>, CredentialKind),
    /// Where it is.
    Elsewhere(Elsewhere),
}

/// A token that is kept elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::account) enum Elsewhere {
    /// One text in the keyring, under the profile's name.
    Keyring,
    /// A session of OAuth.
    Session(SessionEntry),
}

/// Whose session it is, and what it takes to refresh it.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::account) struct SessionEntry {
    pub(in crate::account) store: SessionStore,
    pub(in crate::account) client_id: String,
    pub(in crate::account) account: String,
    pub(in crate::account) user: String,
    /// The sandbox's authorization server, where it is not monday's.
    pub(in crate::account) server: Option<String>,
}

/// Where a session is.
#[derive(Clone, PartialEq, Eq)]
pub(in crate::account) enum SessionStore {
    Keyring,
    /// In files beside the profiles; the app's secret stands in the profile.
    Files {
        client_secret: Zeroizing<String>,
    },
}

impl SessionEntry {
    /// The key of its record in a store.
    pub(in crate::account) fn key(&self) -> TokenKey {
        TokenKey::new(&self.client_id, &self.account, &self.user)
    }
}

impl Entry {
    /// Every key that `login` writes, with its text or to be taken away.
    pub(super) fn keys(&self) -> [(&'static str, Option<&str>); 8] {
        let (token, kind, session) = match self {
            Self::Token(token, CredentialKind::OAuth) => (Some(token.as_str()), Some("oauth"), None),
            Self::Token(token, _) => (Some(token.as_str()), Some("personal"), None),
            Self::Elsewhere(Elsewhere::Keyring) => (None, None, None),
            Self::Elsewhere(Elsewhere::Session(session)) => (None, Some("oauth"), Some(session)),
        };
        let (store, secret) = match (self, session.map(|session| &session.store)) {
            (Self::Token(..), _) => (None, None),
            (_, Some(SessionStore::Files { client_secret })) => (Some("files"), Some(client_secret.as_str())),
            (_, Some(SessionStore::Keyring) | None) => (Some("keyring"), None),
        };
        [
            ("token", token),
            ("store", store),
            ("kind", kind),
            ("client-id", session.map(|session| session.client_id.as_str())),
            ("client-secret", secret),
            ("account", session.map(|session| session.account.as_str())),
            ("user", session.map(|session| session.user.as_str())),
            ("authorization-server", session.and_then(|session| session.server.as_deref())),
        ]
    }
}

impl Elsewhere {
    /// What a profile says; nothing where it has its token, or none. No text of the profile is in an error.
    pub(super) fn of(profile: &dyn TableLike) -> Result<Option<Self>, Failure> {
        let text = |key: &str| profile.get(key).and_then(Item::as_str).map(str::to_owned);
        let again = "-> log in again: cargo monday login";
        let needed = |key: &str| text(key).ok_or_else(|| format!("it has no `{key}` that is text\n{again}"));
        if profile.get("token").is_some() {
            return Ok(None);
        }
        let store = match (text("store").as_deref(), text("client-id").is_some()) {
            (None, _) => return Ok(None),
            (Some("keyring"), false) => return Ok(Some(Self::Keyring)),
            (Some("keyring"), true) => SessionStore::Keyring,
            (Some("files"), _) => {
                SessionStore::Files { client_secret: Zeroizing::new(needed("client-secret")?) }
            }
            (Some(_), _) => {
                return Err(format!("its `store` is neither \"keyring\" nor \"files\"\n{again}"));
            }
        };
        Ok(Some(Self::Session(SessionEntry {
            store,
            client_id: needed("client-id")?,
            account: needed("account")?,
            user: needed("user")?,
            server: text("authorization-server"),
        })))
    }
}
