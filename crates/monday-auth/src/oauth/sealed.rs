//! A login under way as text for a cookie, which nobody else can read or change.
//!
//! Must not know: cookies.

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::{Deserialize, Serialize};
use zeroize::{Zeroize, Zeroizing};

use super::{OAuthApp, PendingAuthorization, RedirectUri};
use crate::sealing::{SealKey, open, seal};
use crate::token_record::millis;
use crate::unix_time::from_millis;
use crate::{AppFault, AuthError, CallbackFault, ScopeSet, Secret};

#[derive(Serialize, Deserialize)]
struct Written {
    state: String,
    verifier: String,
    redirect_uri: String,
    scopes: String,
    begun_at: u64,
}

impl Drop for Written {
    fn drop(&mut self) {
        self.state.zeroize();
        self.verifier.zeroize();
    }
}

fn context(client_id: &str) -> Vec<u8> {
    [b"monday pending login 1\0", client_id.as_bytes()].concat()
}

impl PendingAuthorization {
    /// Seals it into text that fits a cookie (`HttpOnly; Secure; SameSite=Lax`, for [`COOKIE_LIFE`](Self::COOKIE_LIFE)).
    /// A cookie can be replayed by its own browser within its life; monday takes a code only once.
    pub fn seal(self, key: &SealKey) -> Result<String, AuthError> {
        let written = Written {
            state: self.state.expose().to_owned(),
            verifier: self.verifier.expose().to_owned(),
            redirect_uri: self.redirect_uri.as_str().to_owned(),
            scopes: self.scopes.to_string(),
            begun_at: millis(self.begun_at),
        };
        let text = serde_json::to_vec(&written).map(Zeroizing::new);
        let sealed = text.ok().and_then(|text| seal(key, &context(&self.client_id), &text));
        sealed.map(|bytes| URL_SAFE_NO_PAD.encode(bytes)).ok_or(AuthError::App(AppFault::Request))
    }

    /// How long a sealed login is good for.
    pub const COOKIE_LIFE: Duration = Duration::from_mins(10);
}

impl OAuthApp {
    /// Opens a login of this app that was sealed with this key.
    pub fn open_pending(&self, key: &SealKey, sealed: &str) -> Result<PendingAuthorization, AuthError> {
        let opened = || {
            let bytes = URL_SAFE_NO_PAD.decode(sealed).ok()?;
            let text = open(key, &context(&self.client_id), &bytes)?;
            serde_json::from_slice::<Written>(&text).ok()
        };
        let mut written = opened().ok_or(AuthError::Callback(CallbackFault::Seal))?;
        Ok(PendingAuthorization {
            client_id: self.client_id.clone(),
            state: Secret::new(std::mem::take(&mut written.state)),
            verifier: Secret::new(std::mem::take(&mut written.verifier)),
            redirect_uri: RedirectUri::new(&written.redirect_uri)?,
            issuers: self.server.issuers.clone(),
            scopes: ScopeSet::parse(&written.scopes),
            begun_at: from_millis(written.begun_at),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_login_opens_with_its_key_and_app_and_with_no_bit_changed() {
        let app = |id: &str| {
            let app = OAuthApp::builder(id, Secret::new("client-secret"));
            app.redirect_uri("https://app.example.com/callback").build().unwrap()
        };
        let key = SealKey::new([7; 32]);
        let (url, pending) = app("app").begin().unwrap();
        let state = url.0.query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
        let sealed = pending.seal(&key).unwrap();
        assert!(!sealed.contains(&state) && sealed.len() < 1_000);

        let opened = app("app").open_pending(&key, &sealed).unwrap();
        assert!(opened.finish(&format!("?code=code-1&state={state}")).is_ok());
        let seal_fault = AuthError::Callback(CallbackFault::Seal);
        assert_eq!(app("other").open_pending(&key, &sealed).unwrap_err(), seal_fault);
        assert_eq!(app("app").open_pending(&SealKey::new([8; 32]), &sealed).unwrap_err(), seal_fault);
        let bytes = URL_SAFE_NO_PAD.decode(&sealed).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut changed = bytes.clone();
            changed[bit / 8] ^= 1 << (bit % 8);
            assert!(app("app").open_pending(&key, &URL_SAFE_NO_PAD.encode(changed)).is_err(), "bit {bit}");
        }
    }
}
