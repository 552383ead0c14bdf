//! Reads what the token endpoint answers, strictly and without keeping anything of it in errors.
//!
//! monday sends no `expires_in`: the end of an access token is its JWT's `exp`, read without verifying, and
//! believed for scheduling only. Must not know: who asked.

mod expiry;

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use super::Flow;
use crate::{
    AuthError, Credential, CredentialKind, HttpAnswer, HttpFault, OAuthCode, OAuthFault, ScopeSet, Secret,
    ServerText, TokenResponseFault,
};

/// monday asks for five minutes after too many requests.
const TOO_MANY_REQUESTS: Duration = Duration::from_mins(5);

/// Tokens fresh from the server.
#[derive(Debug)]
pub struct TokenGrant {
    pub(crate) access: Secret,
    pub(crate) refresh: Option<Secret>,
    pub(crate) scope: Option<ScopeSet>,
    pub(crate) kind: CredentialKind,
    /// When it came, on this machine's clock.
    pub(crate) received_at: SystemTime,
    pub(crate) expires_at: Option<SystemTime>,
}

impl TokenGrant {
    /// The access token as a credential for monday's API, for callers who keep no tokens.
    pub fn credential(&self) -> Result<Credential, AuthError> {
        let credential = Credential::new(self.kind, &self.access)?;
        Ok(match self.expires_at {
            Some(end) => credential.with_expiry(end),
            None => credential,
        })
    }

    /// The scopes the user consented to, as far as is known.
    #[must_use]
    pub fn scope(&self) -> Option<&ScopeSet> {
        self.scope.as_ref()
    }

    pub(super) fn or_scope(mut self, asked: ScopeSet) -> Self {
        self.scope.get_or_insert(asked);
        self
    }
}

/// A token answer that cannot be used; what it holds of worth is the next refresh token, since the last is
/// burnt.
#[derive(Debug)]
pub(crate) struct Unusable {
    pub(crate) error: Box<AuthError>,
    pub(crate) refresh: Option<Secret>,
}

impl From<AuthError> for Unusable {
    fn from(error: AuthError) -> Self {
        Self { error: Box::new(error), refresh: None }
    }
}

/// Every field may be anything: what is wrong is said by field, never by a parser's message.
#[derive(Deserialize, Default)]
struct Fields {
    access_token: Option<Value>,
    refresh_token: Option<Value>,
    token_type: Option<Value>,
    scope: Option<Value>,
    expires_in: Option<Value>,
    error: Option<Value>,
    error_description: Option<Value>,
    success: Option<Value>,
}

/// Reads tokens.
pub(super) fn read(answer: &HttpAnswer, flow: Flow, now: SystemTime) -> Result<TokenGrant, Unusable> {
    let fields = read_fields(answer)?;
    let refresh = match fields.refresh_token {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(token)) => usable("refresh_token", Secret::new(token)).map(Some),
        Some(_) => Err(wrong("refresh_token", TokenResponseFault::Invalid)),
    };
    let access = match fields.access_token {
        None | Some(Value::Null) => Err(wrong("access_token", TokenResponseFault::Missing)),
        Some(Value::String(token)) => usable("access_token", Secret::new(token)),
        Some(_) => Err(wrong("access_token", TokenResponseFault::Invalid)),
    };
    let is_bearer = match &fields.token_type {
        None | Some(Value::Null) => true,
        Some(Value::String(kind)) => kind.eq_ignore_ascii_case("bearer"),
        Some(_) => false,
    };
    let access = match access {
        Ok(_) if !is_bearer => Err(wrong("token_type", TokenResponseFault::Invalid)),
        other => other,
    };
    let (access, refresh) = match (access, refresh) {
        (Ok(access), Ok(refresh)) => (access, refresh),
        (Err(error), refresh) => {
            return Err(Unusable { error: Box::new(error), refresh: refresh.ok().flatten() });
        }
        (Ok(_), Err(error)) => return Err(error.into()),
    };
    let life = expiry::life(access.expose(), fields.expires_in.as_ref(), answer.date, now);
    let (kind, life) = match flow {
        Flow::OAuth21 => (CredentialKind::OAuth, Some(life.unwrap_or(expiry::USUAL))),
        Flow::Legacy => (CredentialKind::LegacyOAuth, life),
    };
    let scope = fields.scope.as_ref().and_then(Value::as_str).map(ScopeSet::parse);
    let expires_at = life.map(|life| now + life);
    Ok(TokenGrant { access, refresh, scope, kind, received_at: now, expires_at })
}

/// Reads an answer that says only whether it worked, as monday's `{"success":true}` and RFC 7009's empty 200.
pub(super) fn read_success(answer: &HttpAnswer) -> Result<(), AuthError> {
    if answer.status == 200 && answer.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(());
    }
    match read_fields(answer)?.success {
        Some(Value::Bool(false)) => Err(wrong("success", TokenResponseFault::Invalid)),
        _ => Ok(()),
    }
}

/// Whether the server refuses the client itself: it has done nothing else (RFC 6749, section 5.2).
pub(super) fn refuses_client(answer: &HttpAnswer) -> bool {
    matches!(read_fields(answer), Err(AuthError::OAuth(fault)) if fault.code == OAuthCode::InvalidClient)
}

fn read_fields(answer: &HttpAnswer) -> Result<Fields, AuthError> {
    let status = answer.status;
    let fields: Result<Fields, _> = serde_json::from_slice(&answer.body);
    // A connection that ends too early is the only sign of a cut where no length was declared.
    let is_cut = fields.as_ref().is_err_and(serde_json::Error::is_eof);
    let fields = fields.ok();
    let said = fields.as_ref().and_then(|fields| fields.error.as_ref());
    if let Some(error) =
        said.filter(|error| !error.is_null() && status < 500 && !(300..400).contains(&status))
    {
        let text = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
        let description = fields.as_ref().and_then(|fields| fields.error_description.as_ref());
        let code = OAuthCode::parse(&text(Some(error)));
        if status == 429 || code == OAuthCode::TooManyRequests {
            return Err(unavailable(answer, 429));
        }
        return Err(AuthError::OAuth(OAuthFault { code, description: ServerText::of(&text(description)) }));
    }
    match status {
        200..=299 if is_cut => Err(AuthError::Transport(HttpFault::MaybeSent)),
        200..=299 => fields.ok_or(wrong("the body", TokenResponseFault::NotJson)),
        429 | 500..=599 => Err(unavailable(answer, status)),
        _ => Err(AuthError::UnexpectedAnswer { status }),
    }
}

fn unavailable(answer: &HttpAnswer, status: u16) -> AuthError {
    let usual = (status == 429).then_some(TOO_MANY_REQUESTS);
    let retry_after = answer.retry_after.map(|wait| wait.min(Duration::from_hours(1))).or(usual);
    AuthError::ServerUnavailable { status, retry_after }
}

fn usable(field: &'static str, token: Secret) -> Result<Secret, AuthError> {
    let text = token.expose();
    let clean = (8..=8192).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic());
    if clean { Ok(token) } else { Err(wrong(field, TokenResponseFault::Invalid)) }
}

fn wrong(field: &'static str, fault: TokenResponseFault) -> AuthError {
    AuthError::TokenResponse { field, fault }
}

#[cfg(test)]
mod tests;
