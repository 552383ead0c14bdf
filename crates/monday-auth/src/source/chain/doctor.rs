//! Examines a chain: who won, what its token says of itself, and what is broken.
//!
//! Must not know: clients, what the sources are.

use std::time::{Duration, SystemTime};

use serde::Deserialize;
use serde_json::Value;

use super::Chain;
use crate::source::SourceOutcome;
use crate::time_words::in_words;
use crate::unix_time::from_unix;
use crate::{AuthError, Credential, CredentialKind, Diagnosis, jwt};

/// Less than this left is worth a warning.
const SOON: Duration = Duration::from_mins(5);

/// What monday's tokens say of themselves, as observed.
#[derive(Deserialize)]
struct Claims {
    exp: Option<Value>,
    actid: Option<Value>,
    uid: Option<Value>,
    rgn: Option<Value>,
}

impl Chain {
    /// Examines the chain as a request would use it: which source won, what kind of token it has, when that ends, what
    /// it says of itself, and which sources are broken. A source that is asked does what it does for a request: a
    /// program is run, a due OAuth token is refreshed.
    pub async fn doctor(&self) -> Diagnosis {
        let mut diagnosis = Diagnosis::default();
        let trace = self.trace().await;
        let mut not_asked = Vec::new();
        for step in trace.steps() {
            match &step.outcome {
                SourceOutcome::Won { fingerprint, kind, .. } => {
                    diagnosis.good(format!("{} has the {} {fingerprint}", step.source, kind.words()));
                }
                SourceOutcome::Broken(error) => {
                    diagnosis.problem(format!("{}: {error}", step.source), error.advice());
                }
                SourceOutcome::NotAsked => not_asked.push(step.source),
                SourceOutcome::Absent => {}
            }
        }
        if !not_asked.is_empty() {
            diagnosis.good(format!("not asked, since an earlier source decides: {}", not_asked.join(", ")));
        }
        match self.current().await {
            Ok(credential) => examine(&mut diagnosis, &credential),
            Err(error @ AuthError::Missing { .. }) => diagnosis.error(&error),
            // Told with its source.
            Err(_) => {}
        }
        diagnosis
    }
}

fn examine(diagnosis: &mut Diagnosis, credential: &Credential) {
    let claims: Option<Claims> = credential.token().and_then(jwt::claims);
    let said = |claim: fn(&Claims) -> Option<&Value>| claims.as_ref().and_then(claim);
    let told = said(|claims| claims.exp.as_ref()).and_then(jwt::seconds).map(from_unix);
    let kind = credential.kind();
    match credential.expires_at().or(told).map(|end| end.duration_since(SystemTime::now())) {
        Some(Err(_)) => diagnosis.problem("the token has ended", "make a new one, or log in again"),
        Some(Ok(left)) if left < SOON => {
            diagnosis.warning(format!("the token ends in {}", in_words(left)), "have its successor ready");
        }
        Some(Ok(left)) => diagnosis.good(format!("the token ends in {}", in_words(left))),
        None if matches!(kind, CredentialKind::PersonalToken | CredentialKind::LegacyOAuth) => {
            diagnosis.good("the token does not end by itself");
        }
        None => diagnosis.warning("nothing says when the token ends", "expect it to end within the hour"),
    }
    let parts = [
        ("account", said(|claims| claims.actid.as_ref())),
        ("user", said(|claims| claims.uid.as_ref())),
        ("region", said(|claims| claims.rgn.as_ref())),
    ];
    let parts: Vec<_> =
        parts.iter().filter_map(|(name, value)| Some(format!("{name} {}", plain((*value)?)?))).collect();
    if !parts.is_empty() {
        diagnosis.good(format!("the token says it is of {} (not verified)", parts.join(", ")));
    }
}

/// An id or a short name; anything else a token says is not repeated.
fn plain(value: &Value) -> Option<String> {
    let text = match value {
        Value::Number(number) => number.as_u64()?.to_string(),
        Value::String(text) => text.clone(),
        _ => return None,
    };
    let is_plain = (1..=20).contains(&text.len())
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_plain.then_some(text)
}

#[cfg(test)]
mod tests;
