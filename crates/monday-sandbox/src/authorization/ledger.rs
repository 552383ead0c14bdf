//! Codes, access tokens and refresh tokens, and the families they descend in.
//!
//! A family begins with one consent; a refresh token that is played twice ends all of it (RFC 9700, section 4.14.2).
//! Time is an argument. Must not know: HTTP, which apps are registered.

use std::collections::{HashMap, HashSet};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

use super::refusal::Refusal;
use super::signature::signed;

const CODE_LIFE: Duration = Duration::from_mins(10);
/// From consent to the end of the last refresh token: about six months.
const FAMILY_LIFE: Duration = Duration::from_hours(24 * 180);
const MIGRATION_WINDOW: Duration = Duration::from_mins(5);
const MIGRATIONS: usize = 30;

/// What a test may want to know about the tokens of a sandbox.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct OAuthCounts {
    /// Refreshes that gave a new pair.
    pub refreshes: u64,
    /// Refresh tokens and codes that were played a second time.
    pub reuses: u64,
    /// Answers `invalid_grant`, reuses included.
    pub invalid_grants: u64,
}

/// What a consent allows.
#[derive(Debug, Clone)]
pub(crate) struct Grant {
    pub(crate) client_id: String,
    pub(crate) redirect_uri: String,
    pub(crate) scope: String,
    /// S256; absent only in the legacy flow.
    pub(crate) challenge: Option<String>,
    /// What the tokens are signed with.
    pub(crate) signing_secret: String,
}

#[derive(Debug)]
struct Family {
    client_id: String,
    scope: String,
    signing_secret: String,
    since: SystemTime,
}

#[derive(Debug)]
struct Code {
    grant: Grant,
    until: SystemTime,
    family: Option<u64>,
}

#[derive(Debug)]
struct Access {
    family: u64,
    /// Legacy tokens have no end.
    until: Option<SystemTime>,
}

#[derive(Debug)]
pub(crate) struct Ledger {
    token_life: Duration,
    families: HashMap<u64, Family>,
    dead: HashSet<u64>,
    codes: HashMap<String, Code>,
    access: HashMap<String, Access>,
    /// Refresh token to its family, and whether it has been used.
    refresh: HashMap<String, (u64, bool)>,
    migrated: HashMap<String, Value>,
    migrations: Vec<SystemTime>,
    counts: OAuthCounts,
}

impl Ledger {
    pub(crate) fn new(token_life: Duration) -> Self {
        Self {
            token_life,
            families: HashMap::new(),
            dead: HashSet::new(),
            codes: HashMap::new(),
            access: HashMap::new(),
            refresh: HashMap::new(),
            migrated: HashMap::new(),
            migrations: Vec::new(),
            counts: OAuthCounts::default(),
        }
    }

    pub(crate) fn counts(&self) -> OAuthCounts {
        self.counts
    }

    pub(crate) fn is_live(&self, token: &str, now: SystemTime) -> bool {
        self.access.get(token).is_some_and(|access| {
            !self.dead.contains(&access.family) && access.until.is_none_or(|until| now < until)
        })
    }

    /// Which app was given this access token.
    pub(super) fn client_of(&self, token: &str) -> Option<String> {
        let access = self.access.get(token)?;
        self.families.get(&access.family).map(|family| family.client_id.clone())
    }

    /// What is signed with in the name of the app that has this access token.
    pub(super) fn signing_secret(&self, token: &str) -> Option<String> {
        let access = self.access.get(token)?;
        self.families.get(&access.family).map(|family| family.signing_secret.clone())
    }

    /// A code for a consent: ten minutes, one use.
    pub(crate) fn code(&mut self, grant: Grant, now: SystemTime) -> String {
        let code = random();
        self.codes.insert(code.clone(), Code { grant, until: now + CODE_LIFE, family: None });
        code
    }

    /// The token answer for a code. A code played again ends what it began (RFC 6749, section 4.1.2).
    pub(crate) fn exchange(
        &mut self,
        code: &str,
        client_id: &str,
        redirect_uri: Option<&str>,
        verifier: Option<&str>,
        now: SystemTime,
    ) -> Result<Value, Refusal> {
        let Some(known) = self.codes.get_mut(code).filter(|known| known.grant.client_id == client_id) else {
            return self.invalid_grant();
        };
        if let Some(family) = known.family {
            self.dead.insert(family);
            self.counts.reuses += 1;
            return self.invalid_grant();
        }
        let grant = known.grant.clone();
        let proven = match &grant.challenge {
            None => true,
            Some(challenge) => verifier.is_some_and(|verifier| s256(verifier) == *challenge),
        };
        if now >= known.until || redirect_uri.is_some_and(|uri| uri != grant.redirect_uri) || !proven {
            return self.invalid_grant();
        }
        let family = self.families.len() as u64;
        known.family = Some(family);
        let with_refresh = grant.challenge.is_some();
        let Grant { client_id, scope, signing_secret, .. } = grant;
        self.families.insert(family, Family { client_id, scope, signing_secret, since: now });
        Ok(self.issue(family, with_refresh, now))
    }

    /// The token answer for a refresh token, which is burnt. A burnt one ends its family.
    pub(crate) fn refresh(
        &mut self,
        token: &str,
        client_id: &str,
        now: SystemTime,
    ) -> Result<Value, Refusal> {
        let Some(&(family, used)) = self.refresh.get(token) else {
            return self.invalid_grant();
        };
        let over = match self.families.get(&family) {
            Some(known) if known.client_id == client_id => now >= known.since + FAMILY_LIFE,
            _ => return self.invalid_grant(),
        };
        if used {
            self.counts.reuses += 1;
            self.dead.insert(family);
        }
        if used || over || self.dead.contains(&family) {
            return self.invalid_grant();
        }
        self.refresh.insert(token.to_owned(), (family, true));
        self.counts.refreshes += 1;
        Ok(self.issue(family, true, now))
    }

    /// Ends the family of a token of this app. An unknown token is as good as revoked (RFC 7009, section 2.2).
    pub(crate) fn revoke(&mut self, token: &str, client_id: &str) {
        let family = self.refresh.get(token).map(|(family, _)| *family);
        let family = family.or_else(|| self.access.get(token).map(|access| access.family));
        if let Some(family) = family
            && self.families.get(&family).is_some_and(|known| known.client_id == client_id)
        {
            self.dead.insert(family);
        }
    }

    /// A pair in place of a legacy token; the same pair when asked again.
    pub(crate) fn migrate(
        &mut self,
        token: &str,
        client_id: &str,
        now: SystemTime,
    ) -> Result<Value, Refusal> {
        self.migrations.retain(|at| *at + MIGRATION_WINDOW > now);
        if self.migrations.len() >= MIGRATIONS {
            return Err(Refusal::TOO_MANY);
        }
        self.migrations.push(now);
        let access = self.access.get(token).filter(|access| !self.dead.contains(&access.family));
        let access = access.ok_or(Refusal::bad("invalid_token"))?;
        if access.until.is_some() {
            return Err(Refusal::bad("already_oauth_token"));
        }
        let family = access.family;
        if self.families.get(&family).is_none_or(|known| known.client_id != client_id) {
            return Err(Refusal::bad("api_app_id_mismatch"));
        }
        if let Some(answer) = self.migrated.get(token) {
            return Ok(answer.clone());
        }
        let answer = self.issue(family, true, now);
        self.migrated.insert(token.to_owned(), answer.clone());
        Ok(answer)
    }

    fn invalid_grant(&mut self) -> Result<Value, Refusal> {
        self.counts.invalid_grants += 1;
        Err(Refusal::INVALID_GRANT)
    }

    /// No `expires_in`: monday sends none, the access token says it itself.
    fn issue(&mut self, family: u64, with_refresh: bool, now: SystemTime) -> Value {
        let known = self.families.get(&family);
        let (scope, secret) =
            known.map(|known| (known.scope.clone(), &*known.signing_secret)).unwrap_or_default();
        let seconds = |at: SystemTime| at.duration_since(UNIX_EPOCH).unwrap_or_default();
        let ends = seconds(now + self.token_life);
        let exp = ends.as_secs() + u64::from(ends.subsec_nanos() > 0);
        let mut claims =
            json!({"uid": 1, "actid": 1_000_001, "rgn": "use1", "scope": scope, "jti": random()});
        if with_refresh {
            claims["iat"] = json!(seconds(now).as_secs());
            claims["exp"] = json!(exp);
        }
        let access = signed(&claims, secret);
        let until = with_refresh.then(|| UNIX_EPOCH + Duration::from_secs(exp));
        self.access.insert(access.clone(), Access { family, until });
        let mut answer = json!({"access_token": access, "token_type": "Bearer", "scope": scope});
        if with_refresh {
            let refresh = random();
            self.refresh.insert(refresh.clone(), (family, false));
            answer["refresh_token"] = json!(refresh);
        }
        answer
    }
}

/// RFC 7636, section 4.2.
pub(crate) fn s256(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

fn random() -> String {
    format!("{}{}", uuid::Uuid::new_v4().simple(), uuid::Uuid::new_v4().simple())
}

#[cfg(test)]
mod tests;
