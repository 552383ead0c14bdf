//! A token that was tried goes into its store, and its profile says where it is.
//!
//! Must not know: where the token came from.

use monday_sdk::auth::Secret;
use monday_sdk::queries::users::MeMe;
use monday_sdk::{CredentialKind, Endpoint};
use zeroize::Zeroizing;

use super::browser::Login;
use super::{Got, Store, Token};
use crate::Failure;
use crate::account::connection::{Account, told};
use crate::account::keyring::{APP_SERVICE, SERVICE, keyring, refused};
use crate::account::profile::{DEFAULT, Elsewhere, Entry, Place, SessionEntry, SessionStore};
use crate::account::runtime::CommandRuntime;
use crate::account::session;

/// Where it is kept, and on what.
pub(super) struct Keeping<'a> {
    pub(super) account: &'a Account,
    pub(super) place: &'a Place,
    pub(super) endpoint: &'a Endpoint,
    pub(super) runtime: &'a CommandRuntime,
}

/// What was kept, in words.
struct Told {
    what: String,
    place: String,
    code: String,
}

impl Keeping<'_> {
    /// Keeps it, and takes away what the profile had elsewhere before. Says where it is.
    pub(super) fn keep(&self, got: Got, store: Store, me: &MeMe) -> Result<String, Failure> {
        let (profile, file) = (&self.account.profile, self.place.path.display());
        let before = self.place.elsewhere(profile).unwrap_or_default();
        let (told, now) = match (got, store) {
            (Got::Session(login), store) => self.session(*login, store, me)?,
            (Got::Token(token), Store::Profile) => self.in_profile(token)?,
            (Got::Token(token), Store::Keyring) => self.in_keyring(&token)?,
        };
        let Told { what, place, code } = told;
        let left = self.forget(before, now.as_ref());
        Ok(format!(
            "kept     the {what} of {} <{}>, {}: the profile `{profile}`\n\
             in       {place}\n\
             found    by `cargo monday`{}, behind MONDAY_API_TOKEN and MONDAY_API_TOKEN_FILE{}\n\
             in code  {code}{left}",
            me.name,
            me.email,
            me.account.name,
            options(self.account),
            if now.is_some() { format!(": {file} says where it is") } else { String::new() },
        ))
    }

    fn in_profile(&self, token: Token) -> Result<(Told, Option<Elsewhere>), Failure> {
        let (profile, file) = (&self.account.profile, self.place.path.display().to_string());
        let kind = kind(&token);
        self.place.keep(profile, &Entry::Token(token.text, token.kind))?;
        let code = format!(
            "Chain::local(ProfileSource::new({file:?}, {profile:?})), with the feature `profile-file`"
        );
        let told =
            Told { what: format!("{kind} token"), place: format!("{file}, which only you can read"), code };
        Ok((told, None))
    }

    fn in_keyring(&self, token: &Token) -> Result<(Told, Option<Elsewhere>), Failure> {
        let profile = &self.account.profile;
        let entry = Entry::Elsewhere(Elsewhere::Keyring);
        // A file that cannot say where the token is would make it one that nobody finds.
        self.place.with(profile, &entry)?;
        let text = match token.kind {
            CredentialKind::OAuth => Zeroizing::new(format!("Bearer {}", token.text.as_str())),
            _ => token.text.clone(),
        };
        let (keyring, secret) = (keyring(), Secret::new(text.as_str()));
        self.runtime.block_on(keyring.keep(SERVICE, profile, &secret)).map_err(refused)?;
        if let Err(failure) = self.place.keep(profile, &entry) {
            let _ = self.runtime.block_on(keyring.forget(SERVICE, profile));
            return Err(failure);
        }
        let what = format!("{} token", kind(token));
        let place = format!("the system's keyring, as {profile:?} of the service {SERVICE:?}");
        let code = format!(
            "Chain::env().then(KeyringSource::new(keyring, {SERVICE:?}, {profile:?})), with the feature `keyring`"
        );
        Ok((Told { what, place, code }, Some(Elsewhere::Keyring)))
    }

    fn session(&self, login: Login, store: Store, me: &MeMe) -> Result<(Told, Option<Elsewhere>), Failure> {
        let Login { app, client_secret, grant, server } = login;
        let secret = Secret::new(client_secret.as_str());
        let store = match store {
            Store::Keyring => SessionStore::Keyring,
            Store::Profile => SessionStore::Files { client_secret },
        };
        let (account, user) = (me.account.id.to_string(), me.id.to_string());
        let client_id = app.client_id().to_owned();
        let entry = SessionEntry { store, client_id, account, user, server };
        let kept = Entry::Elsewhere(Elsewhere::Session(entry.clone()));
        self.place.with(&self.account.profile, &kept)?;
        let sessions = session::sessions(app, &entry, self.place, self.endpoint, self.runtime)?;
        if matches!(entry.store, SessionStore::Keyring) {
            let keeping = keyring().keep(APP_SERVICE, &entry.client_id, &secret);
            self.runtime.block_on(keeping).map_err(refused)?;
        }
        let adopted = self.runtime.block_on(sessions.adopt(&entry.key(), grant));
        adopted.map_err(|error| format!("the session was not kept: {}", told(&error)))?;
        if let Err(failure) = self.place.keep(&self.account.profile, &kept) {
            let _ = session::forget(&entry, self.place, self.runtime);
            return Err(failure);
        }
        let folder = self.place.sessions().display().to_string();
        let (place, opened) = match entry.store {
            SessionStore::Keyring => (
                format!(
                    "the system's keyring, with the app's secret; its locks, which are empty, in {folder}"
                ),
                format!(
                    "KeyringStore::new(keyring, {folder:?}, runtime), with the features `keyring` and `oauth`"
                ),
            ),
            SessionStore::Files { .. } => (
                format!("{folder}, which only you can read, and the app's secret in the profile"),
                format!("FileStore::new({folder:?}, runtime), with the feature `oauth`"),
            ),
        };
        let [app, account, user] = [&entry.client_id, &entry.account, &entry.user];
        let code = format!(
            "Chain::env().then(sessions.provider(&TokenKey::new({app:?}, {account:?}, {user:?}))?),\n         \
             `OAuthSessions` of {opened}"
        );
        let what = "OAuth session, which refreshes itself,".to_owned();
        Ok((Told { what, place, code }, Some(Elsewhere::Session(entry))))
    }

    /// Takes away what the profile had before; says what could not be taken away.
    fn forget(&self, before: Option<Elsewhere>, now: Option<&Elsewhere>) -> String {
        let is_replaced = match (&before, now) {
            (Some(Elsewhere::Session(old)), Some(Elsewhere::Session(new))) => {
                old.key() == new.key()
                    && matches!(old.store, SessionStore::Keyring)
                        == matches!(new.store, SessionStore::Keyring)
            }
            (Some(Elsewhere::Keyring), Some(Elsewhere::Keyring)) => true,
            _ => false,
        };
        let forgotten = match before {
            _ if is_replaced => Ok(()),
            None => Ok(()),
            Some(Elsewhere::Keyring) => {
                self.runtime.block_on(keyring().forget(SERVICE, &self.account.profile))
            }
            Some(Elsewhere::Session(old)) => session::forget(&old, self.place, self.runtime),
        };
        forgotten.err().map_or_else(String::new, |error| {
            format!("\nleft     what the profile had before: {error}\n-> take it out of its store by hand")
        })
    }
}

fn kind(token: &Token) -> &'static str {
    if token.kind == CredentialKind::OAuth { "OAuth" } else { "personal" }
}

/// What the other commands have to be told.
fn options(account: &Account) -> String {
    let mut text = String::new();
    if account.profile != DEFAULT {
        text = format!(" with --profile {}", account.profile);
    }
    if account.profile_file.is_some() {
        text.push_str(" with the same --profile-file");
    }
    text
}
